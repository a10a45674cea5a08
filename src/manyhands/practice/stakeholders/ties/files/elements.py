"""Actors of a file: elements as Kumu writes them, and nodes of GraphML. The label is the name.

Columns become particulars as those of any list do, by the titles people use. What has no field of its own is kept
beside the record. Figures that this house works out itself are not taken from a file.
"""

from django.utils.translation import gettext as _

from ...importing import columns
from ...importing.cleaning import Cleaner
from ...importing.reading import Broken
from ...rules import folded
from .cells import LONGEST_NAME, plain
from .read import Read, ReadActor
from .sheets import Sheet

#: What an element says otherwise, or not at all.
_NOT_FROM_HERE = frozenset({"name", "first_name", "last_name", "kind"}) | columns.BESIDE
MOST_ACTORS = 50_000
PERSON = frozenset({"person", "people", "individual", "human"})
ORGANIZATION = frozenset({"organization", "organisation", "org"})
#: What an earlier export of this house wrote as the type; whether somebody is a member is not for a file to say.
_OURS = frozenset({"member", "not a member", "against, so far"})
_LEFT_OUT = frozenset({"knows", "known", "membership", "mark", "image", "color", "colour", "size", "shape", "x", "y"})


def is_elements(sheet: Sheet) -> bool:
    """Has it a label, and no two ends?"""
    return sheet.holds == "actors" or "label" in {folded(title) for title in sheet.header}


def read_elements(sheet: Sheet, found: Read) -> dict[str, str]:
    """Add the actors of one sheet; answers whom an identifier means, for the ties that use it."""
    titles = [folded(title) for title in sheet.header]
    label = titles.index("label")
    kind = titles.index("type") if "type" in titles else None
    number = next((titles.index(title) for title in ("id", "_id") if title in titles), None)
    cleaner = Cleaner(sheet.header, _matched(sheet.header, titles, label, kind), keep_email=False)
    seen = {folded(actor.name): actor.row for actor in found.actors}
    meant: dict[str, str] = {}
    for row, cells in sheet.rows():
        if len(found.actors) >= MOST_ACTORS:
            found.refused.append((row, sheet.told(_("We read up to 50,000 actors; this file has more. Split it."))))
            break
        if isinstance(cells, Broken):
            found.refused.append((row, sheet.told(cells.reason)))
            continue
        name = plain(cells[label])
        if trouble := _trouble(name, seen):
            found.refused.append((row, sheet.told(trouble)))
            continue
        (values,) = cleaner.clean([[name if at == label else cell for at, cell in enumerate(cells)]])
        if isinstance(values, Broken):
            found.refused.append((row, sheet.told(values.reason)))
            continue
        if number is not None and (identifier := plain(cells[number])):
            if identifier in meant:
                trouble = _("The identifier “%(id)s” stands there already.") % {"id": identifier[:60]}
                found.refused.append((row, sheet.told(trouble)))
                continue
            meant[identifier] = name
        seen[folded(name)] = row
        found.actors.append(ReadActor(row, name, _particulars(values, cells[kind] if kind is not None else "")))
    return meant


def _matched(header: list[str], titles: list[str], label: int, kind: int | None) -> dict[str, str]:
    """What each column becomes: guessed as for any list, kept beside the record where nothing fits."""
    own = {label, kind}
    others = ["" if at in own or titles[at] in {"id", "_id"} else title for at, title in enumerate(header)]
    guessed = columns.guess(others, [[]] * len(others))
    found = {}
    for at, title in enumerate(others):
        target = guessed.get(str(at), columns.KEEP)
        if title and titles[at] not in _LEFT_OUT:
            found[str(at)] = columns.KEEP if target in _NOT_FROM_HERE else target
    return {**found, str(label): "name"}


def _trouble(name: str, seen: dict[str, int]) -> str:
    if not name:
        return _("There is no label, and a label is the one thing we need.")
    if len(name) > LONGEST_NAME:
        return _("A name has more than 300 letters.")
    if (before := seen.get(folded(name))) is not None:
        return _("“%(name)s” stands in row %(row)s already. Give each its own label.") % {
            "name": name[:80],
            "row": before,
        }
    return ""


def _particulars(values: dict, typed: str) -> dict:
    """What the row says, and only that: nobody becomes an organization because a file is silent."""
    found = {field: value for field, value in values.items() if value and field not in {"name", "kind"}}
    tags = [tag.strip() for tag in str(found.pop("tags", "")).replace("|", ",").split(",") if tag.strip()]
    words = {folded(typed), *map(folded, tags)}
    if words & PERSON:
        found["kind"] = "person"
    elif words & ORGANIZATION:
        found["kind"] = "organization"
    if tags := [tag for tag in tags if folded(tag) not in PERSON | ORGANIZATION]:
        found["tags"] = ", ".join(tags)
    typed = " ".join(typed.split())
    if typed and folded(typed) not in PERSON | ORGANIZATION | _OURS:
        if "sector" not in found and len(typed) <= 80:
            found["sector"] = typed
        else:
            found["extra"] = {**found.get("extra", {}), "Type": typed[:300]}
    return found
