"""How two records become one: what is taken from which, and which of two ties or ratings stands. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..rules import folded

__all__ = [
    "GROUPS",
    "LIKELY",
    "NAMED",
    "SURE",
    "BadChoice",
    "Group",
    "better_tie",
    "differing",
    "joined",
    "later_consent",
    "likeliness",
    "says_something",
    "usual",
]

#: From these scores on two records are almost surely, or likely, one actor. Below they may be.
SURE, LIKELY = 0.95, 0.88
#: The reason of a pair that a person put into the queue; it is looked at first, and has no score of its own.
NAMED = "a member named them"


class BadChoice(ValueError):
    """A field cannot be taken in the way that was asked."""


@dataclass(frozen=True)
class Group:
    """Fields that are taken together, since one means nothing without the others."""

    key: str
    fields: tuple[str, ...]
    #: What stands between the two when both are kept; empty where there can be only one.
    between: str = ""

    @property
    def can_be_both(self) -> bool:
        return bool(self.between)


GROUPS: tuple[Group, ...] = (
    Group("name", ("name",)),
    Group("also_known_as", ("also_known_as",), "; "),
    Group("identifier", ("identifier",)),
    Group("sector", ("sector",)),
    Group("address", ("street", "postal_code", "city", "region", "country")),
    Group("places", ("places",), "; "),
    Group("website", ("website",)),
    Group("email", ("email",)),
    Group("phone", ("phone",), ", "),
    Group("about", ("about",), "\n\n"),
    Group("people_reached", ("people_reached", "people_reached_source")),
    Group("stance", ("stance", "stance_source", "stance_on")),
    Group("stage", ("stage",)),
    Group("looked_after_by", ("looked_after_by_id",)),
    Group("next_step", ("next_step", "next_step_on")),
    Group("not_before", ("not_before",)),
    Group("never_because", ("never_because",)),
    Group("tags", ("tags",), ", "),
    Group("source", ("source",), "; "),
    Group("note", ("note", "note_source", "note_purpose", "note_on", "note_until"), "\n\n"),
)
#: A stage in which nothing has happened yet says less than any other.
_NOT_BEGUN = "identified"


def says_something(value: Any) -> bool:
    """Blank text and nothing at all say nothing; 0 does.

    >>> says_something(" "), says_something(None), says_something(0)
    (False, False, True)
    """
    return bool(value.strip()) if isinstance(value, str) else value is not None


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Group]:
    """The groups in which two records do not say the same; a blank beside something is a difference too.

    >>> one, other = {"name": "Clinic", "city": "Linden"}, {"name": "Clinic", "city": "Harbor"}
    >>> [group.key for group in differing(one, other)]
    ['address']
    """
    return [group for group in GROUPS if any(_plain(one.get(f)) != _plain(other.get(f)) for f in group.fields)]


def usual(group: Group, kept: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """What is taken unless somebody says otherwise: "kept", "other" or "both".

    What stands in the kept record stays, unless it says nothing there, or the other says the same and more. Lists
    of words are put together. Of two days to wait for, the later one counts.

    >>> address, tags, wait = GROUPS[4], GROUPS[17], GROUPS[15]
    >>> usual(address, {"city": "Linden"}, {"city": "Linden", "street": "4 Mill Lane"})
    'other'
    >>> usual(address, {"city": "Linden", "street": "9 Canal Road"}, {"city": "Linden", "street": "4 Mill Lane"})
    'kept'
    >>> usual(tags, {"tags": "air"}, {"tags": "bus"}), usual(tags, {"tags": "air"}, {})
    ('both', 'kept')
    >>> usual(wait, {"not_before": date(2026, 3, 1)}, {"not_before": date(2026, 5, 1)})
    'other'
    """
    ours, theirs = ([side.get(field) for field in group.fields] for side in (kept, other))
    if not any(map(says_something, theirs)):
        return "kept"
    if group.key == "not_before" and ours[0] and theirs[0]:
        return "other" if theirs[0] > ours[0] else "kept"
    if group.key == "stage":
        return "other" if ours[0] in ("", None, _NOT_BEGUN) else "kept"
    same = [_plain(a) == _plain(b) for a, b in zip(ours, theirs, strict=True) if says_something(a)]
    if all(same):
        return "other" if len(same) < sum(map(says_something, theirs)) else "kept"
    return "both" if group.can_be_both else "kept"


def joined(kept: Mapping[str, Any], other: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, Any]:
    """What the kept record says afterwards, only where that is something else than before.

    A name that is not chosen is kept among "also known as", and an official number that is not, beside the record,
    so that both are found again.

    Raises
    ------
    BadChoice
        If both are wanted where there can be only one, or a choice is none.

    >>> kept = {"name": "Linden Clinic", "city": "", "identifier": "", "tags": "air", "also_known_as": ""}
    >>> other = {"name": "Clinic of Linden", "city": "Linden", "identifier": "07", "tags": "Air, bus"}
    >>> joined(kept, other, {})
    {'city': 'Linden', 'identifier': '07', 'tags': 'air, bus', 'also_known_as': 'Clinic of Linden'}
    >>> joined(kept, other, {"name": "other", "address": "kept", "tags": "kept"})
    {'name': 'Clinic of Linden', 'identifier': '07', 'also_known_as': 'Linden Clinic'}
    """
    if unknown := set(chosen) - {group.key for group in GROUPS}:
        raise BadChoice(f"There is no field {min(unknown)}.")
    after = dict(kept)
    for group in GROUPS:
        choice = chosen.get(group.key) or usual(group, kept, other)
        if choice not in ("kept", "other", "both") or (choice == "both" and not group.can_be_both):
            raise BadChoice(f"{group.key} cannot be taken as “{choice}”.")
        for field in group.fields if choice != "kept" else ():
            if field in other:
                between = group.between if field == group.fields[0] else "; "
                after[field] = _both(kept.get(field), other[field], between) if choice == "both" else other[field]
    for side in (kept, other):
        if _plain(side["name"]) != _plain(after["name"]):
            after["also_known_as"] = together(after.get("also_known_as") or "", side["name"], "; ")
    after["extra"] = _extras(kept, other, after)
    if not after["extra"] and "extra" not in kept:
        del after["extra"]
    return {field: value for field, value in after.items() if field not in kept or kept[field] != value}


def _both(ours: Any, theirs: Any, between: str) -> Any:
    """Both texts; of two days the earlier, since nothing that was written is kept longer for being joined."""
    if isinstance(ours, date) or isinstance(theirs, date):
        return min(day for day in (ours, theirs) if day is not None)
    if ours is None and theirs is None:
        return None
    return together(ours or "", theirs or "", between)


def together(one: str, other: str, between: str) -> str:
    """Two texts as one, without saying anything twice.

    >>> together("air, bus", "Bus, clinic", ", "), together("", "clinic", ", ")
    ('air, bus, clinic', 'clinic')
    >>> together("Cares for lungs.", "Cares for lungs.", chr(10))
    'Cares for lungs.'
    """
    parts = [part.strip() for text in (one, other) for part in text.split(between.strip() or between)]
    found: dict[str, str] = {}
    for part in parts:
        if part:
            found.setdefault(folded(part), part)
    return between.join(found.values())


def _extras(kept: Mapping[str, Any], other: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    extra = {**(other.get("extra") or {}), **(kept.get("extra") or {})}
    numbers = [side.get("identifier") for side in (kept, other)]
    for number in numbers:
        if number and number != after.get("identifier"):
            extra["other official number"] = number
    return extra


def _plain(value: Any) -> Any:
    """As two values are compared: a blank is a blank, and letters' cases do not count."""
    if value is None:
        return ""
    return folded(value) if isinstance(value, str) else value


