"""What single statements become here: whom the names mean, what the values mean, and why a statement cannot come in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from ...models import Stakeholder, TieList
from ...rules import folded
from ...ties.files.cells import day_of
from ...ties.joining import known_names, not_here, several
from .. import words
from ..writing import Rated, Said, is_too_old
from . import meaning
from .reading import Statement


@dataclass
class Joined:
    """What would be written, issues that would be named for it, and statements that cannot come in."""

    ratings: list[Rated] = field(default_factory=list)
    #: Positions with the title of their issue; its number is known when it is there.
    positions: list[tuple[str, Said]] = field(default_factory=list)
    new_issues: list[str] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.ratings) + len(self.positions)


def kept(said: list[Statement]) -> list[list[Any]]:
    """Statements as they wait beside the file until somebody decides."""
    return [[each.row, each.who, each.what, each.value, each.on, each.source] for each in said]


def join(listing: TieList, today: date) -> Joined:
    """Say what would become of each statement, as values and issues are understood now."""
    said = [Statement(*each) for each in listing.content.get("said", [])]
    is_influence = listing.holds == TieList.Holds.INFLUENCE
    names = {folded(name) for each in said for name in ((each.who, each.what) if is_influence else (each.who,))}
    known, twice = known_names(names)
    people = set(Stakeholder.objects.filter(kind="person").values_list("pk", flat=True))
    found = Joined()
    seen: dict[tuple[str, ...], int] = {}
    for each in said:
        means = listing.content["values"].get(each.value, "")
        if not means:
            found.refused.append((each.row, _("“%(value)s” is left out.") % {"value": each.value}))
            continue
        ends = (each.who, each.what) if is_influence else (each.who,)
        on, trouble = day_of(each.on)
        key = tuple(folded(name) for name in (each.who, each.what)) + ((on,) if not is_influence else ())
        trouble = trouble or _whom(ends, known, twice) or _again(seen, key, each.row)
        if not trouble and is_influence:
            trouble = _rate(found, listing, each, known, int(means))
        elif not trouble:
            ally, day = known[folded(each.who)], (parse_date(on) if on else listing.on) or today
            kind = "person" if ally in people else "organization"
            trouble = _when(means, day, kind, today) or _stand(found, listing, each, ally, means, day)
        if trouble:
            found.refused.append((each.row, trouble))
    return found


def _whom(ends: tuple[str, ...], known: Mapping[str, int], twice: set[str]) -> str:
    for name in ends:
        if folded(name) in twice:
            return several(name)
        if folded(name) not in known:
            return not_here(name)
    return ""


def _again(seen: dict[tuple[str, ...], int], key: tuple[str, ...], row: int) -> str:
    if (before := seen.setdefault(key, row)) != row:
        return _("Row %(row)s says that already.") % {"row": before}
    return ""


def _rate(found: Joined, listing: TieList, each: Statement, known: Mapping[str, int], level: int) -> str:
    who, whom = known[folded(each.who)], known[folded(each.what)]
    if who == whom:
        return _("Both names belong to the same ally.")
    # Whom a row finds influential has a say over that row; otherwise the row has the say.
    one, other = (whom, who) if listing.content["is_attributed"] else (who, whom)
    found.ratings.append(Rated(one, other, level))
    return ""


def _when(wedge: str, on: date, kind: str, today: date) -> str:
    if on > today:
        return _("The date %(day)s lies in the future.") % {"day": on.isoformat()}
    return words.too_old(kind) if is_too_old(wedge, on, kind) else ""


def _stand(found: Joined, listing: TieList, each: Statement, ally: int, wedge: str, on: date) -> str:
    issue = listing.content["issues"].get(each.what, "")
    if not issue:
        return _("The issue “%(title)s” is left out.") % {"title": each.what}
    if issue == meaning.NEW and each.what not in found.new_issues:
        found.new_issues.append(each.what)
    number = 0 if issue == meaning.NEW else int(issue)
    found.positions.append((each.what, Said(ally, number, wedge, (each.source or listing.source)[:300], on)))
    return ""
