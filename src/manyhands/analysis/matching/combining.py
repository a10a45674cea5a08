"""What becomes of the fields when a record is known already, or when two are found to be one.

The four ways are those that users of CiviCRM's import know: skip, update, fill, and add without looking.
Nothing is decided here about *which* records are one; that is a person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Fields = Mapping[str, object]


class Way(StrEnum):
    """What becomes of a record that is there already."""

    SKIP = "skip"  # it stays as it is
    FILL = "fill"  # what is empty is filled in
    UPDATE = "update"  # what the list says replaces what is there; what it leaves blank stays
    ADD = "add"  # it stays, and the list's record is added beside it


@dataclass(frozen=True)
class Combined:
    """One record after another has been put into it.

    Attributes
    ----------
    fields : dict
        All fields, in the order of the kept record, then those that are new.
    changes : dict of (before, after)
        Only what changes.
    differing : tuple of str
        Fields in which both say something and not the same; what the kept record says stands unless the way
        was ``update``.
    is_new : bool
        Whether a second record is to be made from what came (``add``).
    """

    fields: dict[str, object]
    changes: dict[str, tuple[object, object]]
    differing: tuple[str, ...]
    is_new: bool = False


def combine(kept: Fields, came: Fields, way: Way | str) -> Combined:
    """Put what came into what is kept.

    Parameters
    ----------
    kept, came : mapping
        Field to value. Blank text, None and empty collections say nothing: they never erase. ``False`` and 0 are
        values. Lists and sets (tags, for instance) gain what is new and lose nothing, whether filled or updated;
        mappings are combined key by key in the same way.
    way : Way or str

    Returns
    -------
    Combined

    Raises
    ------
    ValueError
        If there is no such way.

    Examples
    --------
    >>> kept, came = {"city": "Linden", "phone": "", "tags": ["air"]}, {"city": "Harbor", "phone": "1", "tags": ["bus"]}
    >>> combine(kept, came, "fill").changes
    {'phone': ('', '1'), 'tags': (['air'], ['air', 'bus'])}
    >>> combine(kept, came, "update").fields
    {'city': 'Harbor', 'phone': '1', 'tags': ['air', 'bus']}
    >>> combine(kept, came, "skip").changes, combine(kept, came, "skip").differing
    ({}, ('city',))
    >>> combine(kept, came, "add").is_new
    True
    """
    way = Way(way)
    fields = dict(kept)
    changes: dict[str, tuple[object, object]] = {}
    differing = []
    for name, after in came.items():
        before = kept.get(name)
        if says_nothing(after) or after == before:
            continue
        gathered = _gathered(before, after, way)
        if gathered is None and not says_nothing(before):
            differing.append(name)
        if way in (Way.SKIP, Way.ADD):
            continue
        result = gathered if gathered is not None else after
        replaces = says_nothing(before) or gathered is not None or way is Way.UPDATE
        if replaces and result != before:
            fields[name], changes[name] = result, (before, result)
    return Combined(fields, changes, tuple(differing), way is Way.ADD)


def merged(kept: Fields, other: Fields, chosen: Iterable[str] = ()) -> Combined:
    """Two records as one, after a person has said so: the kept one, filled in from the other.

    Parameters
    ----------
    kept, other : mapping
        As for `combine`.
    chosen : iterable of str
        Fields in which the other one is right.

    Returns
    -------
    Combined
        ``differing`` names the fields in which something of the other is lost, so that a page can show them
        and an undo can bring them back.

    Examples
    --------
    >>> found = merged({"name": "Clinic", "city": "Linden"}, {"name": "The Clinic", "city": "Harbor"}, ["city"])
    >>> found.fields, found.differing
    ({'name': 'Clinic', 'city': 'Harbor'}, ('name',))
    """
    chosen = set(chosen)
    filled = combine(kept, {name: value for name, value in other.items() if name not in chosen}, Way.FILL)
    taken = combine(filled.fields, {name: value for name, value in other.items() if name in chosen}, Way.UPDATE)
    return Combined(taken.fields, {**filled.changes, **taken.changes}, filled.differing)


def says_nothing(value: object) -> bool:
    """Whether a value is blank: None, text without signs, an empty collection. ``False`` and 0 are not.

    >>> [says_nothing(value) for value in (None, "  ", [], {}, False, 0, "x")]
    [True, True, True, True, False, False, False]
    """
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, (list, tuple, set, frozenset, dict)) and not value)


def _gathered(before: object, after: object, way: Way) -> object | None:
    """Both together, if they are collections of one kind; else None."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        inner = {name: value for name, value in after.items() if not says_nothing(value)}
        return {**before, **inner} if way is Way.UPDATE else {**inner, **before}
    if isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)):
        return type(before)([*before, *(each for each in after if each not in before)])
    if isinstance(before, (set, frozenset)) and isinstance(after, (set, frozenset)):
        return before | after
    return None
