"""What the numbers say about invitations and partners, in the form that pages show."""

from dataclasses import dataclass, field

from ...models import Disclosure, Stakeholder


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
