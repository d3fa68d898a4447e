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
    """Whether answers are about one event or the relationship as a whole, or are those of staff.

    An employee survey exists for administrators and designers only (`permissions.surveys_for`).
    """

    RELATIONSHIP = "relationship", _("Relationship survey")
    TRANSACTIONAL = "transactional", _("Transactional survey")
    EMPLOYEE = "employee", _("Employee survey")


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
    WORDING = "wording", _("Compare with care: the wording changed, or who is asked")
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


class ExpectationLevel(TextChoices):
    """What customers take an item for: a matter of course, or more than they look for."""

    NONE = "", _("Not marked")
    BASIC = "basic", _("Basic expectation")
    LATENT = "latent", _("Latent expectation")


ROLES_ASKED_ONCE = [
    MeasureRole.OVERALL,
    MeasureRole.RECOMMENDATION,
    MeasureRole.EFFORT,
    MeasureRole.REPURCHASE,
]


# Items that can be marked as a basic or a latent expectation.
ROLES_WITH_EXPECTATION = [MeasureRole.ATTRIBUTE, MeasureRole.AGAINST_EXPECTATION]


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


IN_PERSON = [Channel.PHONE, Channel.FACE_TO_FACE]


class InvitationState(TextChoices):
    """Whether an invitation can still be answered."""

    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    REVOKED = "revoked", _("Withdrawn")


class Population(TextChoices):
    """Where the customers of a wave come from."""

    ALL = "all", _("All customers")
    FILTER = "filter", _("Customers of a saved filter")
    PANEL = "panel", _("A panel")


class Interval(TextChoices):
    """The step of a series of waves."""

    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class WaveState(TextChoices):
    """Whether a wave asks; a stopped one never goes on."""

    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")
    FINISHED = "finished", _("Finished")


class MessageKind(TextChoices):
    """What a message to a customer is for."""

    INVITATION = "invitation", _("Invitation")
    REMINDER = "reminder", _("Reminder")


class DeliveryState(TextChoices):
    """What became of one message; nobody knows more than the mail server told."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent out")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Came back")
    UNCERTAIN = "uncertain", _("Uncertain")
    CANCELLED = "cancelled", _("Not needed any more")


class DeliveryChoice(TextChoices):
    """What somebody decides about a message of which nobody knows whether it arrived."""

    RESEND = "resend", _("Send again")
    LEAVE = "leave", _("Leave it")


class SkipReason(TextChoices):
    """Why somebody of the population was not asked."""

    OPTED_OUT = "opted_out", _("Asked not to be surveyed")
    ASKED_RECENTLY = "asked_recently", _("Was asked not long ago")
    ACCOUNT_RECENTLY = "account_recently", _("Somebody of the account was asked not long ago")
    NO_ADDRESS = "no_address", _("No address for this channel")
    SAME_ADDRESS = "same_address", _("Somebody with the same address is asked")
    BOUNCED = "bounced", _("Mail to the address comes back")
    TOO_LATE = "too_late", _("The event became known too late")
    UNIT_CLOSED = "unit_closed", _("The unit is not active")


class AccountRole(TextChoices):
    """Which part somebody has in what an account buys."""

    USER = "user", _("User")
    INFLUENCER = "influencer", _("Influencer")
    DECIDER = "decider", _("Decider")
    APPROVER = "approver", _("Approver")
    BUYER = "buyer", _("Buyer")
    GATEKEEPER = "gatekeeper", _("Gatekeeper")


class AttributeKind(TextChoices):
    """What the values of an attribute of customers are."""

    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    CHOICE = "choice", _("Choice from a list")


class SatisfactionClass(TextChoices):
    """How satisfied an answer is; the cut points follow from its scale."""

    HIGH = "high", _("Highly satisfied")
    MODERATE = "moderate", _("Moderately satisfied")
    LOW = "low", _("Not satisfied")


class AccessKind(TextChoices):
    """What somebody saw of a customer."""

    PAGE = "page", _("The customer's page")
    FILE = "file", _("A file with everything about the customer")
    LIST = "list", _("A file with a list of customers")


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


class ImportKind(TextChoices):
    """What the rows of a file are."""

    UNITS = "units", _("Units")
    ACCOUNTS = "accounts", _("Accounts")
    CUSTOMERS = "customers", _("Customers")
    EVENTS = "events", _("Events")
    RESPONSES = "responses", _("Answers of a survey")


class ImportState(TextChoices):
    """How far a file is: a person matches and confirms, a worker checks and imports."""

    MATCHING = "matching", _("Columns to be matched")
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    CHECKED = "checked", _("Checked, not imported")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


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
    BOT = "bot", _("Perhaps by a program")


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
