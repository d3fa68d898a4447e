"""The tables; `README.md` beside this file says how they hang together."""

from .address_count import AddressCount
from .complaint import Complaint, ComplaintEntry
from .customer import Customer, Segment
from .event import Event, EventKind
from .heartbeat import WorkerHeartbeat
from .import_report import ImportReport
from .invitation import Invitation
from .library import SavedQuestion, SavedTemplate
from .people import RoleAssignment, User
from .public_link import PublicLink
from .quality import ExclusionDecision, ResponseFlag
from .question import Choice, Dimension, Question, Section
from .removed_part import RemovedPart
from .response import OutboxMessage, Response, ResponseDraft, ResponseRevision
from .reward_code import RewardCode
from .survey import Survey, SurveyVersion
from .unit import Unit, UnitPlacement
from .visit import Visit
from .wave import Wave

__all__ = [
    "AddressCount",
    "Choice",
    "Complaint",
    "ComplaintEntry",
    "Customer",
    "Dimension",
    "Event",
    "EventKind",
    "ExclusionDecision",
    "ImportReport",
    "Invitation",
    "OutboxMessage",
    "PublicLink",
    "Question",
    "RemovedPart",
    "Response",
    "ResponseDraft",
    "ResponseFlag",
    "ResponseRevision",
    "RewardCode",
    "RoleAssignment",
    "SavedQuestion",
    "SavedTemplate",
    "Section",
    "Segment",
    "Survey",
    "SurveyVersion",
    "Unit",
    "UnitPlacement",
    "User",
    "Visit",
    "Wave",
    "WorkerHeartbeat",
]
