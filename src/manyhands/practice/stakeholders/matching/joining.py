"""Moves everything that points at one ally to another, so that nothing is lost and nothing is there twice.

What has no rule against two of a kind is simply moved. What may exist only once for an ally is settled: of two
ratings by one member the newer stands; two ties of a kind become one that says all that both said.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate, now

from ..models import ImportRow, Pair, Stakeholder, Tie
from ..ties import rules as ties
from . import rules
from .references import Link, Notes, links

#: "One that stands now": a newer one replaces it, and it is kept.
STANDS = Q(replaced_at=None)
_DATES = ("on", "rated_at", "written_at")


class NoRule(TypeError):
    """A model points at allies, may exist only once for one, and nobody has said what becomes of two."""


def move_everything(kept: Stakeholder, gone: Stakeholder, notes: Notes) -> None:
    """Point every row of the house that points at `gone` at `kept`, and note it."""
    for link in links():
        way_of(link)(link, kept, gone, notes)


def way_of(link: Link) -> Callable[[Link, Stakeholder, Stakeholder, Notes], None]:
    """How the rows of a link move.

    Raises
    ------
    NoRule
        For a model that nobody has thought of; a test asks for each.
    """
    if link.model is Tie:
        return _move_ties
    if link.model is Pair:
        return _move_pairs
    if link.model is ImportRow:
        return _move_import_rows
    if link.unique and all(constraint.condition == STANDS for constraint in link.unique):
        return _move_standing
    if link.unique:
        raise NoRule(f"{link.model._meta.label}.{link.name} may exist only once: say what becomes of two.")
    return lambda _link, kept, gone, notes: notes.move_all(_link, gone.pk, kept.pk)


def _move_standing(link: Link, kept: Stakeholder, gone: Stakeholder, notes: Notes) -> None:
    """Rows of which one stands: of two, the newer. One that would point at itself stands no more, and stays."""
    at = now()
    for row in link.rows.filter(**{link.attname: gone.pk}).order_by("pk"):
        if any(getattr(row, other) == kept.pk for other in link.others):
            if row.replaced_at is None:
                notes.change(row, replaced_at=at)
            continue
        values: dict[str, Any] = {link.attname: kept.pk}
        if row.replaced_at is None and (twin := _twin(link, row, kept)) is not None:
            if _when(twin) >= _when(row):
                values["replaced_at"] = at
            else:
                notes.change(twin, replaced_at=at)
        notes.change(row, **values)


def _twin(link: Link, row: Any, kept: Stakeholder) -> Any:
    for constraint in link.unique:
        others = {name: getattr(row, row._meta.get_field(name).attname) for name in constraint.fields}
        found = link.rows.filter(STANDS, **{**others, link.name: kept.pk}).first()
        if found is not None:
            return found
    return None


def _when(row: Any) -> tuple[str, datetime | Any, int]:
    name = next(name for name in _DATES if hasattr(row, name))
    return name, getattr(row, name), row.pk


# --- ties -----------------------------------------------------------------------------------------


def _move_ties(link: Link, kept: Stakeholder, gone: Stakeholder, notes: Notes) -> None:
    """A tie between the two is ended and stays; a tie to the same third becomes one with the other."""
    for tie in link.rows.filter(**{link.attname: gone.pk}).order_by("pk"):
        far = tie.other_id if link.name == "one" else tie.one_id
        if far == kept.pk:
            if tie.ended_on is None:
                notes.change(tie, ended_on=_end(tie), version=tie.version + 1)
            continue
        asked = (kept.pk, far) if link.name == "one" else (far, kept.pk)
        one_id, other_id = ties.in_order(asked[0], asked[1], tie.kind)
        values: dict[str, Any] = {"one_id": one_id, "other_id": other_id}
        if (one_id, other_id) != asked:  # the sides change places, and with them what each has said
            values |= {"level_one": tie.level_other, "level_other": tie.level_one}
        there = Tie.objects.filter(one_id=one_id, other_id=other_id, kind=tie.kind, ended_on=None).first()
        if tie.ended_on is None and there is not None:
            values |= _one_of_two(there, tie, values, notes)
        notes.change(tie, **values, version=tie.version + 1)


def _one_of_two(there: Tie, came: Tie, moved: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """Let the tie that is there say what both said; what becomes of the one that came."""
    sides = {
        "level_one": moved.get("level_one", came.level_one),
        "level_other": moved.get("level_other", came.level_other),
    }
    fresh = {"state": came.state, "seen_on": came.seen_on}
    ours_is_better = rules.better_tie({"state": there.state, "seen_on": there.seen_on}, fresh)
    better: dict[str, Any] = {name: getattr(there, name) for name in sides}
    for name, level in sides.items():
        if better[name] is None or (level is not None and not ours_is_better):
            better[name] = level
    claimed = there.level if ours_is_better else came.level
    found = ties.agreed(better["level_one"], better["level_other"], claimed)
    since = min((day for day in (there.since, came.since) if day is not None), default=None)
    answers = [(tie.consent, tie.consent_on) for tie in (there, came)]
    answer = (there, came)[rules.later_consent(*answers)]
    notes.change(
        there,
        **better,
        level=found.level,
        state=found.state,
        seen_on=max(there.seen_on, came.seen_on),
        since=since,
        source=there.source if there.source == came.source else f"{there.source}; {came.source}"[:300],
        consent=answer.consent,
        consent_source=answer.consent_source,
        consent_on=answer.consent_on,
        version=there.version + 1,
    )
    return {"ended_on": _end(came)}


def _end(tie: Tie) -> Any:
    return max(localdate(), tie.since) if tie.since else localdate()


# --- pairs and rows of lists ----------------------------------------------------------------------


def _move_pairs(link: Link, kept: Stakeholder, gone: Stakeholder, notes: Notes) -> None:
    """What was said of the one and a third is now said of the kept one; "not the same" outweighs "not yet judged"."""
    far = "other_id" if link.name == "one" else "one_id"
    for pair in Pair.objects.filter(**{link.attname: gone.pk}).order_by("pk"):
        third = getattr(pair, far)
        if third == kept.pk:
            continue  # the pair that is being joined
        low, high = sorted((kept.pk, third))
        there = Pair.objects.filter(one_id=low, other_id=high).first()
        if there is None:
            notes.change(pair, one_id=low, other_id=high)
        elif there.verdict == Pair.Verdict.OPEN and pair.verdict == Pair.Verdict.DIFFERENT:
            notes.change(there, verdict=pair.verdict, judged_by_id=pair.judged_by_id, judged_at=pair.judged_at)


def _move_import_rows(link: Link, kept: Stakeholder, gone: Stakeholder, notes: Notes) -> None:
    """Rows of lists lead to the kept record; taking the list back leaves it alone, since it has changed."""
    if link.name != "stakeholder":
        notes.move_all(link, gone.pk, kept.pk)
        return
    for row in ImportRow.objects.filter(stakeholder_id=gone.pk).order_by("pk"):
        notes.change(row, stakeholder_id=kept.pk, version_after=None)
