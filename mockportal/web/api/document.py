"""The OpenAPI document of ``/api/v1``; it is made when somebody asks for it."""

from spectree.models import SecureType, SecurityScheme, SecuritySchemeData

from mockportal.web.programs.describing import Described

api = Described(
    "mockportal, for programs",
    "Deposits of a certifying body, and what became of them. Sign in with HTTP Basic: the "
    "9-character identifier and its password. The account says in which world you are.",
    SecurityScheme("account", SecuritySchemeData(SecureType.HTTP, scheme="basic")),
    problems=(401, 429),
)
