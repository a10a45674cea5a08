"""What drives an actor: its profile, the talk along the guide, one's own organization, all partners side by side."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import ListPage

from .. import policies
from ..models import ProfileEntry, Stakeholder
from ..queries import allies
from . import actions, queries, rules
from .forms import EntryForm, InterviewForm, IntroductionForm
from .goals import Goals, fits
from .sectors import typically_brings

About = ProfileEntry.About


@require_http_methods(["GET", "POST"])
@allow(policies.see_allies)
def ally_profile(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = _find(stakeholder_id)
    if request.method == "GET":
        return _show(request, ally, EntryForm(initial=_asked(request, ally), ally=ally, is_own=_is_own(request, ally)))
    form = EntryForm(request.POST, ally=ally, is_own=_is_own(request, ally))
    if not form.is_valid():
        return _show(request, ally, form, status=422)
    given = dict(form.cleaned_data)
    old = _replaced(request, ally, given.pop("replaces"))
    try:
        entry = actions.write_entry(actor=request.actor, stakeholder=ally, replaces=old, **given)
    except actions.Refused as problem:
        form.add_error(None, str(problem))
        return _show(request, ally, form, status=422)
    except actions.ChangedMeanwhile:
        form.add_error(None, _("Somebody has said that anew while you were writing. Compare, then save again."))
        return _show(request, ally, form, status=409)
    undo = reverse("stakeholders:take_back_entry", args=[coalition, entry.pk])
    may_undo = policies.confirm_profile.holds(request.actor, entry)
    told = _("Saved. It is read by: %(readers)s.") % {"readers": entry.get_readers_display()}
    messages.success(request, told, extra_tags=f"undo:{undo}" if may_undo else "")
    return redirect("stakeholders:ally_profile", coalition, ally.pk)


@require_POST
@allow(policies.see_allies)
def confirm_entry(request: HttpRequest, coalition: str, profile_entry_id: int) -> HttpResponse:
    entry = _readable(request, profile_entry_id)
    try:
        actions.confirm_entry(actor=request.actor, entry=entry)
    except actions.ChangedMeanwhile:
        return conflict(request, _("That was said anew or taken back meanwhile. Look at the page again."))
    messages.success(request, _("Confirmed. We ask again in a year."))
    return redirect("stakeholders:ally_profile", coalition, entry.stakeholder_id)


@require_POST
@allow(policies.see_allies)
def confirm_all(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = _find(stakeholder_id)
    actions.confirm_all(actor=request.actor, stakeholder=ally)
    messages.success(request, _("Confirmed. We ask again in a year."))
    return redirect("stakeholders:ally_profile", coalition, ally.pk)


@require_POST
@allow(policies.see_allies)
def take_back_entry(request: HttpRequest, coalition: str, profile_entry_id: int) -> HttpResponse:
    entry = _readable(request, profile_entry_id)
    try:
        actions.take_back_entry(actor=request.actor, entry=entry)
    except actions.ChangedMeanwhile:
        return conflict(request, _("That was said anew or taken back meanwhile. Look at the page again."))
    undo = reverse("stakeholders:put_back_entry", args=[coalition, entry.pk])
    messages.success(request, _("Taken back. Nobody reads it any more."), extra_tags=f"undo:{undo}")
    return redirect("stakeholders:ally_profile", coalition, entry.stakeholder_id)


@require_POST
@allow(policies.see_allies)
def put_back_entry(request: HttpRequest, coalition: str, profile_entry_id: int) -> HttpResponse:
    entry = _readable(request, profile_entry_id)
    try:
        actions.put_back_entry(actor=request.actor, entry=entry)
    except actions.ChangedMeanwhile:
        return conflict(request, _("Something else stands there by now. Look at the page again."))
    messages.success(request, _("It stands there again."))
    return redirect("stakeholders:ally_profile", coalition, entry.stakeholder_id)


@require_http_methods(["GET", "POST"])
@allow(policies.write_profile)
def interview(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    """The guide: questions to ask, and room for the answers."""
    ally = _find(stakeholder_id)
    form = InterviewForm(request.POST or None, ally=ally, is_own=_is_own(request, ally))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given: dict[str, Any] = {
                name: form.cleaned_data.get(name) for name in ("source", "said_on", "readers", "has_consent")
            }
            given["purpose"] = form.cleaned_data.get("purpose", "")
            try:
                written = actions.record_interview(actor=request.actor, stakeholder=ally, answers=form.answers, **given)
            except actions.Refused as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, _("Kept: %(n)s answers, with source and consent.") % {"n": len(written)})
                return redirect("stakeholders:ally_profile", coalition, ally.pk)
    return render(request, "stakeholders/profiles/interview.html", {"ally": ally, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@allow(policies.speak_for_oneself)
def what_drives_us(request: HttpRequest, coalition: str) -> HttpResponse:
    """One's own organization: what it has not said yet is asked; then its profile."""
    organization, record = queries.own_organization(request.actor), queries.own_record(request.actor)
    profile = queries.profile_of(record, request.actor) if record else None
    said = {group.about for group in profile.groups} if profile else set()
    missing = tuple(about for about in rules.FIRST_ASKED if about not in said)
    if not missing and record:
        return redirect("stakeholders:ally_profile", coalition, record.pk)
    form = IntroductionForm(request.POST or None, missing=missing)
    if request.method == "POST" and form.is_valid() and organization is not None:
        try:
            record = actions.introduce_member(
                actor=request.actor, organization=organization, said=form.said, tags=form.cleaned_data.get("tags", "")
            )
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Thank you. We ask once a year whether it is still so."))
            return redirect("stakeholders:ally_profile", coalition, record.pk)
    context = {"form": form, "organization": organization, "ally": record, "profile": profile}
    status = 422 if request.method == "POST" else 200
    return render(request, "stakeholders/profiles/what_drives_us.html", context, status=status)


