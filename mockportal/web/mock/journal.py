"""The journal of a world: looked up, and as a file to replay."""

from functools import partial
from typing import Any, Literal

from flask import Blueprint, jsonify
from pydantic import AwareDatetime, Field
from werkzeug.wrappers import Response

from mockportal.domain.identifiers import WorldId
from mockportal.domain.journal import Entry, EntrySearch, Source
from mockportal.journeys.journal import ExportRefusal, export_journal, refusal_of_export
from mockportal.web.mock.document import mock
from mockportal.web.mock.outcomes import world_of
from mockportal.web.mock.shapes import InWorld
from mockportal.web.outcomes import written_download
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.problems import refuse
from mockportal.web.programs.shapes import Shape
from mockportal.web.served import desk, served_portal

blueprint = Blueprint("journal", __name__)
_ZIP = "application/zip"


class Looked(InWorld):
    """What is looked for; all that is given must agree."""

    q: str = Field(default="", max_length=200, description="A part of the path.")
    account: str | None = Field(default=None, max_length=9)
    status: int | None = Field(default=None, ge=100, le=599)
    since: AwareDatetime | None = Field(default=None, description="Real time.")
    page: int = Field(default=1, ge=1, le=1_000_000)
    size: int = Field(default=25, ge=1, le=1_000)


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


class EntryList(Shape):
    """A page of a journal, the newest first."""

    items: list[EntryShape]
    total: int
    page: int
    size: int


@blueprint.get("/requests")
@mock.endpoint(Answer(200, EntryList), "journal")
def show(query: Looked) -> Response:
    """Look up what was asked and answered, and what changed, the newest first."""
    world = world_of(query.world)
    served_portal().requests.flush()
    search = EntrySearch(query.q, query.account, query.status, query.since)
    items, total = desk().stores.journal.page(world, search, query.page, query.size)
    return jsonify(
        items=[_json(one) for one in items], total=total, page=query.page, size=query.size
    )


@blueprint.get("/journal")
@mock.endpoint(Answer(200, file=_ZIP), "journal", 409)
def export(query: InWorld) -> Response:
    """Download the world as one file, for the command mockportal journal replay."""
    world = world_of(query.world)
    refusal = refusal_of_export(desk(), world)
    if refusal is not None:
        refuse(409, refusal.value[0].upper() + refusal.value[1:] + ".")
    write = partial(_write, world, query.world)
    return written_download(write, f"{query.world}.zip", _ZIP)


def _write(world: WorldId, name: str, out: Any) -> None:
    outcome = export_journal(desk(), world, name, served_portal().settings.seed, out)
    if isinstance(outcome, ExportRefusal):  # a deposit was cleaned away this very moment
        refuse(409, outcome.value)


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
