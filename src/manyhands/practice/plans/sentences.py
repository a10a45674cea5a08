"""What the pages of plans say about figures, in whole sentences."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import rules
from .models import Assignment, Measurement, Objective

if TYPE_CHECKING:
    from .queries import ObjectiveProgress

#: What each field of an objective is called when it is missing.
LACKS = {
    "indicator": gettext_lazy("what is measured"),
    "unit": gettext_lazy("its unit"),
    "baseline_value": gettext_lazy("where we start"),
    "baseline_on": gettext_lazy("when that was measured"),
    "target_value": gettext_lazy("where we want to be"),
    "due_on": gettext_lazy("by when"),
    "owner": gettext_lazy("who looks after it"),
    "data_source": gettext_lazy("who measures it, and how"),
}


def figure(value: Decimal | None) -> str:
    """A number without idle zeros, as the reader's language writes it."""
    if value is None:
        return "–"
    plain = value.normalize()
    plain = plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain
    return str(number_format(plain, use_l10n=True, force_grouping=True))


def towards(objective: Objective) -> str:
    """ "µg/m³ NO₂, from 38; target 20", with what is known."""
    parts = [objective.unit] if objective.unit else []
    if objective.baseline_value is not None:
        parts.append(_("from %(value)s") % {"value": figure(objective.baseline_value)})
    if objective.target_value is not None:
        parts.append(_("target %(value)s") % {"value": figure(objective.target_value)})
    if objective.due_on:
        parts.append(_("due %(day)s") % {"day": date_format(objective.due_on, "F Y")})
    return ", ".join(parts)


def measured(last: Measurement | None) -> str:
    if last is None:
        return _("Nobody has measured it yet.")
    return _("Measured %(day)s; %(source)s.") % {
        "day": date_format(last.measured_on, "j F Y"),
        "source": last.source.rstrip("."),
    }


def course_label(course: rules.Course) -> str:
    return {
        rules.Course.INCOMPLETE: _("Not complete yet"),
        rules.Course.NOT_MEASURED: _("Not measured yet"),
        rules.Course.SLOWER: _("Slower than planned"),
        rules.Course.ON_TRACK: _("On track"),
        rules.Course.REACHED: _("Reached"),
        rules.Course.OVERDUE: _("Not reached in time"),
    }[course]


def finding(progress: "ObjectiveProgress") -> str:
    """The headline of the chart: "Down from 38 to 31, and two months behind our plan"."""
    objective, last, path = progress.objective, progress.last, progress.objective.path
    if last is None:
        return _("Nothing measured yet")
    if path is None:
        return _("%(value)s now; the plan is not complete yet") % {"value": figure(last.value)}
    ends = {"start": figure(path.baseline), "now": figure(last.value)}
    if last.value < path.baseline:
        moved = _("Down from %(start)s to %(now)s") % ends
    elif last.value > path.baseline:
        moved = _("Up from %(start)s to %(now)s") % ends
    else:
        moved = _("Still at %(now)s") % ends
    return f"{moved}, {_against_plan(progress, path)}" if objective.due_on else moved


def _against_plan(progress: "ObjectiveProgress", path: rules.Path) -> str:
    if progress.course is rules.Course.REACHED:
        return _("and the target is reached")
    if progress.last is None:
        return ""
    days = rules.lag(path, rules.Reading(progress.last.value, progress.last.measured_on)).days
    if progress.course is rules.Course.OVERDUE:
        return _("and the target day has passed")
    if abs(days) < 14:
        return _("as planned")
    if abs(days) < 60:
        weeks = round(abs(days) / 7)
        late = ngettext("and %(n)d week behind our plan", "and %(n)d weeks behind our plan", weeks)
        early = ngettext("and %(n)d week ahead of our plan", "and %(n)d weeks ahead of our plan", weeks)
        return (late if days > 0 else early) % {"n": weeks}
    months = round(abs(days) / 30.4)
    late = ngettext("and %(n)d month behind our plan", "and %(n)d months behind our plan", months)
    early = ngettext("and %(n)d month ahead of our plan", "and %(n)d months ahead of our plan", months)
    return (late if days > 0 else early) % {"n": months}


def lacks(objective: Objective) -> str:
    """What an objective still lacks, as one list of words; empty when it is whole."""
    return ", ".join(str(LACKS[name]) for name in objective.missing)


def offered(offer: Assignment) -> str:
    """Who asks, for what part."""
    who = {"who": offer.offered_by.name}
    return {
        "A": _("%(who)s asks you to be the one accountable for it."),
        "R": _("%(who)s asks you to do the work."),
        "C": _("%(who)s would like to ask you about it."),
        "I": _("%(who)s would like to keep you told."),
    }[offer.part] % who
