"""One statement of a finding, as far as it may be told: counts joined where they are small, and how sure a share is."""

from typing import Any

from manyhands.analysis.suppression import ShownAnswers, shown_statement

from .rules import FEWEST_PEOPLE

#: Printed beside every interval. The number changes when what it is made from does.
INTERVAL_METHOD = "95 % Wilson interval 1"


def told(row: Any, is_published: bool, refused: bool) -> dict[str, Any]:
    """What is kept of one statement; ``refused`` says that clearly more than half of some group disagree.

    Whether most agree, and every interval, are read off what is shown: neither can say more than that does.
    """
    shown = shown_statement([(group.agree, group.passed, group.disagree) for group in row.by_group], FEWEST_PEOPLE)
    exact = shown.exact or is_published
    total = shown.total
    # Of too few nothing is said: that a group which is not shown refuses would tell how its two or three answered.
    refused = refused and not row.too_few_seen
    return {
        "id": int(row.id),
        "rank": row.rank,
        "score": float(round(row.consensus if exact else shown.consensus_at_least, 4)),
        "is_exact": exact,
        "agreed": row.agreed_everywhere,
        "too_few": row.too_few_seen,
        "hidden_division": refused and total.seen is not None and 2 * total.at_least("agree") > total.seen,
        "seen": total.seen,
        "total": _answers(total),
        "groups": [_answers(each) for each in shown.groups],
    }


def _answers(shown: ShownAnswers) -> dict[str, Any]:
    parts = [{"answers": list(names), "count": count} for names, count in shown.parts]
    return {
        "seen": shown.seen,
        "parts": parts,
        "mostly": shown.mostly,
        "over": shown.over_percent,
        "interval": interval(shown),
    }


def interval(shown: ShownAnswers) -> list[float] | None:
    """Between which shares agreement likely lies, chance included; None where nothing is shown of who agrees.

    Made from the figures on the page alone, never from the count behind them: whoever holds the page could work it
    out. Where a count is only known to lie between two, it runs from the lower end of the lesser to the upper end
    of the greater.

    Examples
    --------
    >>> from manyhands.analysis.suppression import shown_answers
    >>> interval(shown_answers(62, 18, 20))
    [0.5221, 0.709]

    Eleven of twelve agree; shown is "over 58 %", which seven to twelve of twelve would be as well.

    >>> interval(shown_answers(11, 0, 1)) == interval(shown_answers(9, 1, 2))
    True
    >>> interval(shown_answers(2, 2, 2)) is None
    True
    """
    bounds = _bounds(shown)
    if bounds is None:
        return None
    from manyhands.analysis.common_ground.scores import wilson_interval

    low, high = wilson_interval(bounds, [shown.seen or 0] * 2)
    return [round(float(low[0]), 4), round(float(high[1]), 4)]


def _bounds(shown: ShownAnswers) -> list[int] | None:
    """Fewest and most who agree, by what is shown."""
    if shown.seen is None or not (shown.parts or shown.mostly):
        return None
    least = shown.at_least("agree")
    if shown.parts:
        return [least, next(count for names, count in shown.parts if "agree" in names)]
    surely_not = 0 if shown.mostly == "agree" or shown.mostly is None else shown.at_least(shown.mostly)
    return [least, shown.seen - surely_not]
