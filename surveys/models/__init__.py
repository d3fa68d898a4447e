"""The tables; `README.md` beside this file says how they hang together."""

from .address_count import AddressCount
from .complaint import Complaint, ComplaintEntry
from .contact_policy import ContactPolicy
from .customer import (
    Account,
    Customer,
    CustomerAlias,
    RespondentType,
    Segment,
    Stage,
    StageChange,
)
from .customer_attribute import AttributeChoice, CustomerAttribute
from .delivery import Delivery, DeliveryDecision, SkippedCustomer
from .event import Event, EventKind
from .event_rule import EventRule
from .heartbeat import WorkerHeartbeat
from .import_report import ImportReport
from .import_run import ColumnMatching, ImportRun
from .invitation import Invitation
from .library import SavedQuestion, SavedTemplate
from .message_text import MessageText
from .panel import CustomerFilter, Panel, PanelMember
from .people import RoleAssignment, User
from .privacy import AccessRecord, Erasure, RetentionRule
from .public_link import PublicLink
from .quality import ExclusionDecision, ResponseFlag
from .question import Choice, Dimension, Question, Section
from .removed_part import RemovedPart
from .response import OutboxMessage, Response, ResponseDraft, ResponseRevision
from .reward_code import RewardCode
from .survey import Survey, SurveyVersion
from .unit import Unit, UnitPlacement
from .visit import Visit
from .wave import Wave, WaveSeries

__all__ = [
    "AccessRecord",
    "Account",
    "AddressCount",
    "AttributeChoice",
    "Choice",
    "ColumnMatching",
    "Complaint",
    "ComplaintEntry",
    "ContactPolicy",
    "Customer",
    "CustomerAlias",
    "CustomerAttribute",
    "CustomerFilter",
    "Delivery",
    "DeliveryDecision",
    "Dimension",
    "Erasure",
    "Event",
    "EventKind",
    "EventRule",
    "ExclusionDecision",
    "ImportReport",
    "ImportRun",
    "Invitation",
    "MessageText",
    "OutboxMessage",
    "Panel",
    "PanelMember",
    "PublicLink",
    "Question",
    "RemovedPart",
    "RespondentType",
    "Response",
    "ResponseDraft",
    "ResponseFlag",
    "ResponseRevision",
    "RetentionRule",
    "RewardCode",
    "RoleAssignment",
    "SavedQuestion",
    "SavedTemplate",
    "Section",
    "Segment",
    "SkippedCustomer",
    "Stage",
    "StageChange",
    "Survey",
    "SurveyVersion",
    "Unit",
    "UnitPlacement",
    "User",
    "Visit",
    "Wave",
    "WaveSeries",
    "WorkerHeartbeat",
]
