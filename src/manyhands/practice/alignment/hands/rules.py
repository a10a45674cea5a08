"""Who is next, and what may be said of who asked and who was called on. Pure.

The report is for the one who called, about themselves. It is no figure of anybody else, and no score.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

__all__ = [
    "FEWEST",
    "KEPT",
    "METHOD",
    "SLIP",
    "CalledReport",
    "Group",
    "MeetingSums",
    "Turn",
    "called_report",
    "is_slip",
    "meeting_sums",
    "next_first",
]

METHOD = "hands 1"
#: Shares are compared from so many people who asked; the meeting is told nothing below it.
FEWEST = 5
#: After so long everything about an occasion is erased.
KEPT = timedelta(days=90)
#: A hand that comes down again by itself as soon as this was not meant.
SLIP = timedelta(seconds=20)


@dataclass(frozen=True)
class Turn:
    """One hand, or one turn without a hand, as one facilitator's report sees it."""

    person: Hashable
    organization: str = ""
    standing: str = ""
    asked_at: datetime | None = None
    called_at: datetime | None = None
    ended_at: datetime | None = None
    #: Called on by the one whom the report is for; None where nobody called.
    by_me: bool | None = None
    #: The hand came down by its own person's will, or with them, before anybody called.
    gave_up: bool = False

    @property
    def waited(self) -> float | None:
        """Seconds until the call, or until the hand came down; None without a hand, or while it is up."""
        until = self.called_at or self.ended_at
        return None if self.asked_at is None or until is None else (until - self.asked_at).total_seconds()


def is_slip(asked_at: datetime, lowered_at: datetime) -> bool:
    """Did the hand come down again at once?

    >>> up = datetime(2026, 3, 2, 19, 0, 0)
    >>> is_slip(up, up + timedelta(seconds=19)), is_slip(up, up + timedelta(seconds=20))
    (True, False)
    """
    return lowered_at - asked_at < SLIP


def next_first(hands: Iterable[tuple[int, int, datetime]], have_spoken: Iterable[int]) -> list[int]:
    """Hands in the order in which they come: who has not spoken yet first, then whoever waits longest.

    Each hand is its id, the person's id, and when it went up.

    >>> up = [datetime(2026, 3, 2, 19, minute) for minute in (1, 2, 3)]
    >>> next_first([(31, 7, up[0]), (32, 8, up[1]), (33, 9, up[2])], have_spoken=[7])
    [32, 33, 31]
    """
    spoken = set(have_spoken)
    return [hand for hand, *_ in sorted(hands, key=lambda each: (each[1] in spoken, each[2], each[0]))]


@dataclass(frozen=True)
class Group:
    """One organization, or one standing: its hands beside its turns. Shares are None while too few asked."""

    name: str
    hands: int
    heard: int
    unasked: int
    percent_hands: int | None
    percent_turns: int | None
    waited: float | None

    @property
    def turns(self) -> int:
        return self.heard + self.unasked


@dataclass(frozen=True)
class CalledReport:
    """Whom one facilitator called on, beside who asked. Persons by whatever stands for them."""

    asked: list[Hashable]
    called: list[Hashable]
    in_vain: list[Hashable]
    waiting: list[Hashable]
    #: Each person called on without a hand, once per turn.
    unasked: list[Hashable]
    #: Of those in vain, how many took their hand down, or left, before it was over.
    gave_up: int
    waited: float | None
    longest: float | None
    hands: int
    turns: int
    organizations: list[Group]
    standings: list[Group]

    @property
    def is_enough(self) -> bool:
        """Did enough people ask for shares to be compared?"""
        return len(self.asked) >= FEWEST


