"""What values and titles of a file mean here: guessed from how people write scales, and always editable."""

from collections.abc import Iterable, Mapping
from math import isfinite

from ...importing.cleaning import wedge_of
from ...models import Issue, TieList
from ...rules import folded
from .. import rules

#: The choice to name an issue that is not here yet.
NEW = "new"
#: What a one means where a file only says whether or not: in the middle of 0 to 4.
USUAL_SAY = "2"
_SPECTRUM = [wedge.value for wedge in rules.SPECTRUM]


def values(found: Iterable[str], holds: str) -> dict[str, str]:
    """A level or a wedge for each value that a file uses; nothing for those that we cannot tell.

    >>> values(["1", "0"], "influence"), values(["3", "4", "7"], "influence")
    ({'0': '0', '1': '2'}, {'3': '3', '4': '4', '7': ''})
    >>> values(["-1", "0", "1"], "positions")
    {'-1': 'against', '0': 'undecided', '1': 'active ally'}
    >>> values(["2", "5", "77", "perhaps"], "positions")
    {'2': 'leaning away', '5': 'active ally', '77': '', 'perhaps': ''}
    >>> values(["for", "1", "-1"], "positions")
    {'-1': 'against', '1': 'active ally', 'for': 'active ally'}
    """
    written = sorted(set(found), key=lambda value: (_number(value) is None, _number(value) or 0, value))
    if holds == TieList.Holds.INFLUENCE:
        only_ones = {_number(value) for value in written} <= {0, 1}
        return {value: _say(_number(value), only_ones=only_ones) for value in written}
    scale = _scale({number for value in written if (number := _number(value)) is not None and -2 <= number <= 5})
    return {value: wedge_of(value) or scale.get(_number(value), "") for value in written}


def issues(titles: Iterable[str]) -> dict[str, str]:
    """An open issue of these words for each title, or the choice to name it."""
    here = {folded(issue.title): str(issue.pk) for issue in Issue.objects.filter(closed_at=None)}
    return {title: here.get(folded(title), NEW if len(title) <= 160 else "") for title in dict.fromkeys(titles)}


def choices_for(holds: str) -> list[str]:
    """What a value may mean."""
    return [str(level) for level in range(rules.STRONGEST + 1)] if holds == TieList.Holds.INFLUENCE else _SPECTRUM


def _say(number: int | None, *, only_ones: bool) -> str:
    if number is None or not 0 <= number <= rules.STRONGEST:
        return ""
    return USUAL_SAY if only_ones and number == 1 else str(number)


def _scale(numbers: set[int]) -> Mapping[int | None, str]:
    """From minus to plus, or from one to five as surveys ask; the highest is with us."""
    if numbers <= {-1, 0, 1}:
        return {-1: "against", 0: "undecided", 1: "active ally"}
    if numbers <= {-2, -1, 0, 1, 2}:
        return {step - 2: wedge for step, wedge in enumerate(reversed(_SPECTRUM))}
    if numbers <= {1, 2, 3, 4, 5}:
        return {step + 1: wedge for step, wedge in enumerate(reversed(_SPECTRUM))}
    return {}


def _number(value: str) -> int | None:
    try:
        number = float(value.replace(",", ".").replace("−", "-"))
    except ValueError:
        return None
    return int(number) if isfinite(number) and number == int(number) else None
