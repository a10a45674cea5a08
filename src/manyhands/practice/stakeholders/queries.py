"""What this room can be asked. Every function reads; none writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import BigIntegerField, Count, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.written import Blank, RowsForActor, RowsOfWords
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.next_steps import NextStep
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ledger.remembered import RememberedUntilNextLine
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting, register_awaiting

from . import policies, rules
from .models import Import, ImportRow, Rating, Stakeholder
from .profiles import personal as profiles
from .profiles.goals import GoalSource, GoalWords, register_goals
from .profiles.who_cares import WhoCares, allies_for, saying, those_who_care
from .ties import personal as personal_ties

__all__ = [
    "GoalSource",
    "GoalWords",
    "Overview",
    "WhoCares",
    "alike_pairs",
    "allies",
    "allies_for",
    "awaiting",
    "import_rows",
    "imports",
    "kept_after_undo",
    "next_steps",
    "on_the_map",
    "overview",
    "personal_erase",
    "personal_export",
    "rating_history",
    "register_goals",
    "saying",
    "those_who_care",
    "views",
    "whole_with_ratings",
]

#: More points than this on one chart cannot be told apart.
MOST_POINTS = 60


def allies() -> QuerySet[Stakeholder]:
    """Everyone on the list, with who looks after them."""
    return Stakeholder.objects.select_related("looked_after_by")


#: What the list and the chart show of an ally; whoever is chosen is asked for whole.
SHOWN = ("kind", "name", "sector", "city", "region", "country", "stance", "stage", "looked_after_by__name")
COUNTED = ("interest", "interest_spread", "influence", "influence_spread", "weight", "raters", "rated_at")

ally_list = RowsForActor(lambda _actor, _now: allies().only(*SHOWN, *COUNTED))


@dataclass(frozen=True)
class Overview:
    """How many there are, and what one can filter by."""

    total: int
    #: Those who are no members: until there is one, the page teaches how to begin.
    others: int
    rated: int
    nobodys: int
    never_asked: int
    disputed: int
    no_sector: int
    sectors: list[tuple[str, str]]
    keepers: list[tuple[str, str]]


def overview() -> Overview:
    """Counts over all allies; over twenty thousand they take longer than the rest of the page, so they are kept."""
    return _overview.get(_count)


def _count() -> Overview:
    counts = {
        "n": Count("pk"),
        "no_members": Count("pk", filter=Q(member=None)),
        "rated": Count("pk", filter=Q(raters__gt=0)),
        "strong": Count("pk", filter=Q(influence__gte=rules.MIDPOINT)),
        "asked_never": Count("pk", filter=Q(stage__in=rules.NEVER_ASKED)),
        "disputed": Count("pk", filter=_disputed()),
    }
    found = list(
        Stakeholder.objects.order_by()
        .values("sector", "looked_after_by_id", "looked_after_by__name")
        .annotate(**counts)
    )
    keepers = {
        (str(row["looked_after_by_id"]), row["looked_after_by__name"]) for row in found if row["looked_after_by_id"]
    }
    return Overview(
        total=sum(row["n"] for row in found),
        others=sum(row["no_members"] for row in found),
        rated=sum(row["rated"] for row in found),
        nobodys=sum(row["strong"] for row in found if not row["looked_after_by_id"]),
        never_asked=sum(row["asked_never"] for row in found),
        disputed=sum(row["disputed"] for row in found),
        no_sector=sum(row["n"] for row in found if not row["sector"]),
        sectors=[(name, name) for name in sorted({row["sector"] for row in found if row["sector"]})],
        keepers=sorted(keepers, key=lambda pair: pair[1]),
    )


_overview: RememberedUntilNextLine[Overview] = RememberedUntilNextLine()


#: Ready views of the list, by the word in the address: what they are called, and which allies they hold.
def views() -> dict[str, tuple[Any, Q]]:
    return {
        "nobodys": (gettext_lazy("Strong and nobody’s"), Q(influence__gte=rules.MIDPOINT, looked_after_by=None)),
        "never": (gettext_lazy("Never spoken to"), Q(stage__in=rules.NEVER_ASKED)),
        "disputed": (gettext_lazy("Raters disagree"), _disputed()),
        "sectorless": (gettext_lazy("No sector yet"), Q(sector="")),
    }


def _disputed() -> Q:
    return Q(raters__gt=1) & (Q(interest_spread__gte=0.7) | Q(influence_spread__gte=0.7))


#: Rated allies for the chart: those with the most raters, then those that matter most.
on_the_map = RowsOfWords(
    lambda: allies().only(*SHOWN, *COUNTED).filter(raters__gt=0).order_by("-raters", "-weight", "pk")[:MOST_POINTS],
)


def whole_with_ratings(stakeholder: Stakeholder) -> tuple[Stakeholder, list[Rating]]:
    """All of an ally of which a list shows a part, and what each rater says now. One query."""
    whole, said = _whole.rows(ally=stakeholder.pk), _said_now.rows(ally=stakeholder.pk)
    ask_together(whole, said)
    return next(iter(whole), stakeholder), list(said)


_whole = RowsOfWords(lambda: allies().filter(pk=Blank("ally", BigIntegerField())))
_said_now = RowsOfWords(
    lambda: Rating.objects.filter(stakeholder_id=Blank("ally", BigIntegerField()), replaced_at=None).select_related(
        "rater"
    )
)


def rating_history(stakeholder: Stakeholder) -> list[Rating]:
    """Every rating ever given, newest first, those that were replaced too."""
    return list(Rating.objects.filter(stakeholder=stakeholder).select_related("rater"))


def imports() -> QuerySet[Import]:
    """Every list that was brought, newest first."""
    return Import.objects.select_related("by_seat")


def import_rows(listing: Import, outcome: str) -> QuerySet[ImportRow]:
    """What became of the rows of a list that ended in this way."""
    return ImportRow.objects.filter(listing=listing, outcome=outcome).select_related("stakeholder")


def alike_pairs(listing: Import) -> QuerySet[ImportRow]:
    """Rows that look like an ally we have, with that ally."""
    return ImportRow.objects.filter(listing=listing, alike__isnull=False).select_related("alike")


def kept_after_undo(listing: Import) -> list[Stakeholder]:
    """Allies that an undone import left alone because somebody had worked on them."""
    added = Q(added_by_import=listing)
    updated = Q(pk__in=ImportRow.objects.filter(listing=listing, kept=True).values("stakeholder_id"))
    return list(Stakeholder.objects.filter(added | updated)[:200])


def awaiting(actor: Actor) -> Iterable[Awaiting]:
    """Lists that wait for this actor's decision, and steps that are due with allies this actor looks after."""
    if actor.seat_id is None:
        return []
    return [*_LISTS(actor), *_STEPS(actor)]


