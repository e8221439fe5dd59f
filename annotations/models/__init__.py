"""The tables, one concept a file; the rest of the project imports them from here."""

from annotations.models.adjudication import AdjudicationStep, ErrorType, Provenance, Verdict
from annotations.models.agreement import AgreementReport
from annotations.models.analyses import Analysis
from annotations.models.annotation_sets import AnnotationSet, ChangeClock, SetKind, SetStatus
from annotations.models.articles import Article, Source
from annotations.models.bulk_edits import BulkEdit, BulkEditPart
from annotations.models.comments import Comment, ReadMark
from annotations.models.corrections import Decision, Outcome, Uncarried
from annotations.models.guidelines import GuidelineVersion
from annotations.models.jobs import Job, JobFile, JobProblem, JobState, Severity, Unit, WorkerMark
from annotations.models.knowledge import Entity, EntityName, Topic
from annotations.models.labels import ArticleLabel, Label, LabelKind
from annotations.models.notifications import Notification, NotificationKind
from annotations.models.priorities import PriorityStep
from annotations.models.project_changes import ProjectChange
from annotations.models.projects import Membership, Project, ProjectArticle, QueueOrder, Role
from annotations.models.propagations import Propagation
from annotations.models.relabellings import Relabelling
from annotations.models.relations import EndKind, Relation
from annotations.models.releases import Release, ReleaseFile
from annotations.models.revision_steps import RevisionStep, StepKind
from annotations.models.revisions import Revision
from annotations.models.schemes import SchemeDraft, SchemeVersion
from annotations.models.search import SearchText
from annotations.models.spans import Span
from annotations.models.stories import StoryBand, StoryMember
from annotations.models.tokens import ApiToken
from annotations.models.transitions import SkipReason, StatusChange
from annotations.models.users import User
from annotations.models.visits import Visit
from annotations.models.warnings import Dismissal, WarningTally
from annotations.models.webhooks import Delivery, DeliveryState, Webhook

__all__ = [
    "AdjudicationStep",
    "AgreementReport",
    "Analysis",
    "AnnotationSet",
    "ApiToken",
    "Article",
    "ArticleLabel",
    "BulkEdit",
    "BulkEditPart",
    "ChangeClock",
    "Comment",
    "Decision",
    "Delivery",
    "DeliveryState",
    "Dismissal",
    "EndKind",
    "Entity",
    "EntityName",
    "ErrorType",
    "GuidelineVersion",
    "Job",
    "JobFile",
    "JobProblem",
    "JobState",
    "Label",
    "LabelKind",
    "Membership",
    "Notification",
    "NotificationKind",
    "Outcome",
    "PriorityStep",
    "Project",
    "ProjectArticle",
    "ProjectChange",
    "Propagation",
    "Provenance",
    "QueueOrder",
    "ReadMark",
    "Relabelling",
    "Relation",
    "Release",
    "ReleaseFile",
    "Revision",
    "RevisionStep",
    "Role",
    "SchemeDraft",
    "SchemeVersion",
    "SearchText",
    "SetKind",
    "SetStatus",
    "Severity",
    "SkipReason",
    "Source",
    "Span",
    "StatusChange",
    "StepKind",
    "StoryBand",
    "StoryMember",
    "Topic",
    "Uncarried",
    "Unit",
    "User",
    "Verdict",
    "Visit",
    "WarningTally",
    "Webhook",
    "WorkerMark",
]
