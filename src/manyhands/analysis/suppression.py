"""Showing counts of people without giving anyone away.

A count under five can point at a person. Hiding it is not enough: what is hidden can be found again by
subtracting what is shown from a total. So enough is hidden together, and totals say only what the shown
parts say already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

#: Fewer people than this are not shown; never to be set below LOWEST.
SMALLEST_SHOWN = 5
LOWEST = 3

Answer = Literal["agree", "pass", "disagree"]
_ANSWERS: tuple[Answer, ...] = ("agree", "pass", "disagree")


def hidden_cells(counts: Sequence[int], smallest: int = SMALLEST_SHOWN) -> tuple[bool, ...]:
    """Which counts of one row must be hidden if its total may be known.

    Counts from 1 to ``smallest - 1`` are hidden, and then the next smallest until what is hidden
    together reaches ``smallest`` people and is at least two cells.

    Parameters
    ----------
    counts : sequence of int
        People in each part; parts do not overlap.
    smallest : int
        Fewest people that may be shown; at least 3.

    Returns
    -------
    tuple of bool
        True where the count must be hidden. If *all* people together are fewer than ``smallest``,
        every count of anyone is hidden, and the total must be too.

    Raises
    ------
    ValueError
        If ``smallest`` is below 3 or a count is negative.

    Examples
    --------
    Hiding only the three ones would tell that they are three people; so the seven goes too.

    >>> hidden_cells([9, 7, 1, 1, 1])
    (False, True, True, True, True)
    >>> hidden_cells([9, 6, 3])
    (False, True, True)
    >>> hidden_cells([9, 7, 0])
    (False, False, False)
    """
    _check(counts, smallest)
    hidden = [0 < count < smallest for count in counts]
    if not any(hidden):
        return tuple(hidden)
    together = sum(count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden)
    for at in sorted(range(len(counts)), key=lambda at: counts[at]):
        if together >= smallest and sum(hidden) >= 2:
            break
        if not hidden[at] and counts[at] > 0:
            hidden[at] = True
            together += counts[at]
    return tuple(hidden)


@dataclass(frozen=True)
class ShownAnswers:
    """What may be shown of how a group answered a statement.

    Attributes
    ----------
    seen : int or None
        How many answered; None if fewer than may be shown.
    parts : tuple of (tuple of str, int)
        Counts that may be shown, such as ``(("agree",), 40), (("pass", "disagree"), 7)``: answers named
        together are joined. Empty if only ``seen`` may be shown.
    mostly : str or None
        If all but a few gave the same answer, which one; then only ``over_percent`` is shown.
    over_percent : int or None
        "over 88 %" gave that answer.
    """

    seen: int | None
    parts: tuple[tuple[tuple[Answer, ...], int], ...] = ()
    mostly: Answer | None = None
    over_percent: int | None = None

    def at_least(self, answer: Answer) -> int:
        """How many surely gave this answer, by what is shown and nothing else.

        Examples
        --------
        >>> shown_answers(42, 1, 1).at_least("agree")
        39
        """
        exact = dict(self.parts).get((answer,))
        if exact is not None:
            return exact
        if self.mostly == answer and self.seen is not None and self.over_percent is not None:
            return self.over_percent * self.seen // 100 + 1
        return 0

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between which shares agreement likely lies, chance included; None where nothing is shown of who agrees.

        Made from what is shown, never from the count behind it. Where a count is only known to lie between two, it
        runs from the lower end of the lesser's 95 % Wilson interval to the upper end of the greater's.

        Examples
        --------
        >>> [round(end, 4) for end in shown_answers(62, 18, 20).interval]
        [0.5221, 0.709]

        Shown as "over 58 %" are nine to eleven of twelve alike, and their interval is one.

        >>> shown_answers(11, 0, 1).interval == shown_answers(9, 1, 2).interval
        True
        >>> shown_answers(2, 2, 2).interval is None
        True
        """
        if self.seen is None or not (self.parts or self.mostly):
            return None
        from manyhands.analysis.common_ground.scores import wilson_interval

        if self.parts:
            most = next(count for names, count in self.parts if "agree" in names)
        elif self.mostly and self.mostly != "agree":
            most = self.seen - self.at_least(self.mostly)
        else:
            most = self.seen
        low, high = wilson_interval([self.at_least("agree"), most], [self.seen, self.seen])
        return float(low[0]), float(high[1])