def register_desk() -> None:
    """Put both on people's desks."""
    register_awaiting(_LISTS, lambda actor, _moment: [_tried(actor)])
    register_awaiting(_STEPS, lambda actor, _moment: [_with_a_step(actor)])


def _tried(actor: Actor) -> QuerySet[Import]:
    if not policies.import_list.holds(actor):
        return Import.objects.none()
    return Import.objects.filter(by_seat_id=actor.seat_id, state=Import.State.TRIED)


def _lists_waiting(actor: Actor, listings: list[Import]) -> Iterable[Awaiting]:
    slug = slug_of(actor.coalition_id)
    for listing in listings:
        taken = listing.count_taken
        yield Awaiting(
            kind=_("An import"),
            title=listing.filename,
            text=ngettext("%(n)s row could be taken.", "%(n)s rows could be taken.", taken) % {"n": f"{taken:,}"},
            url=address_of("stakeholders:import", slug, listing.pk),
            action=_("Look at the trial"),
        )


def _with_a_step(actor: Actor) -> QuerySet[Any]:
    mine = Stakeholder.objects.filter(looked_after_by_id=actor.seat_id, next_step_on__isnull=False)
    return mine.exclude(stage__in=["committed", "declined"])


def _steps_due(actor: Actor, allies: list[Any]) -> Iterable[Awaiting]:
    slug = slug_of(actor.coalition_id)
    for ally in allies:
        late = ally.next_step_on <= localdate()
        yield Awaiting(
            kind=_("An ally you look after"),
            title=ally.name,
            text=ally.next_step,
            note=_("due") if late else "",
            url=address_of("stakeholders:ally", slug, ally.pk),
            action=_("See the next step"),
            due=datetime.combine(ally.next_step_on, time(17), UTC),
        )


_LISTS = Waits(lambda actor, _moment: _tried(actor)[:3], _lists_waiting)
_STEPS = Waits(lambda actor, _moment: _with_a_step(actor).order_by("next_step_on", "pk")[:10], _steps_due)


def next_steps(actor: Actor) -> Iterable[NextStep]:
    """What a young coalition does with this room first."""
    if not policies.add_ally.holds(actor):
        return []
    slug = slug_of(actor.coalition_id)
    can_import = policies.import_list.holds(actor)
    return [
        NextStep(
            order=20,
            title=gettext_lazy("List those who could help"),
            text=gettext_lazy("Bring in a spreadsheet or write down the first ten names. Then see who matters most."),
            url=address_of("stakeholders:bring_list" if can_import else "stakeholders:add", slug),
            action=gettext_lazy("Import a list") if can_import else gettext_lazy("Add an ally"),
            done_by=Stakeholder.objects.filter(member=None),
        )
    ]


def personal_export(seat_ids: list[int]) -> dict[str, Any]:
    """What this room keeps about a person: their own ratings, and the allies they look after."""
    ratings = Rating.objects.filter(rater_id__in=seat_ids).select_related("stakeholder")
    return {
        "ratings": [
            {
                "ally": rating.stakeholder.name,
                "interest": rating.interest,
                "influence": rating.influence,
                "basis": rating.basis,
                "rated_at": rating.rated_at.isoformat(),
                "replaced_at": rating.replaced_at.isoformat() if rating.replaced_at else None,
            }
            for rating in ratings
        ],
        "looks_after": list(Stakeholder.objects.filter(looked_after_by_id__in=seat_ids).values_list("name", flat=True)),
        "lists_brought": list(Import.objects.filter(by_seat_id__in=seat_ids).values("filename", "began_at", "state")),
        **profiles.export(seat_ids),
        **personal_ties.export(seat_ids),
    }


def personal_erase(seat_ids: list[int]) -> None:
    """Forget the words; the figures stay, so that every middle stays as it was. The seat itself loses its name."""
    Rating.objects.filter(rater_id__in=seat_ids).update(basis="")
    Stakeholder.objects.filter(looked_after_by_id__in=seat_ids).update(looked_after_by=None)
    profiles.erase(seat_ids)
    personal_ties.erase(seat_ids)
