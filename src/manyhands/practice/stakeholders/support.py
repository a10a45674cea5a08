"""Power beside support: who is with us, who decides, and who has power over those who decide."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.ui.charts import Scale

from .chart import Place, place_all, short
from .models import Stakeholder, Sway, Tie
from .rules import MIDPOINT, Wedge

#: Support from -2 to +2, by the wedge; whose wedge is not known is not on this chart.
SUPPORT = {
    Wedge.ACTIVE_ALLY: 2,
    Wedge.LEANING: 1,
    Wedge.UNDECIDED: 0,
    Wedge.LEANING_AWAY: -1,
    Wedge.AGAINST: -2,
}
ACROSS = Scale(-2, 2, room=8)
#: From here on, of 0 to 4, one actor has power over another: it can make it do something that matters.
SAY = 2
MOST_CHOICES = 400


@dataclass(frozen=True)
class Secondary:
    """Somebody with power over the one who decides, and how we know."""

    ally: Stakeholder
    because: list[str]

    @property
    def support(self) -> int | None:
        return support_of(self.ally)


@dataclass(frozen=True)
class SupportChart:
    """All that the view of support and power shows."""

    places: list[Place]
    title: str
    target: Stakeholder | None
    secondaries: list[Secondary]
    persons: list[tuple[int, str]]
    count_unknown: int

    @property
    def rows(self) -> list[tuple[Stakeholder, int | None, str]]:
        """The same as a table: support, and the part of whoever has one."""
        over = {each.ally.pk for each in self.secondaries}

        def part(ally: Stakeholder) -> str:
            if self.target is not None and ally.pk == self.target.pk:
                return _("Primary target")
            return _("Secondary target") if ally.pk in over else ""

        by_power = sorted((place.ally for place in self.places), key=lambda ally: (-ally.influence, ally.name))
        return [(ally, support_of(ally), part(ally)) for ally in by_power]

    @property
    def rings(self) -> set[int]:
        """Whose mark gets a ring."""
        return {each.ally.pk for each in self.secondaries} | ({self.target.pk} if self.target else set())


def support_of(ally: Stakeholder) -> int | None:
    """
    >>> support_of(Stakeholder(stance="leaning away")), support_of(Stakeholder(stance=""))
    (-1, None)
    """
    return SUPPORT.get(Wedge(ally.stance))


def persons() -> list[tuple[int, str]]:
    """People on the list by name: an ask is granted by somebody with a name, not by an office."""
    rows = Stakeholder.objects.filter(kind=Stakeholder.Kind.PERSON).order_by("name", "pk")
    return list(rows.values_list("pk", "name")[:MOST_CHOICES])


def over(target: Stakeholder) -> list[Secondary]:
    """Who has power over somebody: by a tie "has a say over", or by the middle of what members rate. Two queries."""
    found: dict[int, tuple[Stakeholder, list[str]]] = {}
    ties = Tie.objects.filter(other=target, kind=Tie.Kind.INFLUENCES, ended_on=None, one__removed_at=None)
    for tie in ties.select_related("one").order_by("pk"):
        told = _("Has a say over them (%(source)s)") % {"source": tie.source}
        found.setdefault(tie.one_id, (tie.one, []))[1].append(told)
    said: dict[int, list[int]] = defaultdict(list)
    rows = Sway.objects.filter(other=target, replaced_at=None, one__removed_at=None).select_related("one")
    allies = {}
    for sway in rows.order_by("pk"):
        said[sway.one_id].append(sway.level)
        allies[sway.one_id] = sway.one
    for pk, levels in said.items():
        if median(levels) >= SAY:
            told = ngettext("Rated %(m)s of 4 by %(n)s member", "Rated %(m)s of 4 by %(n)s members", len(levels))
            words = told % {"m": f"{median(levels):g}", "n": len(levels)}
            found.setdefault(pk, (allies[pk], []))[1].append(words)
    secondaries = [Secondary(ally, because) for ally, because in found.values()]
    return sorted(secondaries, key=lambda each: (-each.ally.influence, each.ally.name))


def draw(rated: Sequence[Stakeholder], chosen: Stakeholder | None, target: Stakeholder | None) -> SupportChart:
    """Rated allies by support and power; with a target those who have power over it, drawn too where they can be."""
    secondaries = over(target) if target is not None else []
    also = [*([target] if target else []), *(each.ally for each in secondaries), *([chosen] if chosen else [])]
    everyone = {ally.pk: ally for ally in [*rated, *also] if ally.raters}
    shown = [ally for ally in everyone.values() if support_of(ally) is not None]
    places = place_all(sorted(shown, key=lambda ally: -ally.weight), chosen, lambda ally: ACROSS(support_of(ally) or 0))
    return SupportChart(
        places, title(shown, target, secondaries), target, secondaries, persons(), len(everyone) - len(shown)
    )


def title(shown: Sequence[Stakeholder], target: Stakeholder | None, secondaries: Sequence[Secondary]) -> str:
    """The sentence above the chart: who could move the one who decides, or on which side the strong ones are."""
    if target is not None:
        if not secondaries:
            return _("Nobody is known yet to have power over %(target)s") % {"target": short(target.name)}
        ours = [each for each in secondaries if (each.support or 0) > 0]
        if ours:
            words = {"who": short(ours[0].ally.name), "target": short(target.name)}
            return _("%(who)s is with us and has power over %(target)s") % words
        words = {"who": short(secondaries[0].ally.name), "target": short(target.name)}
        return _("%(who)s has power over %(target)s, and is not with us yet") % words
    strong = [support_of(ally) or 0 for ally in shown if ally.influence >= MIDPOINT]
    if not strong:
        return _("Where those with power stand is not known yet")
    words_of = {
        "n": len(strong),
        "ours": sum(each > 0 for each in strong),
        "open": sum(each == 0 for each in strong),
        "against": sum(each < 0 for each in strong),
    }
    return _("Of %(n)s with power, %(ours)s are with us, %(open)s undecided, %(against)s not with us") % words_of
