"""What became of a deposit, as a test asks for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mockportal.domain.deposits import Deposit as Kept
from mockportal.domain.deposits import Rejection as KeptRejection
from mockportal.domain.deposits import Status
from mockportal.domain.identifiers import DepositId
from mockportal.domain.messages import OF_ORGANISATIONS, message_of
from mockportal.domain.verdicts import Rejected
from mockportal.journeys.desk import Desk
from mockportal.journeys.explain import MOST_EXPLAINED, explained_errors, explanations
from mockportal.journeys.receipt import acknowledgement, receipt_file_name
from mockportal.journeys.side_car import side_car
from mockportal.telling import advice_of, error_lines, indented, reasons_of
from mockportal.testing.types import DepositStatus, check_choice
from mockportal.wire.answers import deposit_json, error_json, explanation_json, warning_json

_OF_ORGANISATIONS = {one.value for one in OF_ORGANISATIONS}
_HOW_TO_BE_KNOWN = (
    "mock_portal.learn(flux) makes known the organisations that a file names, and returns the",
    "account to deposit it with; mark.mock_portal(open=True) lets all through.",
)
_MOST_TOLD = 20
"""The KO passages that a failed assertion tells one by one."""


@dataclass(frozen=True, slots=True, repr=False)
class Rejection:
    """A KO passage."""

    technical_id: str
    code: str
    """The rule that failed, as ``mockportal rules`` lists them: ``LEVEL1``, ``DUPLICATE``…"""
    message: str
    """The portal's words, as the receipt has them."""
    _explain: Callable[[], dict[str, Any]]

    @property
    def explanation(self) -> dict[str, Any]:
        """Return what explains it, as in ``Deposit.explanation``; searched when asked for."""
        return self._explain()

    def __repr__(self) -> str:
        """Return the identifier and the rule."""
        return f"<Rejection {self.technical_id}: {self.code}>"

    def __str__(self) -> str:
        """Return the reason, the nearest person and what differs, in lines."""
        lines = [f"{self.technical_id}: {self.code}", f"  {self.message}"]
        return "\n".join(lines + indented(reasons_of(self.explanation), 2))


