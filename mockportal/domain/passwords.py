"""What keeps a password from being chosen: its length, the commonest ones, and what all know.

NIST's minimum (SP 800-63B, 3.1.1.2): no rule about kinds of signs, nothing that expires. That eight
signs do is ASSUMED; NIST asks for fifteen where a password is all that is asked for.
"""

import re
import unicodedata
from collections.abc import Iterable

from mockportal.domain.organisations import Account, Organisation
from mockportal.domain.registrations import Faults, Person

LEAST_PASSWORD, MOST_PASSWORD = 8, 128
PASSWORD_SHORT = f"Choisissez un mot de passe d'au moins {LEAST_PASSWORD} caractères."
PASSWORD_LONG = f"Choisissez un mot de passe de {MOST_PASSWORD} caractères au plus."
PASSWORDS_DIFFER = "Les deux mots de passe sont différents : saisissez deux fois le même."
PASSWORD_COMMON = (
    "C'est l'un des premiers mots de passe que l'on essaie. Choisissez-en un autre, par exemple "  # noqa: S105  # a sentence
    "plusieurs mots sans rapport entre eux."
)
PASSWORD_KNOWN = (
    "C'est votre identifiant, votre nom ou celui de votre organisme : d'autres les "  # noqa: S105
    "connaissent. Choisissez-en un autre."
)
_COMMON = frozenset(
    """
    abc abcd abcdef admin administrateur administrator amour amoureux anthony azerty azertyui
    azertyuiop bailey baseball bonjour bonjourbonjour camille caramel carambar changeme changemoi
    charlie cheval chocolat chouchou coucou coucoucou computer dauphin default doudou doudoune
    dragon dragonball football footballfrance formation france francefrance freedom friends
    google iloveyou internet invite jesuis jetaime juventus letmein liberte licorne linkedin
    loulou loulouloulou login louloute maison mamamia marseille master michael michel microsoft
    monkey motdepasse motsdepasse mustang naruto nicolas olympique ordinateur orange pass
    passpass passw password passwd passwort peugeot pokemon portable portail princess princesse
    qwerty qwertyui qwertyuiop qwertz qwertzui root secret sesame shadow snoopy soleil
    starwars sunshine superman test testtest testing toto totototo trustno tigrou user
    utilisateur vacances welcome whatever wxcvbn zaqwsx qazwsx qazwsxedc azeqsd azeqsdwxc azer
    qwer asdf asdfasdf asdfghjk asdfghjkl zxcvbn zxcvbnm abcabc aqwzsx aqwzsxedc
    """.split()  # noqa: SIM905  # a wall of quotes and commas would hide the words
)
"""Words that lists of stolen passwords hold most often, without the figures around them."""
_ROWS = (
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
)
_ONE_PIECE = re.compile(r"(.{1,4})\1*")
_SIGNS_AROUND = re.compile(r"^[^a-z]+|[^a-z]+$")
_LEET = str.maketrans("013457@$!", "oieastasi")
_FIGURES = 10
"""A number of so many figures is a date, or a telephone."""
_LEAST_KNOWN = 4
"""Letters that a name has at least, to be looked for: shorter ones stand in many words."""


def faults_of_password(password: str, again: str, own: Iterable[str] = ()) -> Faults:
    """Return what is wrong with a password that was chosen, and typed again.

    ``own`` are the texts that others know of whoever chooses it: identifier, names, matricule.
    """
    if len(password) < LEAST_PASSWORD:
        return {"password": PASSWORD_SHORT}
    if len(password) > MOST_PASSWORD:
        return {"password": PASSWORD_LONG}
    plain = _plain(password)
    if _is_known(plain, own):
        return {"password": PASSWORD_KNOWN}
    if _is_common(plain):
        return {"password": PASSWORD_COMMON}
    return {} if password == again else {"again": PASSWORDS_DIFFER}


def _is_known(plain: str, own: Iterable[str]) -> bool:
    bare = _letters_and_figures(plain)
    known = {_letters_and_figures(_plain(text)) for text in own}
    pieces = {text for text in known if len(text) >= _LEAST_KNOWN}
    return any(bare.replace(text, "").strip("0123456789") == "" for text in pieces if text in bare)


def known_of(account: Account) -> list[str]:
    """Return what others know of an account and of its organisation."""
    names = (account.first_name, account.last_name, account.full_name)
    organisation = known_of_organisation(account.organisation)
    return [account.id, *names, *_of_address(account.email), *organisation]


def known_of_organisation(organisation: Organisation) -> list[str]:
    """Return what others know of an organisation."""
    return [organisation.name, organisation.shown_name, organisation.client_id]


def known_of_person(person: Person) -> list[str]:
    """Return what others know of a person."""
    names = (person.first_name, person.last_name, f"{person.first_name} {person.last_name}")
    return [*names, *_of_address(person.email)]


def _of_address(email: str) -> tuple[str, str]:
    return email, email.partition("@")[0]


def _is_common(plain: str) -> bool:
    bare = _letters_and_figures(plain)
    if not bare or _ONE_PIECE.fullmatch(bare):
        return True
    if bare.isdecimal() and len(bare) <= _FIGURES:
        return True
    if any(bare in row or bare in row[::-1] for row in _ROWS):
        return True
    words = {_SIGNS_AROUND.sub("", text) for text in (plain, bare, plain.translate(_LEET))}
    return bool(_COMMON & words)


def _plain(text: str) -> str:
    """Return a text in small letters, without accents."""
    parted = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parted if not unicodedata.combining(sign)).casefold()


def _letters_and_figures(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())