def shown_answers(agree: int, passed: int, disagree: int, smallest: int = SMALLEST_SHOWN) -> ShownAnswers:
    """The most that may be shown of one group's answers to one statement.

    All three counts if none is small; else pass joined with disagree, or if that does not do with agree;
    else, if all but a few gave one answer, only that it was over so many percent; else only how many
    answered; and of fewer than ``smallest`` people nothing at all. No answers at all count as few:
    "nobody disagreed" would tell what everyone said.

    Parameters
    ----------
    agree, passed, disagree : int
        People of the group who answered so.
    smallest : int
        Fewest people that may be shown; at least 3.

    Returns
    -------
    ShownAnswers

    Raises
    ------
    ValueError
        If ``smallest`` is below 3 or a count is negative.

    Examples
    --------
    >>> shown_answers(30, 6, 8).parts
    ((('agree',), 30), (('pass',), 6), (('disagree',), 8))
    >>> shown_answers(30, 2, 8).parts
    ((('agree',), 30), (('pass', 'disagree'), 10))
    >>> shown_answers(41, 1, 2)
    ShownAnswers(seen=44, parts=(), mostly='agree', over_percent=88)
    >>> shown_answers(2, 1, 1)
    ShownAnswers(seen=None, parts=(), mostly=None, over_percent=None)
    """
    counts = (agree, passed, disagree)
    _check(counts, smallest)
    seen = sum(counts)
    if seen < smallest:
        return ShownAnswers(None)
    if min(counts) >= smallest:
        return ShownAnswers(seen, tuple(((name,), count) for name, count in zip(_ANSWERS, counts, strict=True)))
    # Agree alone if that does, else disagree. Never pass alone: when it comes to that, both others are
    # small, and who knows this rule could work them out from their sum (8 = 4 + 4).
    for alone in (0, 2):
        rest = seen - counts[alone]
        if counts[alone] >= smallest and rest >= smallest:
            joined = tuple(name for at, name in enumerate(_ANSWERS) if at != alone)
            return ShownAnswers(seen, (((_ANSWERS[alone],), counts[alone]), (joined, rest)))
    most = max(range(3), key=lambda at: counts[at])
    # Below twice the smallest, "all but a few" would leave too little to choose from.
    if seen - counts[most] < smallest and seen >= 2 * smallest:
        return ShownAnswers(seen, (), _ANSWERS[most], 100 * (seen - smallest) // seen)
    return ShownAnswers(seen)


@dataclass(frozen=True)
class ShownStatement:
    """What may be shown of one statement: each group, and a total that adds nothing to that.

    Attributes
    ----------
    groups : tuple of ShownAnswers
        In the order given.
    total : ShownAnswers
        Of the shown groups together. ``seen`` leaves out groups whose own number is hidden.
    consensus_at_least : float
        The product over groups of (agree + 1)/(seen + 2), from what is shown alone.
    exact : bool
        Whether that is the true consensus, as it is if every group's agreement may be shown.
    """

    groups: tuple[ShownAnswers, ...]
    total: ShownAnswers
    consensus_at_least: float
    exact: bool


def shown_statement(groups: Sequence[tuple[int, int, int]], smallest: int = SMALLEST_SHOWN) -> ShownStatement:
    """What may be shown of one statement, so that no count under ``smallest`` can be worked out.

    Parameters
    ----------
    groups : sequence of (agree, pass, disagree)
        People of each group who answered so. Give people in no group as a group of their own, if the
        page tells how many people answered in all.
    smallest : int
        Fewest people that may be shown; at least 3.

    Returns
    -------
    ShownStatement

    Raises
    ------
    ValueError
        If ``smallest`` is below 3, a count is negative, or there is no group.

    Notes
    -----
    The true total and the true consensus would give a hidden group away to anyone who subtracts or
    divides; so both are made from what is shown of the groups. The *order* of statements by their true
    consensus still tells a little of what is hidden, and is shown all the same.

    Examples
    --------
    >>> shown = shown_statement([(30, 2, 8), (41, 1, 2)])
    >>> shown.total
    ShownAnswers(seen=84, parts=(), mostly='agree', over_percent=82)
    >>> round(shown.consensus_at_least, 3), shown.exact
    (0.642, False)
    >>> shown_statement([(30, 2, 8), (20, 9, 9)]).total.parts
    ((('agree',), 50), (('pass', 'disagree'), 28))
    """
    if not groups:
        raise ValueError("a statement needs at least one group")
    shown = tuple(shown_answers(*counts, smallest=smallest) for counts in groups)
    told = [each for each in shown if each.seen is not None]
    factors, exact = 1.0, True
    for each in shown:
        factors *= (each.at_least("agree") + 1) / (each.seen + 2) if each.seen is not None else 0.0
        exact = exact and ("agree",) in dict(each.parts)
    return ShownStatement(shown, _total_of(told), factors, exact)


def _total_of(told: list[ShownAnswers]) -> ShownAnswers:
    """The sum of what is shown: as fine as the coarsest group, and never finer."""
    if not told:
        return ShownAnswers(None)
    seen = sum(each.seen or 0 for each in told)
    layouts = [tuple(names for names, _ in each.parts) for each in told]
    for layout in (tuple((name,) for name in _ANSWERS), *(each for each in layouts if each)):
        if all(_refines(each, layout) for each in layouts):
            return ShownAnswers(seen, tuple((names, sum(_count(each, names) for each in told)) for names in layout))
    sure = {name: sum(each.at_least(name) for each in told) for name in _ANSWERS}
    most = max(_ANSWERS, key=lambda name: sure[name])
    percent = _under(sure[most], seen)
    return ShownAnswers(seen, (), most, percent) if percent >= 50 else ShownAnswers(seen)


def _refines(fine: tuple[tuple[Answer, ...], ...], coarse: tuple[tuple[Answer, ...], ...]) -> bool:
    """Whether each part of the coarse layout is a union of parts of the fine one."""
    return bool(fine) and all(any(set(part) <= set(whole) for whole in coarse) for part in fine)


def _count(shown: ShownAnswers, names: tuple[Answer, ...]) -> int:
    return sum(count for part, count in shown.parts if set(part) <= set(names))


def _under(count: int, seen: int) -> int:
    """The largest whole percentage that ``count`` of ``seen`` is over."""
    return max(100 * count - 1, 0) // seen


def _check(counts: Sequence[int], smallest: int) -> None:
    if smallest < LOWEST:
        raise ValueError(f"fewer than {LOWEST} people may never be shown")
    if any(count < 0 for count in counts):
        raise ValueError("a number of people cannot be negative")
