"""The kinds of problems that programs read, each with its slug: one table for all who tell them.

Answers name them in ``type``, the OpenAPI documents in their answers, and a page explains each
under its anchor. A slug never changes its meaning: programs switch on it.
"""

from dataclasses import dataclass
from enum import Enum

from mockportal.web.programs import API

PROBLEMS_PAGE = f"{API}/problems"


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is said of a kind of problem."""

    status: int
    title: str
    meaning: str
    remedy: str


class ProblemType(Enum):
    """A kind of problem; RFC 9457 calls it a problem type."""

    # Of any address
    BAD_REQUEST = _Entry(
        400,
        "The request cannot be read",
        "The address or the form holds what is no text (a NUL), or HTTP itself is broken.",
        "Look at how the request is put together.",
    )
    MALFORMED_JSON = _Entry(
        400,
        "The body is not JSON",
        "`detail` says at which line and column the reading stopped.",
        "Write the body with a JSON library.",
    )
    INVALID_REQUEST = _Entry(
        422,
        "The request is not as described",
        "A field of the query, of the form or of the body is unknown, missing, or of a wrong "
        "value. `errors` names each field, and what is allowed there.",
        "Mend the fields that `errors` names; the OpenAPI document describes all of them.",
    )
    NOT_FOUND = _Entry(
        404,
        "There is nothing there",
        "There is nothing at this address, or it is not yours to see: the two are not told apart.",
        "Take identifiers from lists and from `Location`; ask with the account that may see it.",
    )
    GONE_MEANWHILE = _Entry(
        404,
        "It went while the call was at it",
        "The world was reset or deleted in the very moment of the call.",
        "Let one test at a time reset a world.",
    )
    METHOD_NOT_ALLOWED = _Entry(
        405,
        "The address does not take this method",
        "The header `Allow` names the methods that it takes.",
        "Ask with one of these methods.",
    )
    TOO_LARGE = _Entry(
        413,
        "The request is too large",
        "It is larger than the portal takes; of those who have not signed in it takes 1 MB.",
        "Send less, sign in with the first request, or start the portal with --max-upload.",
    )
    UNSUPPORTED_MEDIA_TYPE = _Entry(
        415,
        "The address does not take this Content-Type",
        "`detail` names those that it takes.",
        "Set the header Content-Type.",
    )
    FOREIGN_ORIGIN = _Entry(
        403,
        "A page of another site may not do this",
        "A browser says by Origin or Sec-Fetch-Site that the request comes from a page of another "
        "site.",
        "Ask from a program, or from the portal's own pages.",
    )
    UNKNOWN_HOST = _Entry(
        421,
        "The portal does not answer to this name",
        "The header Host bears a name that is none of the portal's: what protects from DNS "
        "rebinding.",
        "Ask by 127.0.0.1 or localhost, or start the portal with --allow-host NAME.",
    )
    TOO_MANY_ATTEMPTS = _Entry(
        429,
        "There were too many wrong passwords or keys",
        "Nobody is let in under this identifier, or from this place, for a minute; the right "
        "password neither.",
        "Wait for as long as Retry-After says, and mend what sends the wrong one.",
    )
    INTERNAL_ERROR = _Entry(
        500,
        "The portal failed",
        "Its log says why. This says nothing of what was sent.",
        "Look into the log on stderr; a repetition may help.",
    )
    NOT_READY = _Entry(
        503,
        "The portal is not ready",
        "`reasons` says what is wrong, without the paths of the machine; its log and /coulisses "
        "say all.",
        "Ask again later, or mend what the log names.",
    )
    STORAGE_BUSY = _Entry(
        503,
        "The database is held by another program",
        "Nothing was stored.",
        "Ask again after Retry-After.",
    )
    STORAGE_UNAVAILABLE = _Entry(
        503,
        "The database or the data folder does not answer",
        "Nothing was stored; what was deposited before is not lost for that.",
        "Ask again after Retry-After; if it lasts, the log says why.",
    )
    STORAGE_DAMAGED = _Entry(
        503,
        "The database is damaged",
        "It must be restored; the log says from which copy.",
        "Restore a backup: `/docs/data-folder` says how.",
    )
    STORAGE_FULL = _Entry(
        507,
        "The disk is full, or fails",
        "Nothing was stored.",
        "Make room on the portal's machine, then send it again.",
    )
    STORAGE_READ_ONLY = _Entry(
        507,
        "The portal may not write",
        "Its data folder or its database is read-only: nothing was stored.",
        "Give the right back, then send it again.",
    )
    FILE_MISSING = _Entry(
        410,
        "A kept file is missing or damaged",
        "What depends on it can be neither shown nor changed.",
        "Restore the data folder from a backup, or deposit the file again.",
    )
    FAULT_ON_PURPOSE = _Entry(
        500,
        "A fault that a test has set answers",
        "It answers in the place of the portal, with whatever status the test wants; the header "
        "X-Mockportal-Fault names it.",
        "Nothing: that is what the test is about. DELETE /_mock/faults removes all.",
    )
    # Of /api/v1
    UNAUTHENTICATED = _Entry(
        401,
        "Nobody has signed in",
        "The credentials are missing or wrong.",
        "Sign in with HTTP Basic: the 9-character identifier and its password.",
    )
    NO_FILE = _Entry(
        400,
        "There is no file",
        "The field `file` of the form holds no file with a name.",
        "Send multipart/form-data with the field `file`, and a filename.",
    )
    FILE_NAME = _Entry(
        422,
        "The file's name is not taken",
        "It does not end in .xml, is longer than 255 characters, or holds what no name may.",
        "Give it another name.",
    )
    FILE_TOO_LARGE = _Entry(
        413,
        "The file is too large",
        "It is larger than the portal takes.",
        "Cut it into several fluxes, or start the portal with --max-upload.",
    )
    WORLD_RESET = _Entry(
        409,
        "The world was reset meanwhile",
        "The file came in while its world was emptied: it was not taken.",
        "Send it again.",
    )
    NOT_TREATED_YET = _Entry(
        409,
        "The deposit is still being treated",
        "Its receipt and its explanation are not available yet.",
        "Ask with ?wait=S for the deposit, then again for its receipt.",
    )
    TREATMENT_FAILED = _Entry(
        409,
        "The portal failed at the deposit",
        "It failed again and again: there is neither receipt nor explanation. That says nothing "
        "of the file.",
        "Whoever runs the portal can have it tried again: POST /_mock/deposits/{id}/retry.",
    )
    MANDATE_ENDED = _Entry(
        403,
        "The mandate has ended",
        "A déposant still sees what it deposited, and can no longer change it.",
        "Have the certificateur mandate the organisation again.",
    )
    PASSAGE_CHANGED = _Entry(
        409,
        "The passage is no longer as you saw it",
        "Another has changed it since the `version` that the changes were made on.",
        "Read it again, and make the changes on what it says now.",
    )
    FIRST_CONTROL = _Entry(
        422,
        "The first control refuses the change",
        "The schema or the dictionary does not allow what the passage would say. `errors` names "
        "the fields by the flux's own names; `portal_message` there is what pages say, in French.",
        "Mend the values that `errors` names.",
    )
    SECOND_CONTROL = _Entry(
        422,
        "The second control refuses the change",
        "`portal_message` is the message of a KO, in French, and `explanation` what led to it.",
        "Mend the person or the certification that the changes name.",
    )
    # Of /_mock
    CONTROL_KEY = _Entry(
        403,
        "The control key is missing or wrong",
        "From another machine, or by another name, /_mock asks for it.",
        "Send the key in the header X-Mockportal-Key.",
    )
    UNKNOWN_WORLD = _Entry(
        404,
        "There is no such world",
        "`detail` names the worlds there are.",
        "Make it with POST /_mock/worlds, or name another in ?world=.",
    )
    WORLD_EXISTS = _Entry(
        409,
        "There is a world of that name",
        "Names of worlds are unique.",
        "Leave the name out: one is drawn.",
    )
    WORLD_STAYS = _Entry(
        409,
        "The default world stays",
        "It can be reset, and not be deleted.",
        "POST /_mock/reset sets it back to what it was.",
    )
    WORLD_BUSY = _Entry(
        409,
        "Somebody else is at the world",
        "Another call makes, resets or deletes it, and was not done in over a minute. Nothing "
        "was changed.",
        "Ask again later; let one test at a time reset a world.",
    )
    TAKEN = _Entry(
        409,
        "It is taken",
        "Something that must be unique in a world is there already: a contract, a NIR. `errors` "
        "names the field.",
        "Give another value, or leave the field out: one is drawn.",
    )
    CLOCK = _Entry(
        409,
        "The clock does not go there",
        "Advancing moves on only, and no farther than the year 2199.",
        "PUT /_mock/clock sets it, back too.",
    )
    FLUX_REFUSED = _Entry(
        422,
        "The flux does not pass the first control",
        "Nothing was learned; `flux_errors` says why.",
        "Mend the flux; `mockportal check` says the same at a terminal.",
    )
    NO_JOURNAL = _Entry(
        409,
        "The world cannot be exported",
        "It holds deposits of before there was a journal, or some that were cleaned away.",
        "Make a new world, or start with a larger --keep-deposits.",
    )

    @property
    def slug(self) -> str:
        """Return its name in addresses."""
        return self.name.lower().replace("_", "-")

    @property
    def uri(self) -> str:
        """Return what ``type`` says: where the page tells of it; absolute paths need no Host."""
        return f"{PROBLEMS_PAGE}#{self.slug}"

    @property
    def status(self) -> int:
        """Return the HTTP status that it has, unless a test has set another."""
        return self.value.status

    @property
    def title(self) -> str:
        """Return what it is, the same each time."""
        return self.value.title

    @property
    def meaning(self) -> str:
        """Return what has happened."""
        return self.value.meaning

    @property
    def remedy(self) -> str:
        """Return what to do about it."""
        return self.value.remedy
