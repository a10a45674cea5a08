"""What the numbers say about invitations and partners, in the form that pages show."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from ...models import CoverageItem, Disclosure, Stakeholder

if TYPE_CHECKING:
    from manyhands.analysis.coverage import Pick as Computed


@dataclass(frozen=True)
class Taken:
    """One actor that was chosen: what it adds, how many ties the map shows, and whom one passes on the way to it."""

    pk: int
    adds: "Computed"
    count_ties: int
    path: list[int]


@dataclass(frozen=True)
class Choice:
    """Whom to invite, how good the set is, and what it was worked out from."""

    taken: list[Taken]
    items: list[CoverageItem]
    by_place: bool
    share_of_best: float | None
    at_least: float
    count_candidates: int
    count_members: int
    count_ties: int
    #: How many are to be asked later, said no, and are never asked.
    not_asked: tuple[int, int, int]


@dataclass(frozen=True)
class Standing:
    """How far a job is that looks through very many: what it found last, and whether that is being worked out anew."""

    choice: Choice | None
    made_at: datetime | None
    is_behind: bool
    has_failed: bool


@dataclass
class Pick:
    """One actor to invite, with its reasons."""

    ally: Stakeholder
    in_short: str
    reasons: list[str]
    path: list[str] = field(default_factory=list)
    why_no_path: str = ""
    limits: list[Disclosure] = field(default_factory=list)
    may_invite: bool = False


@dataclass
class InviteNext:
    """The set that adds most together, how it was found, and what it was found from."""

    picks: list[Pick]
    method_in_words: str
    computed_from: str
    left_out: list[str]
    why_nobody: str = ""
    standing: "Standing | None" = None


@dataclass(frozen=True)
class Fit:
    """Overlap of interests and complement of strengths, apart; percent, or None with the reason."""

    overlap: float | None
    complement: float | None
    shared: tuple[str, ...]
    only_theirs: tuple[str, ...]
    new: tuple[str, ...]
    have: tuple[str, ...]
    why_no_overlap: str
    why_no_complement: str
    computed_from: str
