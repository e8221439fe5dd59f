"""The tables, one concept a file; the rest of the project imports them from here."""

from annotations.models.analyses import Analysis
from annotations.models.annotation_sets import AnnotationSet, SetKind, SetStatus
from annotations.models.articles import Article, Source
from annotations.models.bulk_edits import BulkEdit, BulkEditPart
from annotations.models.comments import Comment, ReadMark
from annotations.models.corrections import Decision, Outcome, Uncarried
from annotations.models.jobs import Job, JobFile, JobProblem, JobState, Severity, Unit, WorkerMark
from annotations.models.knowledge import Entity, EntityName, Topic
from annotations.models.labels import ArticleLabel, Label, LabelKind
from annotations.models.projects import Membership, Project, ProjectArticle, Role
from annotations.models.propagations import Propagation
from annotations.models.relations import EndKind, Relation
from annotations.models.revisions import Revision
from annotations.models.search import SearchText
from annotations.models.spans import Span
from annotations.models.stories import StoryBand, StoryMember
from annotations.models.users import User
from annotations.models.visits import Visit
from annotations.models.warnings import Dismissal, WarningTally

__all__ = [
    "Analysis",
    "AnnotationSet",
    "Article",
    "ArticleLabel",
    "BulkEdit",
    "BulkEditPart",
    "Comment",
    "Decision",
    "Dismissal",
    "EndKind",
    "Entity",
    "EntityName",
    "Job",
    "JobFile",
    "JobProblem",
    "JobState",
    "Label",
    "LabelKind",
    "Membership",
    "Outcome",
    "Project",
    "ProjectArticle",
    "Propagation",
    "ReadMark",
    "Relation",
    "Revision",
    "Role",
    "SearchText",
    "SetKind",
    "SetStatus",
    "Severity",
    "Source",
    "Span",
    "StoryBand",
    "StoryMember",
    "Topic",
    "Uncarried",
    "Unit",
    "User",
    "Visit",
    "WarningTally",
    "WorkerMark",
]
