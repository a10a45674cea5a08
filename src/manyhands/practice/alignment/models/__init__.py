"""What common ground keeps: rounds, answers, the compact, live rounds, visions, doors for those without a seat."""

from ..agenda.models import Agenda, AgendaFinding, KeptAgenda
from ..compromise.models import (
    AgreementPart,
    ConcernOption,
    Concession,
    IssueOption,
    Negotiation,
    NegotiationConcern,
    NegotiationIssue,
    NegotiationParty,
    PackageAnswer,
    PackageFinding,
    PrivateTerms,
    ProposedPackage,
)
from ..concerns.models import Concern, ConcernAnswer, ConcernSource, ConcernVoice
from ..hands.models import SpeakerQueue, SpeakingTurn
from ..prioritizing.models import PriorityAnswer, PriorityCandidate, PriorityRound
from ..success.models import Horizon, OutcomeConflict, Priority, PriorityStand, SuccessDefinition
from .compact import BreachReport, Compact, CompactAcceptance, CompactPoint, Ratification
from .doors import AnswerLink, PaperBatch
from .live import LiveRound, Presence
from .publishing import PublicReport
from .rounds import Finding, Participant, Response, RoundImport, Statement, VisionRound
from .talks import ClosedTalk, TalkPlace, TalkPost
from .vision import ClauseSource, Overlap, OverlapVoice, Vision, VisionClause

__all__ = [
    "Agenda",
    "AgendaFinding",
    "AgreementPart",
    "AnswerLink",
    "BreachReport",
    "ClauseSource",
    "ClosedTalk",
    "Compact",
    "CompactAcceptance",
    "CompactPoint",
    "Concern",
    "ConcernAnswer",
    "ConcernOption",
    "ConcernSource",
    "ConcernVoice",
    "Concession",
    "Finding",
    "Horizon",
    "IssueOption",
    "KeptAgenda",
    "LiveRound",
    "Negotiation",
    "NegotiationConcern",
    "NegotiationIssue",
    "NegotiationParty",
    "OutcomeConflict",
    "Overlap",
    "OverlapVoice",
    "PackageAnswer",
    "PackageFinding",
    "PaperBatch",
    "Participant",
    "Presence",
    "Priority",
    "PriorityAnswer",
    "PriorityCandidate",
    "PriorityRound",
    "PriorityStand",
    "PrivateTerms",
    "ProposedPackage",
    "PublicReport",
    "Ratification",
    "Response",
    "RoundImport",
    "SpeakerQueue",
    "SpeakingTurn",
    "Statement",
    "SuccessDefinition",
    "TalkPlace",
    "TalkPost",
    "Vision",
    "VisionClause",
    "VisionRound",
]
