"""Endpoints that are checked by what they say of themselves, and described in OpenAPI 3.1 by it.

SpecTree does the work; what is said here is what it leaves open: problems as errors, files as
answers, and JSON read by Pydantic, which is strict about it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from json import loads
from typing import Any, TypeVar

from flask import Request, make_response, request
from pydantic import BaseModel, ValidationError
from spectree import Response, SecurityScheme, SpecTree
from spectree.config import License
from spectree.model_adapter.protocol import SchemaMode
from spectree.models import Server, Tag
from spectree.plugins.base import Context
from spectree.plugins.flask_plugin import FlaskPlugin
from spectree.utils import get_multidict_items
from werkzeug.wrappers import Response as WerkzeugResponse

from mockportal import __version__
from mockportal.web.programs.examples import example_of
from mockportal.web.programs.field_errors import fields_of
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import NOT_AS_DESCRIBED, PROBLEM_TYPE, refuse
from mockportal.web.programs.shape_examples import SHAPE_EXAMPLES
from mockportal.web.programs.shapes import Problem

View = TypeVar("View", bound=Callable[..., Any])
Model = TypeVar("Model", bound=BaseModel)
XML_TYPE = "application/xml"
_JSON_TYPE = "application/json"
_FORM_TYPE = "multipart/form-data"
_LICENSE = License(name="MIT", url="https://spdx.org/licenses/MIT.html")
_ESCAPED_NUL = b"\\u0000"
"""How JSON writes the one sign that no database and no XML takes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answers when all is well."""

    status: int = 200
    shape: type[BaseModel] | None = None
    """The shape of its JSON; None for no content, or for a file."""
    file: str | None = None
    """The media type of the file that it answers."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Headers that matter, with what they say."""


_PROBLEMS_OF_ALL = (
    ProblemType.BAD_REQUEST,
    ProblemType.GONE_MEANWHILE,
    ProblemType.UNKNOWN_HOST,
    ProblemType.INVALID_REQUEST,
    ProblemType.STORAGE_BUSY,
    ProblemType.STORAGE_UNAVAILABLE,
    ProblemType.STORAGE_DAMAGED,
    ProblemType.STORAGE_FULL,
    ProblemType.STORAGE_READ_ONLY,
)
"""Met at any address."""
_PARAMETERS = {
    "deposit_id": "The deposit, by its `id`.",
    "fault_id": "The fault, by its `id`.",
    "name": "The world, by its name.",
    "passage_id": "The passage, by its `id`.",
}
"""What stands in addresses."""


