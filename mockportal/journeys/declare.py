"""Declaring one passage: a form that is kept as it is filled in, then deposited as a file is."""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO

from mockportal.domain.declarations import (
    FOR_WHOM,
    NOT_FOR_THEM,
    WAY,
    Declaration,
    Page,
    date_faults,
    fields_asked,
    file_name,
    missing,
    page_of,
    pages_asked,
    pair_of,
    proposed_id,
    said,
    type_told_by,
)
from mockportal.domain.deposits import Deposit
from mockportal.domain.dictionary_rules import FieldFault
from mockportal.domain.flux import Outline
from mockportal.domain.identifiers import ContractId, FluxId
from mockportal.domain.organisations import Account, Kind, Organisation
from mockportal.domain.uploads import UploadRefusal
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.desk import Desk
from mockportal.journeys.typed_passage import faults_of_typed
from mockportal.wire.one_passage import knows_national_ids
from mockportal.wire.writing import one_passage_flux

_A_SENDING = 30.0
"""Real seconds after which somebody who was sending a form has been cut off."""
_WAY_OF_MOST = "holder"
_NOT_SENT_YET = FluxId("-")


def begin(desk: Desk, account: Account, number: str, corrects: Deposit | None = None) -> None:
    """Begin a form of that number; or one that makes a KO declaration good, filled in like it.

    Begun twice, it is one form.
    """
    world = account.organisation.world
    now = desk.circumstances.now(world)
    values = {"technical_id": proposed_id(number, now.date()), WAY: _WAY_OF_MOST}
    pairs = mandates_open_to(desk, account.organisation)
    if len(pairs) == 1:
        values[FOR_WHOM] = _named(*pairs[0])
    before = declared_as(desk, account, corrects) if corrects else None
    desk.stores.declarations.begin(
        Declaration(
            number=number,
            world=world,
            account=account.id,
            values=before.values if before else values,
            begun_at=now,
            corrects=corrects.id if corrects else None,
        )
    )


def declared_as(desk: Desk, account: Account, deposit: Deposit) -> Declaration | None:
    """Return the form that became a deposit, where the account's organisation sent it."""
    if deposit.organisation != account.organisation.id:
        return None
    return desk.stores.declarations.of_deposit(deposit.world, deposit.id)


def correction_of(desk: Desk, account: Account, deposit: Deposit) -> Declaration | None:
    """Return the form by which an account is already making a deposit good, or None."""
    drafts = desk.stores.declarations.drafts(account.id)
    return next((one for one in drafts if one.corrects == deposit.id), None)


def mandates_open_to(
    desk: Desk, organisation: Organisation
) -> list[tuple[Organisation, ContractId]]:
    """Return for whom an organisation may declare, and under which contracts."""
    if organisation.kind is Kind.CERTIFIER:
        certifiers = [organisation]
    else:
        known = (
            desk.stores.organisations.with_client_id(organisation.world, client, Kind.CERTIFIER)
            for client in sorted(organisation.mandated_by)
        )
        certifiers = [one for one in known if one is not None]
    return [(one, contract) for one in certifiers for contract in sorted(one.contracts)]


def fill_in(
    desk: Desk, account: Account, declaration: Declaration, typed: Mapping[str, str]
) -> Declaration:
    """Keep what a page was filled in with, right or wrong, and return the form as it is then."""
    values = {**declaration.values, **typed}
    desk.stores.declarations.keep(declaration.number, values)
    return desk.stores.declarations.get(account.id, declaration.number) or declaration


def faults_of(
    desk: Desk, account: Account, declaration: Declaration, page: Page
) -> list[FieldFault]:
    """Return what is wrong with a page, at most one fault a field; with the last one: with all."""
    values = declaration.values
    pages = pages_asked(values) if page is Page.SUMMARY else [page]
    asked = [name for one in pages for name in fields_asked(one, values)]
    found = missing(values, asked)
    pairs = {_named(*one) for one in mandates_open_to(desk, account.organisation)}
    if FOR_WHOM in asked and values.get(FOR_WHOM) and page is not Page.SUMMARY:
        found += [] if values[FOR_WHOM] in pairs else [FieldFault(FOR_WHOM, NOT_FOR_THEM)]
    schema = desk.schemas[_schema(desk, account)]
    outline = _outline(desk, account, declaration, _NOT_SENT_YET)
    found += faults_of_typed(schema, outline, _said(desk, declaration))
    found += date_faults(values)
    if not values.get("certification_code"):
        asked = [name for name in asked if name != "certification_type"]  # one fault, not two
    first: dict[str, FieldFault] = {}
    for one in found:
        if one.field in asked or (page is Page.SUMMARY and not one.field):
            first.setdefault(one.field, one)
    order = {name: number for number, name in enumerate(asked)}
    return sorted(first.values(), key=lambda one: order.get(one.field, -1))


def first_page_with(declaration: Declaration, faults: list[FieldFault]) -> Page:
    """Return the page on which the first fault can be mended."""
    return page_of(faults[0].field, declaration.values) if faults else Page.SUMMARY


def send(desk: Desk, account: Account, declaration: Declaration) -> Deposit | UploadRefusal | None:
    """Deposit a form as a file, once; None while somebody else is at it and not done yet."""
    real = desk.circumstances.real()
    forms, number = desk.stores.declarations, declaration.number
    if not forms.claim(number, real, real - timedelta(seconds=_A_SENDING)):
        return _sent_by_another(desk, account, number)
    now = desk.circumstances.now(declaration.world)
    outline = _outline(
        desk, account, declaration, desk.circumstances.new_flux_id(declaration.world)
    )
    flux = one_passage_flux(outline, _said(desk, declaration))
    name = file_name(declaration.value("technical_id"), now)
    outcome = deposit_file(desk, account, Upload(name, BytesIO(flux.text().encode())))
    if isinstance(outcome, UploadRefusal):
        forms.release(number)
    else:
        forms.sent(number, outcome.id)
    return outcome


def knows_nirs(desk: Desk, account: Account) -> bool:
    """Tell whether the account's schema lets a holder be named by their NIR."""
    return knows_national_ids(desk.schemas[_schema(desk, account)])


def _sent_by_another(desk: Desk, account: Account, number: str) -> Deposit | None:
    def deposit() -> Deposit | None:
        form = desk.stores.declarations.get(account.id, number)
        return desk.stores.deposits.get(form.deposit) if form and form.deposit else None

    desk.circumstances.wait(lambda: deposit() is not None, _A_SENDING)
    return deposit()


def _said(desk: Desk, declaration: Declaration) -> dict[str, str | None]:
    """Return what the flux says; the type of a certification that was not typed is its code's."""
    values = said(declaration.values)
    code = values["certification_code"] or ""
    if not values["certification_type"]:
        references = desk.stores.references
        listed = references.numbered(references.numbers_of(declaration.world, code))
        types = [one.type for one in listed.values()]
        values["certification_type"] = (types or [type_told_by(code)])[0] or None
    return values


def _outline(desk: Desk, account: Account, declaration: Declaration, flux: FluxId) -> Outline:
    certifier, contract = pair_of(declaration.value(FOR_WHOM))
    now = desk.circumstances.now(declaration.world)
    return Outline(
        flux_id=flux,
        timestamp=now.isoformat(timespec="seconds"),
        sender=account.organisation.client_id,
        certifier=certifier,
        contract=contract,
        action=None,
        passages=1,
        certifications=1,
    )


def _schema(desk: Desk, account: Account) -> str:
    return account.schema or desk.policy.schema


def _named(certifier: Organisation, contract: ContractId) -> str:
    return f"{certifier.client_id}/{contract}"
