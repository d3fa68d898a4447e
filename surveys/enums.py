"""The fixed vocabularies of the application."""

from importlib import import_module
from pathlib import Path

from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a member of staff may do; `permissions.py` says what follows."""

    ADMINISTRATOR = "administrator", _("Administrator")
    DESIGNER = "designer", _("Survey designer")
    MANAGER = "manager", _("Manager of units")
    ANALYST = "analyst", _("Quality analyst")
    VIEWER = "viewer", _("Viewer")


class SurveyKind(TextChoices):
    """Whether answers are about one event or about the relationship as a whole."""

    RELATIONSHIP = "relationship", _("Relationship survey")
    TRANSACTIONAL = "transactional", _("Transactional survey")


class SurveyMode(TextChoices):
    """Whether an answer is kept together with who gave it.

    `ANONYMOUS_INVITED` knows who answered but not what: it has personal links,
    and an answer by one of them is stored apart from the invitation.
    """

    NAMED = "named", _("Identified")
    ANONYMOUS = "anonymous", _("Anonymous")
    ANONYMOUS_INVITED = "anonymous_invited", _("Anonymous, by invitation")


class Selection(TextChoices):
    """How the customers of a survey were chosen from the population."""

    ALL = "all", _("Everybody on a list")
    RANDOM = "random", _("A random number from a list")
    RULE = "rule", _("By a rule")


class PageLayout(TextChoices):
    """How much of the questionnaire stands on one page."""

    SECTION = "section", _("One section per page")
    QUESTION = "question", _("One question per page")
    SINGLE = "single", _("Everything on one page")


class VersionState(TextChoices):
    """Life of a survey version; only a draft can change."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")


class Comparability(TextChoices):
    """Whether figures of a question from two versions may stand in one line."""

    COMPARABLE = "comparable", _("Comparable")
    WORDING = "wording", _("Compare with care: the wording changed")
    SCALE = "scale", _("Not comparable: the scale or the measure changed")
    ABSENT = "absent", _("Only in one of the two versions")


class RemovedKind(TextChoices):
    """What was taken out of a draft."""

    QUESTION = "question", _("Question")
    SECTION = "section", _("Section")


def _label_of_type(code):
    return import_module(f"surveys.question_types.{code}").handler.label


def _folders_of_types():
    """A member for each folder; its label stands in the folder and is read when it is shown."""
    label = lazy(_label_of_type, str)
    folder = Path(__file__).parent / "question_types"
    for path in sorted(folder.glob("*/__init__.py")):
        code = path.parent.name
        yield code.upper(), (code, label(code))


# What kind of answer a question takes; each has a folder in `question_types`.
QuestionType = TextChoices("QuestionType", list(_folders_of_types()))


class MeasureRole(TextChoices):
    """What a question is for; the scoring never guesses it from the scale."""

    NONE = "", _("No measure")
    OVERALL = "overall", _("Overall satisfaction")
    RECOMMENDATION = "recommendation", _("Willingness to recommend")
    EFFORT = "effort", _("Effort")
    REPURCHASE = "repurchase", _("Repurchase intention")
    ATTRIBUTE = "attribute", _("Satisfaction with an attribute")
    EXPECTATION_PAIR = "expectation_pair", _("Expectation and perception")
    AGAINST_EXPECTATION = "against_expectation", _("Against what was expected")
    PROFILE = "profile", _("Profile")
    COMMENT = "comment", _("Comment")


ROLES_ASKED_ONCE = [
    MeasureRole.OVERALL,
    MeasureRole.RECOMMENDATION,
    MeasureRole.EFFORT,
    MeasureRole.REPURCHASE,
]


class ChoiceKind(TextChoices):
    """What picking a choice means; only `SCORED` choices carry a value."""

    SCORED = "scored", _("Answer")
    OTHER = "other", _("Other, please say")
    EXCLUSIVE = "exclusive", _("None of these")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")
    DONT_KNOW = "dont_know", _("Don't know")


ASIDES = [ChoiceKind.NOT_APPLICABLE, ChoiceKind.DONT_KNOW]


class Fate(TextChoices):
    """What became of something in a survey file of another tool."""

    KEPT = "kept", _("Kept")
    APPROXIMATED = "approximated", _("Approximated")
    DROPPED = "dropped", _("Dropped")


class Channel(TextChoices):
    """How an answer reached us."""

    LINK = "link", _("Public link")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    QR = "qr", _("QR code")
    PHONE = "phone", _("Telephone")
    FACE_TO_FACE = "face_to_face", _("Face to face")
    IMPORT = "import", _("Import")


class InvitationState(TextChoices):
    """Whether an invitation can still be answered."""

    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    REVOKED = "revoked", _("Withdrawn")


class OutboxKind(TextChoices):
    """What is owed after an answer was stored."""

    THANK_YOU_MAIL = "thank_you_mail", _("Thank-you mail")


class ComplaintState(TextChoices):
    """Life of a complaint; one that was begun and never sent was abandoned."""

    BEGUN = "begun", _("Begun")
    RECEIVED = "received", _("Received")
    IN_PROGRESS = "in_progress", _("In progress")
    CLOSED = "closed", _("Closed")


class ComplaintEntryKind(TextChoices):
    """Who reads what staff write about a complaint."""

    NOTE = "note", _("Note for staff")
    ANSWER = "answer", _("Answer to the customer")


class JobState(TextChoices):
    """State of work that a worker does; the row is the truth, not the queue."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    UNCERTAIN = "uncertain", _("Uncertain")


class Device(TextChoices):
    """What a page was shown on, as coarse as can be; no more of a browser is ever kept."""

    PHONE = "phone", _("Phone")
    TABLET = "tablet", _("Tablet")
    DESKTOP = "desktop", _("Computer")
    UNKNOWN = "unknown", _("Unknown device")


class FlagKind(TextChoices):
    """A sign of careless or false answering; it leaves nothing out by itself."""

    TOO_FAST = "too_fast", _("Too fast")
    STRAIGHT_LINE = "straight_line", _("All ratings the same")
    DUPLICATE = "duplicate", _("Repeated")
    STAFF = "staff", _("Sent by staff")


class CheckSign(TextChoices):
    """Which signs a list of answers to check is about, beside a single kind of sign."""

    SUSPICIOUS = "suspicious", _("Two signs or more")
    ANY = "any", _("Any sign")
    ALL = "all", _("All answers, with or without")


class CheckState(TextChoices):
    """Which decisions a list of answers to check is about."""

    COUNTED = "counted", _("Counted")
    EXCLUDED = "excluded", _("Left out")
    ALL = "all", _("Both")
