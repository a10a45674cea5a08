"""How a contact moves reaching out along, when it is time to write again, and how well words work. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

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
