"""The OpenAPI document of ``/_mock``; it is made when somebody asks for it."""

from spectree.models import InType, SecureType, SecurityScheme, SecuritySchemeData

from mockportal.web.control_guard import KEY_HEADER
from mockportal.web.programs.describing import Described
from mockportal.web.programs.problem_types import ProblemType

mock = Described(
    "mockportal, for tests",
    "Sets up what the portal holds, and moves its clock. Every call is about one world. No login "
    f"on this machine; from another one, the header {KEY_HEADER} holds the control key.",
    SecurityScheme(
        "key", SecuritySchemeData(SecureType.API_KEY, name=KEY_HEADER, field_in=InType.HEADER)
    ),
    tags={
        "time": "Clocks, and when deposits are treated.",
        "contents": "Accounts, people, certifications, mails, and what deposits have exercised.",
        "faults": "Trouble on purpose.",
        "journal": "What was asked, answered and changed.",
        "worlds": "Portals within the portal, for a test or a class each.",
    },
    problems=(
        ProblemType.CONTROL_KEY,
        ProblemType.FOREIGN_ORIGIN,
        ProblemType.UNKNOWN_WORLD,
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.TOO_MANY_ATTEMPTS,
    ),
    open_here=True,
)
