"""Builders for tests: what they return is valid by default, each part can be changed."""

from datetime import UTC, date, datetime

from mockportal.domain.deposits import Deposit, FileError, Piece, Staged, Status
from mockportal.domain.flux import Outline
from mockportal.domain.identifiers import (
    AccountId,
    ClientId,
    ContractId,
    DepositId,
    FluxId,
    HolderId,
    ProcessingId,
    TechnicalId,
    WorldId,
)
from mockportal.domain.messages import Code
from mockportal.domain.nir import make_nir
from mockportal.domain.organisations import Role
from mockportal.domain.people import Holder, HolderClaim
from mockportal.domain.places import Commune, Gazetteer
from mockportal.domain.reference import Certification, NewAccount, NewHolder
from mockportal.domain.verdicts import Level

NOON = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
TOULOUSE = "31555"
_FIRST_WORLD = WorldId(1)


def a_new_holder(
    *,
    birth_name: str = "MARTIN",
    usage_name: str | None = None,
    first_name: str = "Léa",
    second_name: str | None = None,
    third_name: str | None = None,
    birth_year: int = 1990,
    birth_month: int | None = 4,
    birth_day: int | None = 12,
    sex: str = "F",
    commune: str | None = TOULOUSE,
    commune_label: str | None = "TOULOUSE",
    country: str | None = None,
    nir: str | None = None,
    order: int = 1,
    training_file: str | None = None,
    invented: frozenset[str] = frozenset(),
) -> NewHolder:
    """Return a person to add; the NIR agrees with it, ``order`` (1 to 999) tells two apart."""
    return NewHolder(
        birth_name=birth_name,
        usage_name=usage_name,
        first_name=first_name,
        second_name=second_name,
        third_name=third_name,
        birth_year=birth_year,
        birth_month=birth_month,
        birth_day=birth_day,
        sex=sex,
        commune=commune,
        commune_label=commune_label,
        country=country,
        nir=nir
        or make_nir(
            sex=sex, year=birth_year, month=birth_month, place=commune or TOULOUSE, order=order
        ),
        training_file=training_file,
        invented=invented,
    )


def a_holder(
    *,
    id: int = 1,  # noqa: A002  # the field's own name
    birth_name: str = "MARTIN",
    usage_name: str | None = None,
    first_name: str = "Léa",
    second_name: str | None = None,
    third_name: str | None = None,
    birth_year: int = 1990,
    birth_month: int | None = 4,
    birth_day: int | None = 12,
    sex: str = "F",
    commune: str | None = TOULOUSE,
    commune_label: str | None = "TOULOUSE",
    country: str | None = None,
    nir: str = "290043155500122",
) -> Holder:
    """Return a person as the registry knows them."""
    return Holder(
        id=HolderId(id),
        birth_name=birth_name,
        usage_name=usage_name,
        first_name=first_name,
        second_name=second_name,
        third_name=third_name,
        birth_year=birth_year,
        birth_month=birth_month,
        birth_day=birth_day,
        sex=sex,
        commune=commune,
        commune_label=commune_label,
        country=country,
        nir=nir,
    )


def a_claim(
    *,
    birth_name: str = "MARTIN",
    usage_name: str | None = None,
    first_name: str = "Léa",
    second_name: str | None = None,
    third_name: str | None = None,
    birth_year: int = 1990,
    birth_month: int | None = None,
    birth_day: int | None = None,
    sex: str = "F",
    commune: str | None = None,
    postal_code: str | None = None,
    commune_label: str | None = None,
    country: str | None = None,
) -> HolderClaim:
    """Return what a file says of a person: the level-1 data alone."""
    return HolderClaim(
        birth_name=birth_name,
        usage_name=usage_name,
        first_name=first_name,
        second_name=second_name,
        third_name=third_name,
        birth_year=birth_year,
        birth_month=birth_month,
        birth_day=birth_day,
        sex=sex,
        commune=commune,
        postal_code=postal_code,
        commune_label=commune_label,
        country=country,
    )


