"""What came of a round, as pages and files show it: rows, places on the picture, and the finding in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.ui.charts import Scale

from ..agenda.sentences import listed
from ..models import PriorityRound
from . import queries, rules
from .rules import Counted


@dataclass(frozen=True)
class ClauseShown:
    """One clause of the vision, and how many members see the candidate serve it."""

    number: int
    text: str
    seen: int
    is_served: bool


@dataclass(frozen=True)
class Row:
    """One candidate as the table shows it."""

    number: int
    title: str
    counted: Counted
    chosen_by: list[str]
    clauses: list[ClauseShown]

    @property
    def kind(self) -> str:
        return self.counted.kind

    @property
    def popularity(self) -> str:
        """For how many it is a priority, in words."""
        said = {"n": self.counted.chosen, "of": self.counted.answered, "percent": self.counted.popularity}
        if not self.counted.is_enough:
            return _("not enough yet: %(of)d answered") % said
        return _("%(n)d of %(of)d members (%(percent)d %%)") % said

    @property
    def fit(self) -> str:
        """How many clauses it serves as most see it, in words."""
        if not self.counted.is_enough:
            return _("not enough yet")
        said = {"n": len(self.counted.served), "of": len(self.clauses), "percent": self.counted.fit}
        return _("%(n)d of %(of)d clauses (%(percent)d %%)") % said


@dataclass(frozen=True)
class Point:
    """Candidates at one place of the picture, in percent from the left and from the top."""

    x: float
    y: float
    label: str
    full: str

    @property
    def side(self) -> str:
        return "start" if self.x > 75 else "end"


@dataclass(frozen=True)
class Shown:
    """All that the page of results shows."""

    round: PriorityRound
    rows: list[Row]
    points: list[Point]
    headline: str
    sentences: list[str]
    asked: int
    answered: int
    method: str

    @property
    def chart_title(self) -> str:
        """What the picture shows, in one sentence."""
        both = sum(row.kind == "both" for row in self.rows)
        said = {"n": both, "of": sum(row.counted.is_enough for row in self.rows)}
        return (
            ngettext(
                "%(n)d of %(of)d is both popular and a good fit",
                "%(n)d of %(of)d are both popular and a good fit",
                both,
            )
            % said
        )

    @property
    def is_enough(self) -> bool:
        return any(row.counted.is_enough for row in self.rows)


def shown(round: PriorityRound, by: str, *beside: QuerySet[Any]) -> Shown:
    """What was kept at the close, in words. One query, which answers the questions ``beside`` as well."""
    counted = rules.in_order(queries.counted(round), by)
    candidates, clauses = queries.candidates(round), queries.clauses(round)
    members = Organization.objects.filter(pk__in={pk for each in counted for pk in each.chosen_by})
    ask_together(candidates, clauses, members, *beside)
    titles = {each.pk: each.priority.title for each in candidates}
    texts = {each.pk: (at, each.text) for at, each in enumerate(clauses, start=1)}
    names = {each.pk: each.name for each in members}
    rows = [_row(at, each, titles, texts, names) for at, each in enumerate(counted, start=1)]
    return Shown(
        round=round,
        rows=rows,
        points=points(rows),
        headline=headline(rows),
        sentences=sentences(rows),
        asked=round.payload.get("asked", 0),
        answered=round.payload.get("answered", 0),
        method=round.payload.get("method", rules.METHOD),
    )


def _row(
    number: int,
    each: Counted,
    titles: Mapping[int, str],
    texts: Mapping[int, tuple[int, str]],
    names: Mapping[int, str],
) -> Row:
    clauses = [
        ClauseShown(*texts[clause], seen, clause in each.served) for clause, seen in each.clauses if clause in texts
    ]
    chosen_by = sorted(names[pk] for pk in each.chosen_by if pk in names) if each.is_enough else []
    return Row(number, titles[each.candidate], each, chosen_by, clauses)


def points(rows: Sequence[Row]) -> list[Point]:
    """Fit across, popularity upwards; candidates at the same place share a mark, and the numbers of their rows."""
    across, upwards = Scale(0, 100, room=6), Scale(0, 100, room=7, upwards=True)
    places: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        if row.counted.popularity is not None and row.counted.fit is not None:
            places.setdefault((row.counted.fit, row.counted.popularity), []).append(row)
    return [
        Point(
            across(fit),
            upwards(popularity),
            ", ".join(str(row.number) for row in here),
            "; ".join(f"{row.number}. {row.title}: {row.popularity}, {row.fit}" for row in here),
        )
        for (fit, popularity), here in places.items()
    ]


def headline(rows: Sequence[Row]) -> str:
    """The finding in one sentence."""
    both, little = _titles(rows, "both"), _titles(rows, "popular with little fit")
    if not any(row.counted.is_enough for row in rows):
        return _("Not enough members have answered yet")
    if both and not little:
        return ngettext(
            "%(what)s is popular and fits our vision",
            "%(n)d priorities are popular and fit our vision",
            len(both),
        ) % {"what": both[0], "n": len(both)}
    if little:
        return ngettext(
            "%(what)s is popular and serves little of our vision",
            "%(n)d popular priorities serve little of our vision",
            len(little),
        ) % {"what": little[0], "n": len(little)}
    return _("Nothing is both popular and a good fit with our vision")


def sentences(rows: Sequence[Row]) -> list[str]:
    """Each kind by name: what is popular with little fit, and what fits and few chose, above all."""
    told = []
    for kind, words in (
        ("both", _("Popular, and serves half of our vision or more: %(what)s.")),
        ("popular with little fit", _("Popular, with little fit (less than a quarter of the clauses): %(what)s.")),
        ("fitting", _("Much fit, and few chose it (less than half of us): %(what)s.")),
    ):
        titles = _titles(rows, kind)
        if titles:
            told.append(words % {"what": listed(titles)})
    few = [row for row in rows if not row.counted.is_enough]
    if few and len(few) < len(rows):
        told.append(_("Not enough yet: %(what)s.") % {"what": listed([_quoted(row.title) for row in few])})
    return told


def table(found: Shown) -> tuple[list[str], list[list[Any]]]:
    """Header and rows of the file: what the page shows, with method, count and date in each row."""
    header = [
        _("priority"), _("members for whom it is a priority"), _("members who answered"), _("popularity, percent"),
        _("clauses served, as most see it"), _("clauses"), _("fit, percent"), _("clauses by number"), _("for whom"),
        _("method"), _("counted on"),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for row in found.rows:
        each, enough = row.counted, row.counted.is_enough
        served = "; ".join(str(clause.number) for clause in row.clauses if clause.is_served)
        rows.append(
            [
                row.title,
                each.chosen if enough else "",
                each.answered,
                each.popularity if enough else "",
                len(each.served) if enough else "",
                len(each.clauses),
                each.fit if enough else "",
                served if enough else "",
                "; ".join(row.chosen_by),
                found.method,
                found.round.closed_at.date() if found.round.closed_at else "",
            ]
        )
    return header, rows


def _titles(rows: Sequence[Row], kind: str) -> list[str]:
    return [_quoted(row.title) for row in rows if row.kind == kind]


def _quoted(title: str) -> str:
    return _("“%(title)s”") % {"title": title}
