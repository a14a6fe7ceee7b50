"""Endpoints that are checked by what they say of themselves, and described in OpenAPI 3.1 by it.

SpecTree does the work; what is said here is what it leaves open: problems as errors, files as
answers, and JSON read by Pydantic, which is strict about it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Request, make_response, request
from pydantic import BaseModel, ValidationError
from spectree import Response, SecurityScheme, SpecTree
from spectree.model_adapter.protocol import SchemaMode
from spectree.plugins.base import Context
from spectree.plugins.flask_plugin import FlaskPlugin
from spectree.utils import get_multidict_items
from werkzeug.wrappers import Response as WerkzeugResponse

from mockportal import __version__
from mockportal.web.programs.problems import PROBLEM_TYPE, refuse
from mockportal.web.programs.shapes import Problem, fields_of

View = TypeVar("View", bound=Callable[..., Any])
Model = TypeVar("Model", bound=BaseModel)
XML_TYPE = "application/xml"
_JSON_TYPE = "application/json"
_FORM_TYPE = "multipart/form-data"


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


class Described(SpecTree):
    """One OpenAPI document, and the endpoints in it."""

    def __init__(
        self,
        title: str,
        description: str,
        scheme: SecurityScheme,
        *,
        problems: Sequence[int],
        open_here: bool = False,
    ) -> None:
        """Keep what all its endpoints share: how to authenticate, and the problems of all.

        ``open_here`` says that there are those who need not authenticate.
        """
        self._problems = tuple(problems)
        self._carriers: set[str] = set()
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
            security_schemes=[scheme],
            security=[{scheme.name: []}, *([{}] if open_here else [])],
        )

    def endpoint(
        self,
        answer: Answer,
        tag: str,
        *problems: int,
        form: type[BaseModel] | None = None,
        carried: type[BaseModel] | None = None,
    ) -> Callable[[View], View]:
        """Check and describe a view.

        Its parameters ``query`` and ``json`` say what comes in, ``answer`` what goes out;
        ``problems`` are the statuses of its own refusals, ``form`` the fields of a file form,
        ``carried`` the JSON that a flux may come in, which the view itself takes out.
        """
        described: Callable[[View], View] = self.validate(
            resp=_Answers(answer, (*self._problems, *problems)), tags=(tag,), form=form
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
        while self._shapes:
            super()._add_model(*self._shapes.popitem()[1])
        document: dict[str, Any] = super().spec
        for path in document["paths"].values():
            for operation in path.values():
                content = operation.get("requestBody", {}).get("content", {})
                shape = content.get(_JSON_TYPE, {}).get("schema", {}).get("$ref", "")
                if shape.rpartition("/")[2] in self._carriers:
                    content[XML_TYPE] = {"schema": {"type": "string"}}
        return document


class _Answers(Response):
    """SpecTree's answers, with problems under their media type, and files."""

    def __init__(self, answer: Answer, problems: Sequence[int]) -> None:
        self._answer = answer
        shapes = {f"HTTP_{status}": Problem for status in problems}
        super().__init__(**shapes, **{f"HTTP_{answer.status}": answer.shape})

    def generate_spec(self, *args: Any, **named: Any) -> dict[str, Any]:
        """Return what OpenAPI says of the answers."""
        answers = super().generate_spec(*args, **named)
        for status, one in answers.items():
            if int(status) >= 400:
                one["content"] = {PROBLEM_TYPE: one["content"][_JSON_TYPE]}
        right = answers[str(self._answer.status)]
        if self._answer.file:
            right["content"] = {self._answer.file: {"schema": {"type": "string"}}}
        if self._answer.headers:
            right["headers"] = {
                name: {"description": said, "schema": {"type": "string"}}
                for name, said in self._answer.headers.items()
            }
        return dict(sorted(answers.items()))


class _Checking(FlaskPlugin):
    """Reads what comes in; what is not as described becomes a problem that names the fields."""

    def request_validation(
        self, request: Request, query: Any, json: Any, form: Any, headers: Any, cookies: Any
    ) -> None:
        """Check each part of a request against its shape."""
        del headers, cookies  # no endpoint takes any
        if form and request.mimetype != _FORM_TYPE:
            refuse(415, f"This address takes {_FORM_TYPE}.")
        context = Context(
            _checked("query", query.model_validate, get_multidict_items(request.args, query))
            if query
            else None,
            json_as(json) if json else None,
            _checked("form", form.model_validate, self.fill_form(request)) if form else None,
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

    def get_func_operation_id(self, func: Callable[..., Any], path: str, method: str) -> str:
        """Return a name that generated clients can use."""
        del path, method
        return f"{func.__module__.rpartition('.')[2]}_{func.__name__}"


def json_as(shape: type[Model]) -> Model:
    """Return the JSON that was sent; nothing at all stands for an empty object."""
    sent = request.get_data()
    if sent and not request.is_json:
        refuse(415, "This address takes application/json.")
    checked: Model = _checked("body", shape.model_validate_json, sent or b"{}")
    return checked


def _checked(part: str, check: Callable[[Any], Any], given: Any) -> Any:
    try:
        return check(given)
    except ValidationError as fault:
        errors = fault.errors(include_url=False, include_context=False, include_input=False)
        if errors[0]["type"] == "json_invalid":
            refuse(400, f"The body is not JSON. {errors[0]['msg']}")
        refuse(422, "The request is not as described.", errors=fields_of(errors, part))


def _raise_what_is_not_as_described(
    _request: Any, _response: Any, fault: Exception | None, _instance: Any, _adapter: Any
) -> None:
    """Let an answer that breaks its own contract be the fault that it is."""
    if fault is not None:
        raise fault
