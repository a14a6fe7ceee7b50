"""Fluxes for tests: valid by default, each part can be changed."""

from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"
NAMESPACE = "urn:cdc:cpf:pc5:schema:1.0.0"


def a_titulaire(**said: str | None) -> str:
    """Return a ``titulaire``; None leaves an element nil or out."""
    fields: dict[str, str | None] = {
        "nomNaissance": "MARTIN",
        "prenom1": "Léa",
        "anneeNaissance": "1990",
        "moisNaissance": None,
        "jourNaissance": None,
        "sexe": "F",
        **said,
    }
    usage = fields.pop("nomUsage", None)
    insee = fields.pop("codeInsee", None)
    parts = []
    for name, value in fields.items():
        if value is not None:
            parts.append(f"<cpf:{name}>{value}</cpf:{name}>")
        elif name in ("moisNaissance", "jourNaissance"):
            parts.append(f'<cpf:{name} xsi:nil="true"/>')
    parts.append(
        f"<cpf:nomUsage>{usage}</cpf:nomUsage>" if usage else '<cpf:nomUsage xsi:nil="true"/>'
    )
    place = (
        f"<cpf:codeInseeNaissance><cpf:codeInsee>{insee}</cpf:codeInsee></cpf:codeInseeNaissance>"
        if insee
        else '<cpf:codePostalNaissance><cpf:codePostal xsi:nil="true"/></cpf:codePostalNaissance>'
    )
    parts.append(f"<cpf:codeCommuneNaissance>{place}</cpf:codeCommuneNaissance>")
    return f"<cpf:titulaire>{''.join(parts)}</cpf:titulaire>"


def a_passage_xml(
    technical_id: str = "T-1",
    identification: str | None = None,
    valid_from: str = "2026-10-01",
    valid_until: str | None = None,
    extra: str = "",
) -> str:
    """Return a ``passageCertification``."""
    until = (
        f"<cpf:dateFinValidite>{valid_until}</cpf:dateFinValidite>"
        if valid_until
        else '<cpf:dateFinValidite xsi:nil="true"/>'
    )
    return (
        "<cpf:passageCertification>"
        f"<cpf:idTechnique>{technical_id}</cpf:idTechnique>"
        "<cpf:obtentionCertification>PAR_ADMISSION</cpf:obtentionCertification>"
        "<cpf:donneeCertifiee>true</cpf:donneeCertifiee>"
        f"{extra}"
        f"<cpf:dateDebutValidite>{valid_from}</cpf:dateDebutValidite>{until}"
        "<cpf:presenceNiveauLangueEuro>false</cpf:presenceNiveauLangueEuro>"
        "<cpf:presenceNiveauNumeriqueEuro>false</cpf:presenceNiveauNumeriqueEuro>"
        '<cpf:scoring xsi:nil="true"/><cpf:mentionValidee xsi:nil="true"/>'
        "<cpf:modalitesInscription><cpf:modaliteAcces>VAE</cpf:modaliteAcces>"
        "</cpf:modalitesInscription>"
        f"<cpf:identificationTitulaire>{identification or a_titulaire()}"
        "</cpf:identificationTitulaire></cpf:passageCertification>"
    )


def a_certification_xml(passages: str, type_: str = "RNCP", code: str = "RNCP90001") -> str:
    """Return a ``certification``."""
    return (
        f"<cpf:certification><cpf:type>{type_}</cpf:type><cpf:code>{code}</cpf:code>"
        f"<cpf:passageCertifications>{passages}</cpf:passageCertifications></cpf:certification>"
    )


def a_flux_xml(
    *passages: str,
    flux_id: str = "flux-1",
    sender: str = "03TST001",
    certifier: str = "03TST001",
    contract: str = "MCFCER100001",
    certifications: str | None = None,
    declaration: str = '<?xml version="1.0" encoding="UTF-8"?>',
    action: str = "",
) -> bytes:
    """Return a flux of these passages."""
    inner = certifications or a_certification_xml("".join(passages) or a_passage_xml())
    return (
        f'{declaration}<cpf:flux xmlns:cpf="{NAMESPACE}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<cpf:idFlux>{flux_id}</cpf:idFlux>"
        f"<cpf:horodatage>2026-11-20T10:00:00+01:00</cpf:horodatage>{action}"
        f"<cpf:emetteur><cpf:idClient>{sender}</cpf:idClient><cpf:certificateurs>"
        f"<cpf:certificateur><cpf:idClient>{certifier}</cpf:idClient>"
        f"<cpf:idContrat>{contract}</cpf:idContrat><cpf:certifications>{inner}"
        "</cpf:certifications></cpf:certificateur></cpf:certificateurs></cpf:emetteur></cpf:flux>"
    ).encode()