STATES = [
    ("fresh", gettext_lazy("Confirmed within a year")),
    ("old", gettext_lazy("Older than a year")),
    ("never", gettext_lazy("Nothing known yet")),
]


@require_GET
@allow(policies.see_allies)
def drives(request: HttpRequest, coalition: str) -> HttpResponse:
    """All partners: motive, what they must show, red line, goal fit, and when it was last confirmed."""
    actor = request.actor
    readable = queries.visible_to(actor)
    tags, goals = queries.tags_of_motives(actor), Goals(actor)
    ask_together(tags, *goals.questions)
    ours = list(goals)

    def cares_about(rows: QuerySet, word: str) -> QuerySet:
        said = readable.filter(about=About.MOTIVE, tags__icontains=word)
        return rows.filter(pk__in=said.values("stakeholder_id"))

    listed = ListPage(
        request,
        queries.partners(actor),
        search=["search_text"],
        filters={
            "motive": (_("Cares about"), queries.motives(tags), cares_about),
            "confirmed": (_("Last confirmed"), STATES, _confirmed),
            "who": (
                _("Who"),
                [("members", _("Members")), ("others", _("Not at the table"))],
                lambda rows, value: rows.filter(member__isnull=value == "others"),
            ),
        },
        sorts={"name": (_("Partner"), "name"), "confirmed": (_("Last confirmed"), ["last_confirmed", "name"])},
        default_sort="name",
        page_size=20,
    )

    def told(ally: Any) -> dict[str, Any]:
        texts = [f"{entry.text} {entry.tags}" for entry in ally.shown if entry.about == About.MOTIVE]
        return {
            "motives": [entry for entry in ally.shown if entry.about == About.MOTIVE],
            "gains": [entry for entry in ally.shown if entry.about == About.GAIN],
            "red_lines": [entry for entry in ally.shown if entry.about == About.RED_LINE],
            "fits": fits(ours, [*texts, ally.tags, ally.sector]) if texts else [],
        }

    if listed.wants_csv:
        header = [_("Partner"), _("Why they care"), _("What they need to show"), _("What they cannot accept"),
                  _("Fits our goals"), _("Last confirmed")]  # fmt: skip

        def row(ally: Any) -> list[Any]:
            found = told(ally)
            cells = ["; ".join(e.text for e in found[key]) for key in ("motives", "gains", "red_lines")]
            return [ally.name, *cells, "; ".join(fit.goal.title for fit in found["fits"]), ally.last_confirmed or ""]

        return listed.csv_response(f"{coalition}-what-drives-partners.csv", header, row)
    for ally in listed.page:
        ally.told = told(ally)
    context = {
        "listed": listed,
        "a_year_ago": localdate() - rules.CONFIRM_AFTER,
        "may_speak": policies.speak_for_oneself.holds(actor),
    }
    return render(request, "stakeholders/profiles/drives.html", context)


