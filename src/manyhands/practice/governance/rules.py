"""How a coalition decides. Pure and exact: no database, no clock, no rounding."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

__all__ = [
    "DECISION_STEPS",
    "DISSENT_STEPS",
    "GOAL_STEPS",
    "LEAST_SPONSORS",
    "PROPOSAL_STEPS",
    "Base",
    "Choice",
    "Method",
    "NotAShare",
    "Outcome",
    "Terms",
    "Verdict",
    "decide",
    "next_phase",
    "read_share",
    "write_share",
]


class Choice(StrEnum):
    """Where a member stands."""

    FOR = "for"
    ASIDE = "aside"
    AGAINST = "against"
    BLOCK = "block"


class Outcome(StrEnum):
    """What became of a proposal that was put to the decision."""

    ADOPTED = "adopted"
    WITH_DISSENT = "adopted with dissent"
    NOT_ADOPTED = "not adopted"
    NO_QUORUM = "no quorum"

    @property
    def is_adopted(self) -> bool:
        return self in {Outcome.ADOPTED, Outcome.WITH_DISSENT}


class Method(StrEnum):
    """How stances become a decision."""

    CONSENT = "consent"  # nobody blocks, and at least one member is for it
    SHARE = "share"  # a share of the votes is for it


class Base(StrEnum):
    """Of which votes the share is taken."""

    FOR_OR_AGAINST = "for or against"
    STANCES = "all stances"
    ELIGIBLE = "all eligible"


#: Every step of a proposal. There is no way round a phase.
PROPOSAL_STEPS: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"clarify", "withdrawn"}),
    "clarify": frozenset({"react", "withdrawn"}),
    "react": frozenset({"decide", "withdrawn"}),
    "decide": frozenset({*Outcome, "withdrawn"}),
    "adopted": frozenset(),
    "adopted with dissent": frozenset(),
    "not adopted": frozenset(),
    "no quorum": frozenset(),
    "withdrawn": frozenset(),
}

#: Every step of a decision after it was adopted. A review may leave it in force many times.
DECISION_STEPS: Mapping[str, frozenset[str]] = {
    "in force": frozenset({"reaffirmed", "changed", "repealed"}),
    "reaffirmed": frozenset({"reaffirmed", "changed", "repealed"}),
    "changed": frozenset({"reaffirmed", "changed", "repealed"}),
    "repealed": frozenset(),
}

DISSENT_STEPS: Mapping[str, frozenset[str]] = {
    "recorded": frozenset({"answered"}),
    "answered": frozenset({"answered", "reviewed"}),
    "reviewed": frozenset({"reviewed"}),
}

#: So many organizations stand for a goal before it is put to the decision, and while it is adopted.
LEAST_SPONSORS = 2

#: Every step of a shared goal. It is endorsed while `LEAST_SPONSORS` stand for it before it is decided.
GOAL_STEPS: Mapping[str, frozenset[str]] = {
    "proposed": frozenset({"endorsed", "retired"}),
    "endorsed": frozenset({"proposed", "adopted", "retired"}),
    "adopted": frozenset({"reached", "retired"}),
    "reached": frozenset(),
    "retired": frozenset(),
}


class NotAShare(ValueError):
    """What was written is not a share between nothing and all."""


@dataclass(frozen=True)
class Terms:
    """What the charter asks for, for one kind of decision.

    Parameters
    ----------
    quorum
        Share of the eligible votes that must take any stance at all.
    threshold
        Share of the votes in `base` that must be for it; not asked for consent.
    must_exceed
        The threshold itself is not enough, as for "more than half".
    blocks_stop
        One block halts the proposal. Under consent it always does.

    Raises
    ------
    NotAShare
        If quorum or threshold is below 0 or above 1.
    """

    method: Method = Method.SHARE
    quorum: Fraction = Fraction(1, 2)
    threshold: Fraction = Fraction(2, 3)
    base: Base = Base.FOR_OR_AGAINST
    must_exceed: bool = False
    blocks_stop: bool = True

    def __post_init__(self) -> None:
        for share in (self.quorum, self.threshold):
            if not 0 <= share <= 1:
                raise NotAShare(f"{share} is not between 0 and 1.")


@dataclass(frozen=True)
class Verdict:
    """The outcome with the counts that led to it, all in votes."""

    outcome: Outcome
    cast: int
    quorum: int  # votes that must be cast
    in_favor: int
    of: int  # votes in the base
    needed: int  # votes in favor that `of` asks for; 1 under consent
    blocked: bool

    @property
    def is_quorate(self) -> bool:
        return self.outcome is not Outcome.NO_QUORUM

    @property
    def to_quorum(self) -> int:
        """How many more votes make it count."""
        return max(0, self.quorum - self.cast)


def decide(votes: Mapping[str, int], *, eligible: int, terms: Terms) -> Verdict:
    """Say what a coalition decides, from the votes behind each stance.

    Standing aside counts for the quorum but, unless the charter takes the share of all stances, neither for nor
    against: a member who can live with a proposal does not sink it. A block that does not stop counts as against.
    A proposal that nobody is for is never adopted.

    Parameters
    ----------
    votes
        Votes by choice (`Choice`); a choice left out has none.
    eligible
        All votes that may be cast.

    Raises
    ------
    ValueError
        If a count is negative, or more votes are cast than there are.

    Examples
    --------
    Nine of fourteen spoke: seven for, one aside, one against.

    >>> decide({"for": 7, "aside": 1, "against": 1}, eligible=14, terms=Terms()).outcome
    <Outcome.WITH_DISSENT: 'adopted with dissent'>

    A single block stops it, whatever the count:

    >>> decide({"for": 13, "block": 1}, eligible=14, terms=Terms()).outcome
    <Outcome.NOT_ADOPTED: 'not adopted'>

    Too few spoke, so nothing was decided either way:

    >>> short = decide({"for": 5}, eligible=14, terms=Terms())
    >>> short.outcome, short.to_quorum
    (<Outcome.NO_QUORUM: 'no quorum'>, 2)

    Two thirds means two thirds, not 0.666…:

    >>> decide({"for": 2, "against": 1}, eligible=3, terms=Terms()).outcome.is_adopted
    True

    More than half is not half:

    >>> half = Terms(threshold=Fraction(1, 2), must_exceed=True)
    >>> decide({"for": 2, "against": 2}, eligible=4, terms=half).outcome
    <Outcome.NOT_ADOPTED: 'not adopted'>

    All stand aside: everyone can live with it, and nobody wants it.

    >>> decide({"aside": 4}, eligible=4, terms=Terms(Method.CONSENT)).outcome
    <Outcome.NOT_ADOPTED: 'not adopted'>
    """
    if min(votes.values(), default=0) < 0:
        raise ValueError("There are no negative votes.")
    given = {choice: votes.get(choice, 0) for choice in Choice}
    cast = sum(given.values())
    if cast > eligible or cast != sum(votes.values()):
        raise ValueError("More votes were cast than there are, or for a choice that there is not.")
    in_favor, opposed = given[Choice.FOR], given[Choice.AGAINST] + given[Choice.BLOCK]
    of = {Base.FOR_OR_AGAINST: in_favor + opposed, Base.STANCES: cast, Base.ELIGIBLE: eligible}[terms.base]
    quorum, needed = max(1, ceil(terms.quorum * eligible)), _needed(of, terms)
    blocked = given[Choice.BLOCK] > 0 and (terms.blocks_stop or terms.method is Method.CONSENT)
    if cast < quorum:
        outcome = Outcome.NO_QUORUM
    elif blocked or in_favor < needed:
        outcome = Outcome.NOT_ADOPTED
    else:
        outcome = Outcome.WITH_DISSENT if opposed else Outcome.ADOPTED
    return Verdict(outcome, cast, quorum, in_favor, of, needed, blocked)


def _needed(of: int, terms: Terms) -> int:
    if terms.method is Method.CONSENT:
        return 1
    exactly = terms.threshold * of
    return max(1, floor(exactly) + 1 if terms.must_exceed else ceil(exactly))


def next_phase(state: str) -> str:
    """The phase that follows, or nothing after the last.

    >>> next_phase("draft"), next_phase("react"), next_phase("decide")
    ('clarify', 'decide', '')
    """
    return {"draft": "clarify", "clarify": "react", "react": "decide"}.get(state, "")


def read_share(written: str) -> Fraction:
    """A share as people write it: a fraction, a percentage, or a number up to 1.

    >>> read_share("2/3"), read_share("60 %"), read_share("0.75"), read_share("66⅔ %"), read_share("1")
    (Fraction(2, 3), Fraction(3, 5), Fraction(3, 4), Fraction(2, 3), Fraction(1, 1))
    >>> read_share("most of us")
    Traceback (most recent call last):
        ...
    manyhands.practice.governance.rules.NotAShare: Write it as 2/3 or 60 %.
    """
    text = written.strip().replace(" ", "").replace(",", ".").replace("\N{NO-BREAK SPACE}", "")
    thirds = {"⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "½": Fraction(1, 2), "¾": Fraction(3, 4), "¼": Fraction(1, 4)}
    body = text.removesuffix("%")
    extra = thirds.get(body[-1:], Fraction(0))
    body = body[:-1] if extra else body
    try:
        if len(body) > 12:
            raise ValueError
        share = (Fraction(body) if body else Fraction(0)) + extra
    except (ValueError, ZeroDivisionError):
        raise NotAShare("Write it as 2/3 or 60 %.") from None
    if not (body or extra):
        raise NotAShare("Write it as 2/3 or 60 %.")
    share = share / 100 if text.endswith("%") else share
    if not 0 <= share <= 1:
        raise NotAShare("A share lies between 0 and 1, or 0 % and 100 %.")
    return share.limit_denominator(1000)


def write_share(share: Fraction) -> str:
    """A share as people read it: short fractions as such, whole percentages as percent.

    >>> write_share(Fraction(2, 3)), write_share(Fraction(3, 5)), write_share(Fraction(1)), write_share(Fraction(5, 7))
    ('2/3', '60 %', '100 %', '5/7')
    """
    percent = share * 100
    return f"{percent.numerator} %" if percent.denominator == 1 else f"{share.numerator}/{share.denominator}"
