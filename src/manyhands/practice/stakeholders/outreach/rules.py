"""How a contact moves reaching out along, when to write again, how well words work, the rhythm of contact. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from .. import rules as room

#: The way from the first name to a seat.
CHAIN = ("identified", "researched", "prioritised", "contacted", "talking", "committed")
#: Below this many uses a share says nothing.
ENOUGH_USES = 5
#: Without an answer for so long, whoever looks after them is reminded.
NO_ANSWER_FOR = timedelta(days=14)
#: Where nobody said until when we wait, we wait this long.
PARKED_FOR = timedelta(days=90)
#: Outcomes that are an answer, whatever they said.
ANSWERS = frozenset({"answered", "interested", "not now", "refused"})
#: Below this interest an actor counts as distant; the middle of the scale.
DISTANT = room.MIDPOINT


def steps_after(stage: str, outcome: str) -> tuple[str, ...]:
    """The stages that reaching out goes through because of a contact, in order; empty when it stays where it is.

    No stage is skipped: whoever is spoken with has been found worth a talk. A contact never moves anybody back, and a
    letter without an answer does not reopen a refusal.

    >>> steps_after("identified", "no answer")
    ('researched', 'prioritised', 'contacted')
    >>> steps_after("contacted", "interested"), steps_after("talking", "no answer")
    (('talking',), ())
    >>> steps_after("talking", "refused"), steps_after("talking", "not now")
    (('declined',), ('parked',))
    >>> steps_after("declined", "no answer"), steps_after("declined", "interested")
    ((), ('prioritised', 'contacted', 'talking'))
    >>> steps_after("parked", "no answer"), steps_after("declined", "refused"), steps_after("committed", "not now")
    (('contacted',), (), ())
    """
    if outcome in {"refused", "not now"}:
        there = "declined" if outcome == "refused" else "parked"
        return () if stage in {there, "committed"} or (stage, there) == ("declined", "parked") else (there,)
    if stage == "declined" and outcome != "interested":
        return ()
    return way_to(stage, "contacted" if outcome == "no answer" else "talking")


def way_to(stage: str, wanted: str) -> tuple[str, ...]:
    """Every stage between here and there on the way forward; empty when one is there or beyond.

    >>> way_to("prioritised", "committed"), way_to("committed", "talking"), way_to("parked", "committed")
    (('contacted', 'talking', 'committed'), (), ('contacted', 'talking', 'committed'))
    """
    begin = {"declined": CHAIN.index("prioritised") - 1, "parked": CHAIN.index("contacted") - 1}.get(stage)
    at = CHAIN.index(stage) if begin is None else begin
    return CHAIN[at + 1 : CHAIN.index(wanted) + 1]


def may_go(stage: str) -> list[str]:
    """The stages one may move somebody to by hand, in the order of the board.

    >>> may_go("contacted"), may_go("declined")
    (['prioritised', 'talking', 'declined', 'parked'], ['prioritised', 'parked'])
    """
    order = [*CHAIN, "declined", "parked"]
    return sorted(room.OUTREACH_STEPS.get(stage, frozenset()), key=order.index)


@dataclass(frozen=True)
class ResponseRate:
    """How often words were answered."""

    used: int
    answered: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None while there are too few uses to say.

        >>> ResponseRate(8, 2).share, ResponseRate(4, 4).share, ResponseRate(0, 0).share
        (0.25, None, None)
        """
        return self.answered / self.used if self.used >= ENOUGH_USES else None

    @property
    def percent(self) -> int | None:
        """The share in whole percent.

        >>> ResponseRate(6, 4).percent
        67
        """
        return None if self.share is None else round(100 * self.share)


def asks_again(last_contact: date, outcome: str, today: date) -> bool:
    """Has a letter been without an answer for two weeks?

    >>> today = date(2026, 3, 15)
    >>> asks_again(date(2026, 3, 1), "no answer", today), asks_again(date(2026, 3, 2), "no answer", today)
    (True, False)
    """
    return outcome == "no answer" and last_contact + NO_ANSWER_FOR <= today


# --- contact rhythm 1 (docs/methods/contact-rhythm.md) ---

#: Gaps older than this tell how things were, not how they are.
RHYTHM_LOOKS_BACK = timedelta(days=730)
HALF_YEAR = timedelta(days=182)
#: Below this many gaps, so below four days of contact, nothing is usual.
ENOUGH_GAPS = 3


@dataclass(frozen=True)
class Rhythm:
    """How often we are in contact with one organization. Of an organization; never of a person."""

    last: date | None
    #: Days of contact in the last half year.
    recent: int
    #: The usual number of days from one contact to the next; None while there are too few to say.
    usual_gap: int | None
    #: Days since the last contact.
    silence: int | None
    #: Tries without an answer since the last contact.
    tries: int

    @property
    def is_longer_than_usual(self) -> bool:
        """Is it quiet for longer than it usually is?

        >>> Rhythm(date(2026, 3, 1), 4, 30, 31, 0).is_longer_than_usual
        True
        >>> Rhythm(date(2026, 3, 1), 4, 30, 30, 0).is_longer_than_usual
        False
        >>> Rhythm(date(2026, 3, 1), 2, None, 300, 0).is_longer_than_usual
        False
        """
        return self.usual_gap is not None and self.silence is not None and self.silence > self.usual_gap


def rhythm(contacts: Iterable[tuple[date, str]], today: date) -> Rhythm:
    """The rhythm of contact with one organization, from the days and outcomes in its log.

    Only a contact with an answer counts, whatever they said; several on one day count once. The usual gap is the
    median of the days between one contact and the next over two years, so that one long holiday does not change it.

    >>> def day(ago): return date(2026, 6, 1) - timedelta(days=ago)
    >>> monthly = [(day(ago), "answered") for ago in (130, 100, 70, 10, 40)]
    >>> found = rhythm(monthly, day(0))
    >>> found.recent, found.usual_gap, found.silence, found.is_longer_than_usual
    (5, 30, 10, False)

    A letter without an answer breaks no silence, but it was a try:

    >>> found = rhythm([*monthly[:3], (day(5), "no answer")], day(0))
    >>> found.last == day(70), found.silence, found.tries, found.usual_gap
    (True, 70, 1, None)
    >>> rhythm([], day(0))
    Rhythm(last=None, recent=0, usual_gap=None, silence=None, tries=0)
    """
    log = [(on, outcome) for on, outcome in contacts if on <= today]
    days = sorted({on for on, outcome in log if outcome in ANSWERS})
    last = days[-1] if days else None
    lately = [on for on in days if on > today - RHYTHM_LOOKS_BACK]
    gaps = [(later - earlier).days for earlier, later in pairwise(lately)]
    return Rhythm(
        last=last,
        recent=sum(on > today - HALF_YEAR for on in days),
        usual_gap=int(median(gaps) + 0.5) if len(gaps) >= ENOUGH_GAPS else None,
        silence=(today - last).days if last else None,
        tries=sum(outcome not in ANSWERS and (last is None or on > last) for on, outcome in log),
    )
