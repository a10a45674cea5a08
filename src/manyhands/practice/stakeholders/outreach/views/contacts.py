"""The contacts with one ally: what was tried, what comes next, when not to ask, and what they told us."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow

from ... import policies
from ... import queries as room
from ...models import Stakeholder
from .. import actions, queries
from ..forms import ContactForm, HoldBackForm, InputForm, StepForm


@require_http_methods(["GET", "POST"])
@allow(policies.see_allies)
def ally_contacts(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = _find(stakeholder_id)
    if request.method == "GET":
        return _show(request, ally)
    form, before = ContactForm(request.POST), ally.stage
    if form.is_valid():
        try:
            actions.log_contact(actor=request.actor, stakeholder=ally, **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            ally.refresh_from_db()
            messages.success(request, _told(ally, before))
            return redirect("stakeholders:ally_contacts", coalition, ally.pk)
    return _show(request, ally, contact=form, status=422)


@require_POST
@allow(policies.see_allies)
def next_step(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    done = _("Saved. It waits on the desk of whoever looks after them.")
    return _deed(request, _find(stakeholder_id), StepForm(request.POST), "step", actions.plan_step, done)


@require_POST
@allow(policies.see_allies)
def hold_back(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    done = _("Saved. Members see it, and whom we suggest follows it.")
    return _deed(request, _find(stakeholder_id), HoldBackForm(request.POST), "hold", actions.hold_back, done)


@require_POST
@allow(policies.see_allies)
def hear_input(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    done = _("Written down. It waits on your desk until they were told what became of it.")
    return _deed(request, _find(stakeholder_id), InputForm(request.POST), "heard", actions.hear_input, done)


def _deed(request: HttpRequest, ally: Stakeholder, form: forms.Form, name: str, deed: Any, done: str) -> HttpResponse:
    if form.is_valid():
        try:
            deed(actor=request.actor, stakeholder=ally, **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, done)
            return redirect("stakeholders:ally_contacts", request.coalition.slug, ally.pk)
    return _show(request, ally, status=422, **{name: form})


def _show(request: HttpRequest, ally: Stakeholder, status: int = 200, **given: forms.Form) -> HttpResponse:
    held = {"not_before": ally.not_before, "never_because": ally.never_because}
    step = {"next_step": ally.next_step, "next_step_on": ally.next_step_on}
    may_reach = policies.reach_out.holds(request.actor, ally)
    contacts = queries.contacts_of(ally, request.actor)
    inputs = queries.inputs(request.actor).filter(stakeholder=ally)[:50]
    offers = queries.offers().filter(stakeholder=ally)[:50]
    ask_together(contacts, inputs, offers)
    context = {
        "ally": ally,
        "contacts": contacts,
        "inputs": inputs,
        "offers": offers,
        "may_reach": may_reach,
        "may_read": queries.may_read(request.actor, ally),
        "may_invite": policies.invite_ally.holds(request.actor) and not ally.member_id,
        "today": localdate(),
        "held_back": bool(ally.never_because or (ally.not_before and ally.not_before > localdate())),
    }
    if may_reach:
        context["forms"] = {
            "contact": given.get("contact") or ContactForm(),
            "step": given.get("step") or StepForm(initial=step),
            "hold": given.get("hold") or HoldBackForm(initial=held),
            "heard": given.get("heard") or InputForm(),
        }
    return render(request, "stakeholders/outreach/contacts.html", context, status=status)


def _told(ally: Stakeholder, before: str) -> str:
    if ally.stage == before:
        return _("Written down.")
    stage = str(ally.get_stage_display()).lower()
    told = _("Written down. %(name)s moved on; it is now: %(stage)s.") % {"name": ally.name, "stage": stage}
    if ally.stage == "parked" and ally.not_before:
        told += " " + _("We come back to them on %(day)s.") % {"day": ally.not_before.isoformat()}
    return told


def _find(stakeholder_id: int) -> Stakeholder:
    return get_object_or_404(room.allies(), pk=stakeholder_id)