class Deposit:
    """A deposit; what it tells is always as it is now, the clock of its world moved or not."""

    def __init__(self, desk: Desk, deposit_id: DepositId) -> None:
        """Keep which deposit it is."""
        self._desk = desk
        self.id = deposit_id
        """The portal's own name of it, as in the API."""

    def __repr__(self) -> str:
        """Return its number, its file and its status."""
        deposit = self._desk.stores.deposits.get(self.id)
        if deposit is None:
            return f"<Deposit {self.id}, which went with its world>"
        number, name = deposit.processing_id, deposit.file_name
        return f"<Deposit {number} of {name!r}: {deposit.status.value}>"

    @property
    def processing_id(self) -> int:
        """Return ``idTraitement``: 1 for the first deposit of a world."""
        return self._now.processing_id

    @property
    def file_name(self) -> str:
        """Return the name under which the file was deposited."""
        return self._now.file_name

    @property
    def status(self) -> str:
        """Return ``processing``, ``accepted``, ``partly_rejected``, ``refused`` or ``failed``.

        Not a ``Literal``: a type checker would hold on to what it was before the clock moved; see
        ``assert_status``. Asking is no look: it does not bring on what waits for looks
        (``polls=N``).
        """
        return self._now.status.value

    @property
    def accepted(self) -> list[str]:
        """Return the identifiers of the OK passages, in the order of the file."""
        if self._now.status is Status.PROCESSING:
            return []
        return [str(one) for one in self._desk.stores.deposits.accepted_ids(self.id)]

    @property
    def rejections(self) -> list[Rejection]:
        """Return the KO passages, in the order of the file; empty while it is treated."""
        if self._now.status is Status.PROCESSING:
            return []
        found = self._desk.stores.deposits.rejections(self.id)
        return [self._rejection(one) for one in found]

    @property
    def rejected(self) -> dict[str, Rejection]:
        """Return the KO passages by identifier, the first of each that the file repeats."""
        return {one.technical_id: one for one in reversed(self.rejections)}

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Return the errors of a refused file: ``line``, ``column``, ``message`` and more."""
        found = explained_errors(self._desk, self._now)
        return [error_json(one.error, one.advice) for one in found]

    @property
    def late(self) -> int:
        """Return how many passages were accepted more than three months after the award."""
        return self._now.late

    @property
    def warnings(self) -> list[str]:
        """Return ``flux_id_seen_before`` where an earlier file had this idFlux."""
        return list(self.as_json()["warnings"])

    @property
    def receipt(self) -> bytes:
        """Return the accusé de traitement; raise LookupError while there is none."""
        if self._now.status is Status.FAILED:
            raise LookupError(f"{self!r} has no receipt: {self._now.failure}")
        if self._now.treated_at is None:
            raise LookupError(f"{self!r} has no receipt yet: {self._waits_for()}")
        return self._desk.stores.files.receipt(self.id).read_bytes()

    @property
    def receipt_name(self) -> str | None:
        """Return the name under which the receipt is downloaded; None while there is none."""
        return receipt_file_name(self._now)

    @property
    def acknowledgement(self) -> bytes:
        """Return the accusé de réception, which is there at once."""
        return acknowledgement(self._now)[1]

    @property
    def content(self) -> bytes:
        """Return the file as it was deposited."""
        return self._desk.stores.files.original(self.id).read_bytes()

    @property
    def explanation(self) -> dict[str, Any]:
        """Return why passages are KO, as the API's ``explanation`` of the first 200 of them."""
        car = side_car(self._desk, self._now, 1, MOST_EXPLAINED)
        passages = [
            explanation_json(one, message_of(one.verdict.code))
            for one in (car.passages if car else ())
            if isinstance(one.verdict, Rejected)
        ]
        return {
            "passages": passages,
            "errors": [error_json(one.error, one.advice) for one in (car.errors if car else ())],
            "total": car.total if car else 0,
            "truncated": car.truncated if car else False,
            "value_warnings": [warning_json(warning) for warning in (car.warnings if car else ())],
        }

    def as_json(self) -> dict[str, Any]:
        """Return the deposit as the API gives it."""
        return deposit_json(self._now)

    def assert_all_accepted(self) -> None:
        """Raise AssertionError, which tells each KO and who comes nearest, unless all is OK."""
        __tracebackhide__ = True
        if self._now.status is not Status.ACCEPTED:
            raise AssertionError("\n".join(self._told()))

    def assert_status(self, status: DepositStatus) -> None:
        """Raise AssertionError, which tells what became of it, unless this is its status.

        Raises ValueError, which lists what there is, for a status that there is not.
        """
        __tracebackhide__ = True
        check_choice("status", status, (known.value for known in Status))
        if self._now.status.value != status:
            raise AssertionError("\n".join([f"not {status}:", *self._told()]))

    @property
    def _now(self) -> Kept:
        found = self._desk.stores.deposits.get(self.id)
        if found is None:
            raise LookupError(f"deposit {self.id} went with its world")
        return found

    def _rejection(self, one: KeptRejection) -> Rejection:
        def explain() -> dict[str, Any]:
            (found,) = explanations(self._desk, self._now, [one])
            return explanation_json(found, message_of(one.code))

        return Rejection(one.technical_id, one.code.value, one.text, explain)

    def _waits_for(self) -> str:
        due = self._now.due_at
        return f"it falls due at {due.isoformat()}" if due else "it waits to be told"

    def _told(self) -> Sequence[str]:
        now = self._now
        what = f"{now.file_name!r} (idTraitement {now.processing_id}, {now.status.label})"
        if now.status is Status.PROCESSING:
            return [f"{what} is still being treated: {self._waits_for()}"]
        if now.status is Status.FAILED:
            return [f"{what} could not be treated, the portal failed: {now.failure}"]
        if now.status is Status.REFUSED:
            return [
                f"{what} was refused by the first control, schema {now.schema}:",
                *(line for one in self.errors for line in indented(error_lines(one), 2)),
            ]
        lines = [f"{what}: {now.rejected} KO, {now.accepted} OK"]
        rejections = self.rejections
        for one in rejections[:_MOST_TOLD]:
            lines += ["", *indented(str(one).splitlines(), 2)]
            lines += indented(advice_of(one.explanation)[-1:], 4)
        if len(rejections) > _MOST_TOLD:
            lines += ["", f"  ... and {len(rejections) - _MOST_TOLD} more KO"]
        if any(one.code in _OF_ORGANISATIONS for one in rejections[:_MOST_TOLD]):
            lines += ["", *_HOW_TO_BE_KNOWN]
        return lines
