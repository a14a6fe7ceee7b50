"""The journal of a world: looked up, and as a file to replay."""

from functools import partial
from typing import Any, Literal

from flask import Blueprint
from pydantic import AwareDatetime, Field
from werkzeug.wrappers import Response

from mockportal.domain.identifiers import WorldId
from mockportal.domain.journal import Entry, EntrySearch, Source
from mockportal.journeys.journal import ExportRefusal, export_journal, refusal_of_export
from mockportal.web.mock.document import mock
from mockportal.web.mock.outcomes import world_of
from mockportal.web.mock.shapes import InWorld, PageInWorld
from mockportal.web.outcomes import written_download
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.lists import list_answer
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import refuse
from mockportal.web.programs.shapes import ListShape, Shape
from mockportal.web.served import desk, served_portal

blueprint = Blueprint("journal", __name__)
_ZIP = "application/zip"


class Looked(PageInWorld):
    """What is looked for; all that is given must agree."""

    q: str = Field(default="", max_length=200, description="A part of the path.")
    account: str | None = Field(default=None, max_length=9)
    status: int | None = Field(default=None, ge=100, le=599)
    since: AwareDatetime | None = Field(default=None, description="Real time.")


class EntryShape(Shape):
    """A request and its answer, or (source world) something that changed."""

    id: int
    at: AwareDatetime = Field(description="Real time.")
    source: Literal["page", "api", "mock", "world"]
    method: str = Field(description="Of what changed, the name of the change.")
    path: str
    account: str | None
    status: int | None
    milliseconds: float | None
    request_size: int | None
    request_type: str
    response_size: int | None
    response_type: str
    fault: str = Field(description="What X-Mockportal-Fault said.")
    deposit_id: str | None
    change: dict[str, Any] | None = Field(description="What changed, of source world.")


class EntryList(ListShape):
    """A page of a journal, the newest first."""

    items: list[EntryShape]


@blueprint.get("/requests")
@mock.endpoint(Answer(200, EntryList), "journal", "list_requests")
def show(query: Looked) -> Response:
    """Look up what was asked and answered, and what changed, the newest first."""
    world = world_of(query.world)
    served_portal().requests.flush()
    search = EntrySearch(query.q, query.account, query.status, query.since)
    items, total = desk().stores.journal.page(world, search, query.page, query.size)
    return list_answer(map(_json, items), total, query)


@blueprint.get("/journal")
@mock.endpoint(Answer(200, file=_ZIP), "journal", "export_journal", ProblemType.NO_JOURNAL)
def export(query: InWorld) -> Response:
    """Download the world as one file, for the command mockportal journal replay."""
    world = world_of(query.world)
    refusal = refusal_of_export(desk(), world)
    if refusal is not None:
        refuse(ProblemType.NO_JOURNAL, refusal.value[0].upper() + refusal.value[1:] + ".")
    write = partial(_write, world, query.world)
    return written_download(write, f"{query.world}.zip", _ZIP)


def _write(world: WorldId, name: str, out: Any) -> None:
    outcome = export_journal(desk(), world, name, served_portal().settings.seed, out)
    if isinstance(outcome, ExportRefusal):  # a deposit was cleaned away this very moment
        refuse(ProblemType.NO_JOURNAL, outcome.value)


def _json(one: Entry) -> dict[str, Any]:
    return {
        "id": one.number,
        "at": one.at.isoformat(),
        "source": one.source.value,
        "method": one.method,
        "path": one.path,
        "account": one.account,
        "status": one.status,
        "milliseconds": one.milliseconds,
        "request_size": one.request_size,
        "request_type": one.request_type,
        "response_size": one.response_size,
        "response_type": one.response_type,
        "fault": one.fault,
        "deposit_id": one.deposit,
        "change": dict(one.content) if one.source is Source.WORLD else None,
    }
