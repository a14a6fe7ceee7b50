"""Advice on files that are no flux at all: what they are, and where the flux is to be got."""

from mockportal.domain.advice import Case
from mockportal.domain.file_errors import Resembling

_FLUX = (
    "le fichier XML que votre logiciel de gestion exporte pour ce portail, dont la première balise "
    "est <cpf:flux …>"
)
_DEPOSIT = f"Déposez le flux lui-même : {_FLUX}."
_TABLE = (
    "Un tableau ne se dépose pas tel quel : importez-le dans le logiciel qui écrit vos flux, ou "
    "faites-le convertir, puis déposez le flux obtenu, "
    f"{_FLUX}."
)

DOCUMENTS: dict[Resembling, Case] = {
    Resembling.GZIP: Case(
        "Ce fichier est compressé (gzip).",
        "Décompressez-le (7-Zip, ou la commande gunzip), puis déposez le fichier XML qu'il "
        "contient.",
    ),
    Resembling.ZIP: Case(
        "Ce fichier est une archive zip.",
        "Décompressez-le (clic droit, « Extraire tout »), puis déposez le fichier XML qu'il "
        "contient.",
    ),
    Resembling.ARCHIVE: Case(
        "Ce fichier est une archive (7z, rar, tar, bzip2, xz ou zstd).",
        "Décompressez-le, puis déposez le fichier XML qu'il contient.",
    ),
    Resembling.PDF: Case("Ce fichier est un document PDF.", _DEPOSIT),
    Resembling.IMAGE: Case("Ce fichier est une image.", _DEPOSIT),
    Resembling.OFFICE: Case(
        "Ce fichier est un document de bureautique (Excel, Word, LibreOffice, Outlook…), même si "
        "son nom finit par .xml.",
        _TABLE,
    ),
    Resembling.SIGNED: Case(
        "Ce fichier est dans une enveloppe de signature ou de chiffrement.",
        "Ouvrez l'enveloppe avec l'outil qui l'a faite, et déposez le fichier XML qu'elle "
        "contient, sans signature.",
    ),
    Resembling.APPLE_DOUBLE: Case(
        "Ce fichier, dont le nom commence souvent par « ._ », ne contient que des indications de "
        "macOS sur un autre fichier.",
        "Déposez le fichier de même nom sans « ._ » devant.",
    ),
    Resembling.BINARY: Case("Ce fichier n'est pas du texte, donc pas du XML.", _DEPOSIT),
    Resembling.HTML: Case(
        "Ce fichier est une page web, pas un flux : une page de connexion ou d'erreur a sans doute "
        "été enregistrée à la place de l'export.",
        "Reconnectez-vous à votre logiciel, exportez de nouveau, et déposez le flux obtenu : "
        f"{_FLUX}.",
    ),
    Resembling.NOTICE: Case(
        "Ce fichier ne contient qu'un message d'un serveur ou d'un programme (« {start} ») : "
        "l'export a échoué.",
        "Signalez ce message à qui s'occupe de votre logiciel, exportez de nouveau, et déposez le "
        f"flux obtenu : {_FLUX}.",
    ),
    Resembling.RECEIPT: Case(
        "Ce fichier est un accusé rendu par le portail, pas un flux à déposer.",
        "Déposez le fichier que votre logiciel a produit, et non la réponse du portail. Pour "
        "corriger des passages KO, corrigez-les dans votre logiciel et exportez un nouveau flux.",
    ),
    Resembling.SCHEMA: Case(
        "Ce fichier est un schéma XSD : il décrit les flux, il n'en est pas un.",
        _DEPOSIT,
    ),
    Resembling.STYLE_SHEET: Case(
        "Ce fichier est une feuille de style XSLT : elle sert à écrire des flux, elle n'en est pas "
        "un.",
        f"Appliquez-la à vos données, et déposez le résultat : {_FLUX}.",
    ),
    Resembling.SPREADSHEET_XML: Case(
        "Ce fichier est un classeur Excel enregistré en « Feuille de calcul XML 2003 » : c'est du "
        "XML d'Excel, pas un flux.",
        _TABLE,
    ),
    Resembling.WORD_XML: Case(
        "Ce fichier est un document Word enregistré en XML : c'est du XML de Word, pas un flux. "
        "Si un flux y a été collé, Word l'a enfermé dans sa mise en forme.",
        f"Déposez le flux d'origine, sans passer par Word : {_FLUX}.",
    ),
    Resembling.FLAT_OFFICE: Case(
        "Ce fichier est un document de LibreOffice ou d'OpenOffice enregistré en XML, pas un flux.",
        _TABLE,
    ),
    Resembling.OFFICE_PART: Case(
        "Ce fichier est une pièce intérieure d'un classeur Excel ou d'un document Word "
        "décompressé, pas un flux.",
        _TABLE,
    ),
    Resembling.XML_MAP: Case(
        "Ce fichier est le mappage XML d'un classeur Excel (« MapInfo ») : il décrit les "
        "colonnes, il ne contient aucune donnée.",
        "Dans Excel, ouvrez le classeur, onglet Développeur, « Exporter » (données XML) ; ou "
        f"exportez de votre logiciel. Déposez le flux obtenu : {_FLUX}.",
    ),
    Resembling.PART: Case(
        "Ce fichier est un morceau de flux : il commence par « {start} », et le début manque.",
        "Exportez-le ou transférez-le de nouveau, en entier, et déposez-le : un flux commence par "
        "<?xml … ?> puis <cpf:flux …>. Ne complétez pas le début à la main : des passages "
        "seraient perdus.",
    ),
    Resembling.SOAP: Case(
        "Ce fichier est un message SOAP (un échange entre serveurs) qui ne contient pas de flux.",
        _DEPOSIT,
    ),
    Resembling.SIECLE: Case(
        "Ce fichier est un export de SIECLE ou de STS (« {root} »), pas un flux : il décrit des "
        "élèves ou une structure, pas des passages de certification.",
        _DEPOSIT,
    ),
    Resembling.TRAINING_OFFER: Case(
        "Ce fichier est un catalogue de formations (« {root} »), pas un flux de passages de "
        "certification.",
        _DEPOSIT,
    ),
    Resembling.JSON: Case(
        "Ce fichier est du JSON, pas du XML : sans doute la réponse d'un service web.",
        f"Demandez l'export XML de votre logiciel, et non ses données en JSON. {_DEPOSIT}",
    ),
    Resembling.CSV: Case(
        "Ce fichier est un tableau (CSV : des valeurs séparées par {separator}), pas du XML, même "
        "si son nom finit par .xml.",
        _TABLE,
    ),
    Resembling.MAIL: Case(
        "Ce fichier est un courrier électronique enregistré, pas un flux.",
        "Ouvrez le courrier, enregistrez sa pièce jointe .xml, et déposez celle-ci.",
    ),
    Resembling.BASE64: Case(
        "Ce fichier est codé en base64 : des lettres et des chiffres tiennent lieu du vrai "
        "contenu, qui est {content}.",
        "Décodez-le (commande base64 --decode, ou PowerShell "
        "[Convert]::FromBase64String), puis déposez {inside}.",
    ),
    Resembling.ESCAPED: Case(
        "Ce fichier contient un flux dont les balises ont été transformées en texte : « {start} ».",
        "Gardez le flux seul et décodez-le pour retrouver « < » et « > », ou exportez-le de "
        "nouveau sans passer par une page web, du JSON ni un tableur. Déposez le "
        "résultat : il doit commencer par <?xml ou <cpf:flux.",
    ),
    Resembling.QUOTED_PRINTABLE: Case(
        "Ce fichier est codé pour le courrier électronique (quoted-printable) : « =3D » y tient "
        "lieu de « = ».",
        "Enregistrez la pièce jointe depuis la messagerie, au lieu de copier la source du "
        "courrier, et déposez-la.",
    ),
    Resembling.POINTER: Case(
        "Ce fichier n'est qu'un renvoi vers un autre (« {start} »), pas le flux.",
        f"Ouvrez ou téléchargez le fichier vers lequel il renvoie, et déposez-le : {_FLUX}.",
    ),
    Resembling.TEXT: Case(
        "Ce fichier est du texte, pas du XML : il commence par « {start} » et ne contient aucun "
        "flux.",
        f"L'export a sans doute échoué, ou ce n'est pas le bon fichier. {_DEPOSIT}",
    ),
}
