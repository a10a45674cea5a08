"""The sentences in which a pick, the method and its inputs are told."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.rules import Actor

from ... import policies
from ...models import CoverageItem, CoverageList, Disclosure, Stakeholder
from ...rules import NEVER_ASKED
from .found import Choice, Pick, Taken

if TYPE_CHECKING:
    from manyhands.analysis.coverage import Pick as Computed


def pick_in_words(
    actor: Actor,
    ally: Stakeholder,
    taken: Taken,
    path: list[str],
    limits: list[Disclosure],
    names: Mapping[str, str],
) -> Pick:
    reasons, pick = [], taken.adds
    if first := _fields(pick.first_voice_in, names):
        reasons.append(_("Nobody here speaks for %(what)s yet.") % {"what": first})
    if second := _fields(pick.second_voice_in, names):
        reasons.append(_("A second voice for %(what)s, so that nobody speaks alone.") % {"what": second})
    if pick.newly_brings:
        reasons.append(_("They bring what nobody here has: %(what)s.") % {"what": ", ".join(pick.newly_brings)})
    if ally.people_reached and pick.newly_reaches:
        said = _("They reach about %(n)s people") % {"n": intcomma(ally.people_reached)}
        source = f" ({ally.people_reached_source})" if ally.people_reached_source else ""
        reasons.append(f"{said}{source}.")
    elif pick.newly_reaches:
        reasons.append(_("They reach %(whom)s, whom no member reaches.") % {"whom": ", ".join(pick.newly_reaches)})
    if count := taken.count_ties:
        tied = ngettext("The map shows one tie of theirs.", "The map shows %(n)s ties of theirs.", count)
        reasons.append(tied % {"n": intcomma(count)})
    never_spoken = ally.stage in NEVER_ASKED
    if never_spoken and ally.raters and ally.interest < 3:
        reasons.append(_("Members rate their interest low, but nobody has spoken with them: that is only a guess."))
    return Pick(
        ally,
        _in_short(ally, pick, never_spoken, has_path=bool(path)),
        reasons or ([_("A warm way leads to them.")] if path else []),
        path,
        "" if path else _("No way of introductions that people agreed to leads to them yet."),
        limits,
        policies.invite_ally.holds(actor, ally),
    )


def _in_short(ally: Stakeholder, pick: "Computed", never_spoken: bool, *, has_path: bool) -> str:
    if ally.raters and ally.influence >= 3 and never_spoken:
        return _("strong, never asked")
    if pick.first_voice_in:
        return _("a voice we miss")
    if pick.newly_brings:
        return _("brings what we lack")
    if pick.newly_reaches:
        return _("reaches people we do not")
    if has_path:
        return _("a friend can reach them")
    return _("a second voice") if pick.second_voice_in else ""


def _fields(pairs: Iterable[tuple[str, str]], names: Mapping[str, str]) -> str:
    """``Media in Harbor, Youth``; long lists are cut."""
    told = [
        _("%(sector)s in %(place)s") % {"sector": names[sector], "place": names[place]}
        if sector and place
        else names[sector or place]
        for sector, place in pairs
        if all(part in names for part in (sector, place) if part)  # an entry may be taken off its list meanwhile
    ]
    shown = told[:3]
    more = len(told) - len(shown)
    return ", ".join(shown) + (_(" and %(n)s more") % {"n": more} if more > 0 else "")


def method_in_words(share_of_best: float | None, at_least: float) -> str:
    sure = _(
        "We take whoever adds most to those already picked, again and again: kinds of people and places nobody speaks "
        "for, strengths and people nobody here brings, and a warm way to them."
    )
    if share_of_best is not None:
        worth = _("All combinations were tried: these add %(p)s%% of the best possible.")
        return f"{sure} {worth % {'p': round(100 * share_of_best)}}"
    if not at_least:
        return sure
    worth = _("Together they add at least %(p)s%% of the best possible, which is proven.")
    return f"{sure} {worth % {'p': int(100 * at_least)}}"


def computed_from(choice: Choice, on: date) -> str:
    kinds = {CoverageList.Kind.SECTORS, CoverageList.Kind.PLACES} if choice.by_place else {CoverageList.Kind.SECTORS}
    lists = Counter(item.listing.name for item in choice.items if item.listing.kind in kinds)
    has_places = any(item.listing.kind == CoverageList.Kind.PLACES for item in choice.items)
    said = _(
        "Computed on %(day)s from all %(c)s allies one may invite, %(m)s active members, %(t)s ties "
        "people agreed to, and %(l)s."
    )
    facts = {
        "day": date_format(on),
        "c": intcomma(choice.count_candidates),
        "m": choice.count_members,
        "t": choice.count_ties,
        "l": ", ".join(lists) or _("no chosen list"),
    }
    apart = _(" Places are left out: those of most candidates are not known.")
    return said % facts + (apart if has_places and not choice.by_place else "")


def left_out(choice: Choice) -> list[str]:
    later, refused, never = choice.not_asked
    told = [
        (later, ngettext("%(n)s to be asked later", "%(n)s to be asked later", later)),
        (refused, ngettext("%(n)s that said no", "%(n)s that said no", refused)),
        (never, ngettext("%(n)s that we do not ask", "%(n)s that we do not ask", never)),
    ]
    return [words % {"n": number} for number, words in told if number]


def why_nobody(items: list[CoverageItem], candidates: int) -> str:
    if not candidates:
        return _("There is nobody on the list of allies that could be asked. Add some, or import a list.")
    if not items:
        return _("Choose a list of sectors first, and let members say for whom they speak; then the holes are known.")
    return _("None of the allies would add a kind of people, a strength or a reach that you do not have. Well done.")