def a_gazetteer() -> Gazetteer:
    """Return a gazetteer of one commune and one country."""
    return Gazetteer(
        communes={TOULOUSE: Commune(TOULOUSE, "TOULOUSE", ("31000", "31100"))},
        countries={"99109": "ALLEMAGNE"},
    )


def a_certification(code: str = "RS1710", *, active: bool = True) -> Certification:
    """Return a line of the reference list; its type is the prefix of its code."""
    return Certification(
        type="RNCP" if code.startswith("RNCP") else "RS",
        code=code,
        label=f"Certification {code}",
        level="5",
        domain="326",
        active=active,
    )


def a_new_account(id: str = "CERT00001") -> NewAccount:  # noqa: A002  # the field's own name
    """Return an account to add."""
    return NewAccount(
        id=AccountId(id),
        password_hash="not a hash",
        role=Role.ADMINISTRATOR,
        first_name="Camille",
        last_name="Durand",
        email="camille.durand@example.org",
    )


def a_deposit(
    *,
    id: str = "deposit-1",  # noqa: A002  # the field's own name
    world: WorldId = _FIRST_WORLD,
    account: str = "CERT00001",
    organisation: int = 1,
    file_name: str = "flux.xml",
    received_at: datetime = NOON,
    status: Status = Status.PROCESSING,
    outline: Outline | None = None,
) -> Deposit:
    """Return a deposit that has just come in."""
    return Deposit(
        id=DepositId(id),
        world=world,
        account=AccountId(account),
        organisation=organisation,
        file_name=file_name,
        size=1_234,
        received_at=received_at,
        processing_id=ProcessingId(0),
        schema="1.1.2",
        status=status,
        outline=outline,
    )


def an_outline(
    *,
    flux_id: str = "FLUX-1",
    sender: str = "03TST001",
    certifier: str = "03TST001",
    contract: str = "MCFCER100001",
    action: str | None = None,
    passages: int = 2,
    certifications: int = 1,
) -> Outline:
    """Return what a flux says of itself; the émetteur is the certificateur."""
    return Outline(
        flux_id=FluxId(flux_id),
        timestamp="2026-10-05T12:00:00+02:00",
        sender=ClientId(sender),
        certifier=ClientId(certifier),
        contract=ContractId(contract),
        action=action,
        passages=passages,
        certifications=certifications,
    )


def a_piece(number: int = 0, *, first_certification: int = 0, passages: int = 2) -> Piece:
    """Return a run of bytes of a kept file; the numbers lie one behind the other."""
    return Piece(number, 1_000 + number * 500, 500, first_certification, passages)


def an_accepted_passage(
    technical_id: str = "T-1", position: int = 0, *, holder: int = 1, late: bool = False
) -> Staged:
    """Return a passage that was judged OK."""
    return Staged(
        technical_id=TechnicalId(technical_id),
        position=position,
        certification=0,
        valid_from=date(2026, 10, 1),
        late=late,
        holder=holder,
        code=None,
        text=None,
        levels=(Level(1, 1),),
    )


def a_rejected_passage(
    technical_id: str = "T-1", position: int = 0, *, code: Code = Code.LEVEL1
) -> Staged:
    """Return a passage that was judged KO."""
    return Staged(
        technical_id=TechnicalId(technical_id),
        position=position,
        certification=0,
        valid_from=date(2026, 10, 1),
        late=False,
        holder=None,
        code=code,
        text=f"Refusé : {code.value}",
        levels=(Level(1, 2), Level(2, 0)),
    )


def a_suppressed_passage(technical_id: str = "T-1", position: int = 0) -> Staged:
    """Return a passage of a SUPPRESSION that was judged OK."""
    return Staged(
        technical_id=TechnicalId(technical_id),
        position=position,
        certification=0,
        valid_from=date(2026, 10, 1),
        late=False,
        holder=None,
        code=None,
        text=None,
    )


def a_file_error(line: int = 3, message: str = "cvc-type.3.1.3") -> FileError:
    """Return an error of the first control."""
    return FileError(line, 14, message)