def called_report(turns: Sequence[Turn]) -> CalledReport:
    """Of those who asked, whom one facilitator called on and whom not.

    A hand that another facilitator took up is left out altogether. Somebody counts as called on if one of their hands
    was; as waiting while a hand is up; else they asked in vain.

    Examples
    --------
    Rosa was called on after one minute, Omar asked in vain for three, Joan was called on without asking. What another
    facilitator did with Ben's hand is not in it.

    >>> at = [datetime(2026, 3, 2, 19, minute) for minute in range(5)]
    >>> found = called_report([
    ...     Turn("Rosa", "Clinic", asked_at=at[0], called_at=at[1], ended_at=at[2], by_me=True),
    ...     Turn("Omar", "Drivers", asked_at=at[0], ended_at=at[3]),
    ...     Turn("Joan", "Guild", called_at=at[2], ended_at=at[3], by_me=True),
    ...     Turn("Ben", "Club", asked_at=at[0], called_at=at[3], by_me=False),
    ... ])
    >>> found.asked, found.called, found.in_vain, found.unasked, found.waited
    (['Rosa', 'Omar'], ['Rosa'], ['Omar'], ['Joan'], 60.0)
    >>> [(each.name, each.hands, each.turns, each.percent_hands) for each in found.organizations]
    [('Clinic', 1, 1, None), ('Drivers', 1, 0, None), ('Guild', 0, 1, None)]
    >>> found.is_enough, called_report([]).longest
    (False, None)
    """
    counted = [turn for turn in turns if turn.by_me is not False]
    hands = [turn for turn in counted if turn.asked_at is not None]
    given = [turn for turn in counted if turn.by_me]
    asked = list(dict.fromkeys(turn.person for turn in hands))
    called = {turn.person for turn in hands if turn.by_me}
    up = {turn.person for turn in hands if turn.called_at is None and turn.ended_at is None} - called
    waits = [turn.waited for turn in hands if turn.by_me and turn.waited is not None]
    in_vain = [person for person in asked if person not in called and person not in up]
    enough = len(asked) >= FEWEST
    return CalledReport(
        asked=asked,
        called=[person for person in asked if person in called],
        in_vain=in_vain,
        waiting=[person for person in asked if person in up],
        unasked=[turn.person for turn in given if turn.asked_at is None],
        gave_up=len({turn.person for turn in hands if turn.gave_up and turn.person in in_vain}),
        waited=median(waits) if waits else None,
        longest=max(waits) if waits else None,
        hands=len(hands),
        turns=len(given),
        organizations=_groups(counted, [turn.organization for turn in counted], enough),
        standings=_groups(counted, [turn.standing for turn in counted], enough),
    )


def _groups(turns: Sequence[Turn], names: Sequence[str], is_enough: bool) -> list[Group]:
    hands = sum(turn.asked_at is not None for turn in turns)
    given = sum(bool(turn.by_me) for turn in turns)
    found = []
    for name in sorted(set(names)):
        own = [turn for turn, of in zip(turns, names, strict=True) if of == name]
        asked = [turn for turn in own if turn.asked_at is not None]
        heard = [turn for turn in asked if turn.by_me]
        unasked = sum(bool(turn.by_me) and turn.asked_at is None for turn in own)
        waits = [turn.waited for turn in heard if turn.waited is not None]
        found.append(
            Group(
                name=name,
                hands=len(asked),
                heard=len(heard),
                unasked=unasked,
                percent_hands=round(100 * len(asked) / hands) if is_enough else None,
                percent_turns=round(100 * (len(heard) + unasked) / given) if is_enough and given else None,
                waited=median(waits) if waits else None,
            )
        )
    return found


@dataclass(frozen=True)
class MeetingSums:
    """What everyone may read once it is over: sums of five or more, and nothing a smaller one could be told from.

    >>> MeetingSums(12, 7).shown, MeetingSums(7, 7).shown, MeetingSums(9, 0).shown
    ('exact', 'exact', 'exact')

    One to four who were heard, or were not, could be pointed at; then only "most" or "some". Below five, nothing.

    >>> MeetingSums(9, 6).shown, MeetingSums(9, 3).shown, MeetingSums(4, 4).shown
    ('most', 'some', 'nothing')
    """

    asked: int
    heard: int
    #: The middle wait of those who were heard, in seconds.
    waited: float | None = None

    @property
    def shown(self) -> str:
        if self.asked < FEWEST:
            return "nothing"
        if any(0 < part < FEWEST for part in (self.heard, self.asked - self.heard)):
            return "most" if 2 * self.heard > self.asked else "some"
        return "exact"

    @property
    def shown_wait(self) -> float | None:
        """The middle wait, if five or more were heard.

        >>> MeetingSums(9, 4, 60.0).shown_wait, MeetingSums(12, 5, 60.0).shown_wait
        (None, 60.0)
        """
        return self.waited if self.heard >= FEWEST else None


def meeting_sums(turns: Iterable[Turn]) -> MeetingSums:
    """How many people asked and how many of them were heard, whoever called on them.

    >>> at = [datetime(2026, 3, 2, 19, minute) for minute in range(3)]
    >>> meeting_sums([Turn(1, asked_at=at[0], called_at=at[2]), Turn(1, asked_at=at[2]), Turn(2, called_at=at[1])])
    MeetingSums(asked=1, heard=1, waited=120.0)
    """
    hands = [turn for turn in turns if turn.asked_at is not None]
    heard = [turn for turn in hands if turn.called_at is not None]
    waits = [turn.waited for turn in heard if turn.waited is not None]
    return MeetingSums(
        len({turn.person for turn in hands}), len({turn.person for turn in heard}), median(waits) if waits else None
    )