class Described(SpecTree):
    """One OpenAPI document, and the endpoints in it."""

    def __init__(
        self,
        title: str,
        description: str,
        scheme: SecurityScheme,
        *,
        tags: Mapping[str, str],
        problems: Sequence[ProblemType],
        open_here: bool = False,
    ) -> None:
        """Keep what all its endpoints share: how to authenticate, and the problems of all.

        ``tags`` says what each group of endpoints is about; ``open_here`` that there are those who
        need not authenticate.
        """
        self._problems = (*_PROBLEMS_OF_ALL, *problems)
        self._tags = {name: Tag(name, description) for name, description in tags.items()}
        self._carriers: set[str] = set()
        self._complete = False
        self._shapes: dict[str, tuple[type[BaseModel], SchemaMode]] = {}
        super().__init__(
            "flask",
            backend=_Checking,
            after=_raise_what_is_not_as_described,
            validation_error_model=Problem,
            naming_strategy=lambda model: model.__name__,
            nested_naming_strategy=lambda _parent, child: child,
            mode="strict",
            page_templates={},
            title=title,
            description=description,
            version=__version__,
            license=_LICENSE,
            servers=[Server(url="/", description="This portal.")],
            security_schemes=[scheme],
            security=[{scheme.name: []}, *([{}] if open_here else [])],
        )

    def endpoint(
        self,
        answer: Answer,
        tag: str,
        name: str,
        *problems: ProblemType,
        form: type[BaseModel] | None = None,
        carried: type[BaseModel] | None = None,
    ) -> Callable[[View], View]:
        """Check and describe a view.

        Its parameters ``query`` and ``json`` say what comes in, ``answer`` what goes out; ``name``
        is what generated clients call it. ``problems`` are its own refusals, ``form`` the fields
        of a file form,
        ``carried`` the JSON that a flux may come in, which the view itself takes out.
        """
        described: Callable[[View], View] = self.validate(
            resp=_Answers(answer, (*self._problems, *problems)),
            tags=(self._tags[tag],),
            form=form,
            operation_id=name,
            path_parameter_descriptions=_PARAMETERS,
        )
        if carried is None:
            return described
        return lambda view: self._carrying(carried, described(view))

    def _carrying(self, carried: type[BaseModel], view: View) -> View:
        """Say of a view that it takes a flux, in JSON or by itself."""
        metadata = self.get_function_metadata(view)
        if metadata is None:
            raise LookupError("a view that is not described takes no flux")
        metadata.json = self._add_model(carried)
        self._carriers.add(metadata.json)
        return view

    def _add_model(self, model: type[BaseModel], mode: SchemaMode = "validation") -> str:
        """Keep a shape by its name; what JSON Schema says of it is worked out when asked for."""
        name = self.naming_strategy(model)
        self._shapes[name] = (model, mode)
        return name

    @property
    def spec(self) -> dict[str, Any]:
        """Return the document, made when it is first asked for in an application."""
        if not self._complete:
            while self._shapes:
                super()._add_model(*self._shapes.popitem()[1])
            self._complete_document(super().spec)
            self._complete = True
        document: dict[str, Any] = super().spec
        return document

    def _complete_document(self, document: dict[str, Any]) -> None:
        """Add what SpecTree does not tell: fluxes in XML, examples; take out what nothing uses."""
        shapes = document["components"]["schemas"]
        for name in SHAPE_EXAMPLES.keys() & shapes.keys():
            shapes[name]["examples"] = [SHAPE_EXAMPLES[name]]
        for operation in chain.from_iterable(path.values() for path in document["paths"].values()):
            for parameter in operation["parameters"]:
                _forbid_nul(parameter["schema"])
            sent = operation.get("requestBody", {}).get("content", {})
            shape = sent.get(_JSON_TYPE, {}).get("schema", {}).get("$ref", "")
            if shape.rpartition("/")[2] in self._carriers:
                sent[XML_TYPE] = {"schema": {"type": "string"}}
            answers = (answer.get("content", {}) for answer in operation["responses"].values())
            for content in (sent, *answers):
                if _JSON_TYPE in content:
                    taken = content[_JSON_TYPE]
                    taken["example"] = example_of(taken["schema"], document)
        while unused := shapes.keys() - _referred(document):
            for name in unused:
                del shapes[name]


def _forbid_nul(schema: dict[str, Any]) -> None:
    """Say of a text in an address what holds at every address: it has no NUL."""
    for text in (schema, *schema.get("anyOf", ())):
        if text.get("type") == "string" and not text.keys() & {"enum", "format", "pattern"}:
            text["pattern"] = "^[^\\u0000]*$"


def _referred(node: Any) -> set[str]:
    """Return the names of the shapes that a part of a document refers to."""
    if isinstance(node, dict):
        own = {str(node["$ref"]).rpartition("/")[2]} if "$ref" in node else set()
        return own.union(*map(_referred, node.values()))
    return set().union(*map(_referred, node)) if isinstance(node, list) else set()