# --- ties and consent -----------------------------------------------------------------------------

_STATES = ("claimed", "disputed", "confirmed")


def better_tie(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Does the first of two ties of a kind say more than the second? Confirmed before disputed before claimed, then
    the one seen later.

    >>> confirmed = {"state": "confirmed", "seen_on": date(2025, 1, 1)}
    >>> better_tie(confirmed, {"state": "claimed", "seen_on": date(2026, 1, 1)})
    True
    """

    def weight(tie: Mapping[str, Any]) -> tuple[int, date]:
        return _STATES.index(tie["state"]), tie["seen_on"]

    return weight(one) >= weight(other)


def later_consent(one: tuple[str, date | None], other: tuple[str, date | None]) -> int:
    """Which of two answers counts, 0 or 1: any before none, then the later; on one day, the one that refuses.

    >>> later_consent(("", None), ("agreed", date(2026, 1, 1)))
    1
    >>> later_consent(("agreed", date(2026, 1, 1)), ("refused", date(2025, 1, 1)))
    0
    >>> later_consent(("agreed", date(2026, 1, 1)), ("refused", date(2026, 1, 1)))
    1
    """

    def weight(answer: tuple[str, date | None]) -> tuple[bool, date, bool]:
        return bool(answer[0]), answer[1] or date.min, answer[0] == "refused"

    return int(weight(other) > weight(one))


# --- what people read -----------------------------------------------------------------------------


def likeliness(score: float, reasons: Sequence[str] = ()) -> str:
    """A word for a score, which orders pairs and is no probability; "named" where a person asked.

    >>> likeliness(0.97), likeliness(0.9), likeliness(0.8), likeliness(1.0, [NAMED])
    ('sure', 'likely', 'perhaps', 'named')
    """
    if list(reasons) == [NAMED]:
        return "named"
    return "sure" if score >= SURE else "likely" if score >= LIKELY else "perhaps"