def _confirmed(rows: QuerySet, value: str) -> QuerySet:
    before = localdate() - rules.CONFIRM_AFTER
    return rows.filter(
        {"fresh": Q(last_confirmed__gt=before), "old": Q(last_confirmed__lte=before), "never": Q(last_confirmed=None)}[
            value
        ]
    )


def _show(request: HttpRequest, ally: Stakeholder, form: EntryForm, status: int = 200) -> HttpResponse:
    profile = queries.profile_of(ally, request.actor)
    entries = [entry for group in profile.groups for entry in group.entries]
    motives = [f"{entry.text} {entry.tags}" for entry in entries if entry.about == About.MOTIVE]
    is_own = _is_own(request, ally)
    context = {
        "ally": ally,
        "profile": profile,
        "history": queries.history_of(ally, request.actor) if "history" in request.GET else None,
        "form": form,
        "is_own": is_own,
        "fits": fits(Goals(request.actor), [*motives, ally.tags, ally.sector]) if motives else [],
        "typical": "" if is_own else typically_brings(ally.sector),
        "knows_what_they_bring": any(entry.about == About.BRINGS for entry in entries),
        "may_write": policies.write_profile.holds(request.actor, ally),
        "may_confirm": policies.confirm_profile.holds(request.actor, ally),
        "any_due": any(entry.is_due for entry in entries),
    }
    return render(request, "stakeholders/profiles/ally_profile.html", context, status=status)


def _asked(request: HttpRequest, ally: Stakeholder) -> dict[str, Any]:
    """``?about=brings`` begins with a kind; ``?anew=7`` with what is to be said anew."""
    wanted = request.GET.get("anew", "")
    old = _replaced(request, ally, int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else None)
    if old is not None:
        kept = ("about", "text", "tags", "source", "readers", "purpose")
        return {**{name: getattr(old, name) for name in kept}, "replaces": old.pk}
    about = request.GET.get("about", "")
    return {"about": about if about in About.values else About.MOTIVE}


def _replaced(request: HttpRequest, ally: Stakeholder, entry_id: int | None) -> ProfileEntry | None:
    if entry_id is None:
        return None
    mine = ProfileEntry.objects.filter(queries.readable_by(request.actor), stakeholder=ally)
    return get_object_or_404(mine.select_related("stakeholder"), pk=entry_id)


def _readable(request: HttpRequest, entry_id: int) -> ProfileEntry:
    """An entry that this person may read, taken back or not; for anyone else there is none."""
    rows = ProfileEntry.objects.filter(queries.readable_by(request.actor), stakeholder__removed_at=None)
    return get_object_or_404(rows.select_related("stakeholder"), pk=entry_id)


def _is_own(request: HttpRequest, ally: Stakeholder) -> bool:
    return ally.member_id is not None and ally.member_id == request.actor.organization_id


def _find(stakeholder_id: int) -> Stakeholder:
    return get_object_or_404(allies(), pk=stakeholder_id)