class _Answers(Response):
    """SpecTree's answers, with problems under their media type, and files."""

    def __init__(self, answer: Answer, problems: Sequence[ProblemType]) -> None:
        self._answer = answer
        self._problems = problems
        shapes = {f"HTTP_{kind.status}": Problem for kind in problems}
        super().__init__(**shapes, **{f"HTTP_{answer.status}": answer.shape})

    def generate_spec(self, *args: Any, **named: Any) -> dict[str, Any]:
        """Return what OpenAPI says of the answers."""
        answers = super().generate_spec(*args, **named)
        for status, one in answers.items():
            kinds = [kind for kind in self._problems if kind.status == int(status)]
            if kinds:
                one["description"] = "\n".join(f"{kind.title} (`{kind.slug}`)." for kind in kinds)
                one["content"] = {PROBLEM_TYPE: {**one["content"][_JSON_TYPE], **_examples(kinds)}}
        right = answers[str(self._answer.status)]
        if self._answer.file:
            right["content"] = {self._answer.file: {"schema": {"type": "string"}}}
        if self._answer.headers:
            right["headers"] = {
                name: {"description": said, "schema": {"type": "string"}}
                for name, said in self._answer.headers.items()
            }
        return dict(sorted(answers.items()))


def _examples(kinds: Sequence[ProblemType]) -> dict[str, Any]:
    """Return a problem of each kind, by its slug."""
    return {
        "examples": {
            kind.slug: {
                "summary": kind.title,
                "value": {
                    "type": kind.uri,
                    "title": kind.title,
                    "status": kind.status,
                    "detail": kind.meaning,
                },
            }
            for kind in kinds
        }
    }


class _Checking(FlaskPlugin):
    """Reads what comes in; what is not as described becomes a problem that names the fields."""

    def request_validation(
        self, request: Request, query: Any, json: Any, form: Any, headers: Any, cookies: Any
    ) -> None:
        """Check each part of a request against its shape."""
        del headers, cookies  # no endpoint takes any
        if form and request.mimetype != _FORM_TYPE:
            refuse(ProblemType.UNSUPPORTED_MEDIA_TYPE, f"This address takes {_FORM_TYPE}.")
        context = Context(
            _checked("query", query, query.model_validate, get_multidict_items(request.args, query))
            if query
            else None,
            json_as(json) if json else None,
            _checked("form", form, form.model_validate, self.fill_form(request)) if form else None,
            None,
            None,
        )
        request.context = context  # type: ignore[attr-defined]  # where SpecTree looks for it

    def validate_response(
        self, resp: Any, resp_model: Response | None, skip_validation: bool, force: bool
    ) -> tuple[WerkzeugResponse, Exception | None]:
        """Return an answer as it is, and the fault when it is not as described."""
        del skip_validation, force
        response = make_response(resp)
        shape = resp_model.find_model(response.status_code) if resp_model else None
        if shape is not None:
            try:
                shape.model_validate_json(response.get_data())
            except ValidationError as fault:
                return response, fault
        return response, None


def json_as(shape: type[Model]) -> Model:
    """Return the JSON that was sent; nothing at all stands for an empty object."""
    sent = request.get_data()
    if sent and not request.is_json:
        refuse(ProblemType.UNSUPPORTED_MEDIA_TYPE, "This address takes application/json.")
    checked: Model = _checked("body", shape, shape.model_validate_json, sent or b"{}")
    if _ESCAPED_NUL in sent and _holds_nul(loads(sent)):
        refuse(ProblemType.INVALID_REQUEST, "The body holds a NUL, which is no text.")
    return checked


def _holds_nul(given: object) -> bool:
    if isinstance(given, dict):
        return any(map(_holds_nul, chain(given, given.values())))
    return any(map(_holds_nul, given)) if isinstance(given, list) else "\0" in str(given)


def _checked(part: str, shape: type[BaseModel], check: Callable[[Any], Any], given: Any) -> Any:
    try:
        return check(given)
    except ValidationError as fault:
        errors = fault.errors(include_url=False, include_context=False, include_input=False)
        if errors[0]["type"] == "json_invalid":
            refuse(ProblemType.MALFORMED_JSON, f"The body is not JSON. {errors[0]['msg']}")
        refuse(ProblemType.INVALID_REQUEST, NOT_AS_DESCRIBED, errors=fields_of(errors, part, shape))


def _raise_what_is_not_as_described(
    _request: Any, _response: Any, fault: Exception | None, _instance: Any, _adapter: Any
) -> None:
    """Let an answer that breaks its own contract be the fault that it is."""
    if fault is not None:
        raise fault
