"""The OpenAPI document of ``/api/v1``; it is made when somebody asks for it."""

from spectree.models import SecureType, SecurityScheme, SecuritySchemeData

from mockportal.web.programs.describing import Described
from mockportal.web.programs.problem_types import ProblemType

api = Described(
    "mockportal, for programs",
    "Deposits of a certifying body, and what became of them. Sign in with HTTP Basic: the "
    "9-character identifier and its password. The account says in which world you are.",
    SecurityScheme("account", SecuritySchemeData(SecureType.HTTP, scheme="basic")),
    tags={
        "deposits": "Send fluxes, and read what became of them.",
        "passages": "Look up, correct and delete what was accepted.",
    },
    problems=(ProblemType.UNAUTHENTICATED, ProblemType.TOO_MANY_ATTEMPTS),
)
