"""Objectives and measurements."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from manyhands.foundation.access.rules import require, seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.spreadsheets import csv_response
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.plans import actions, policies, queries, sentences
from manyhands.practice.plans.actions.refusals import Refusal
from manyhands.practice.plans.charts import line_chart
from manyhands.practice.plans.forms import CorrectionForm, MeasurementForm, ObjectiveForm
from manyhands.practice.plans.models import Measurement, Objective

from .goals import find_goal


@require_http_methods(["GET", "POST"])
@allow(policies.set_objective)
def new_objective(request: HttpRequest, coalition: str, shared_goal_id: int) -> HttpResponse:
    return _set(request, find_goal(shared_goal_id), None)


@require_http_methods(["GET", "POST"])
@allow(policies.set_objective)
def change_objective(request: HttpRequest, coalition: str, objective_id: int) -> HttpResponse:
    objective = _find(objective_id)
    return _set(request, objective.goal, objective)


@require_GET
@allow(seated)
def objective_page(request: HttpRequest, coalition: str, objective_id: int) -> HttpResponse:
    return _show(request, _find(objective_id), MeasurementForm())


@require_http_methods(["POST"])
@allow(policies.set_objective)
def measure(request: HttpRequest, coalition: str, objective_id: int) -> HttpResponse:
    objective, form = _find(objective_id), MeasurementForm(request.POST)
    if not form.is_valid():
        return _show(request, objective, form, status=422)
    try:
        actions.measure(actor=request.actor, objective=objective, **form.cleaned_data)
    except Refusal as refusal:
        return conflict(request, str(refusal))
    messages.success(request, _("The measurement is on the chart."))
    return redirect("plans:objective", coalition, objective_id)


@require_http_methods(["GET", "POST"])
@allow(seated)
def correct(request: HttpRequest, coalition: str, measurement_id: int) -> HttpResponse:
    rows = Measurement.objects.select_related("objective__goal", "entered_by")
    measurement = get_object_or_404(rows, pk=measurement_id)
    require(request.actor, policies.correct_measurement, measurement)
    fields = ("value", "measured_on", "source")
    form = CorrectionForm(request.POST or None, initial={name: getattr(measurement, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_measurement(actor=request.actor, measurement=measurement, **form.cleaned_data)
        except Refusal as refusal:
            return conflict(request, str(refusal))
        messages.success(request, _("The right value counts now; the wrong one is kept."))
        return redirect("plans:objective", coalition, measurement.objective_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/correct.html", {"measurement": measurement, "form": form}, status=status)


@require_GET
@allow(seated)
def measurements_csv(request: HttpRequest, coalition: str, objective_id: int) -> HttpResponse:
    objective = _find(objective_id)
    header = [_("Measured on"), _("Value"), _("Unit"), _("Source"), _("Entered on"), _("Corrected since")]
    rows = (
        [m.measured_on, m.value, objective.unit, m.source, m.entered_at.isoformat(), _("yes") if _newer(m) else _("no")]
        for m in queries.every_measurement(objective)
    )
    return csv_response(f"objective-{objective.pk}-measurements.csv", header, rows)


def _newer(measurement: Measurement) -> Measurement | None:
    return getattr(measurement, "corrected_by", None)


def _find(objective_id: int) -> Objective:
    return get_object_or_404(Objective.objects.select_related("goal__proposal", "owner__organization"), pk=objective_id)


def _set(request: HttpRequest, goal: SharedGoal, objective: Objective | None) -> HttpResponse:
    form = ObjectiveForm(request.POST or None, instance=objective)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.set_objective(actor=request.actor, goal=goal, objective=objective, **form.cleaned_data)
        except Refusal as refusal:
            return conflict(request, str(refusal))
        lacks = sentences.lacks(kept)
        messages.success(request, _("Saved. It still lacks: %(what)s.") % {"what": lacks} if lacks else _("Saved."))
        return redirect(f"{reverse('plans:goal', args=[request.coalition.slug, goal.pk])}?objective={kept.pk}")
    context = {"form": form, "goal": goal, "objective": objective}
    return render(request, "plans/objective_form.html", context, status=422 if request.method == "POST" else 200)


def _show(request: HttpRequest, objective: Objective, form: MeasurementForm, status: int = 200) -> HttpResponse:
    progress = queries.progress_of(objective, queries.current_measurements().filter(objective=objective))
    context: dict[str, Any] = {
        "objective": objective,
        "shown": progress,
        "finding": sentences.finding(progress),
        "lacks": sentences.lacks(objective),
        "chart": line_chart(objective, progress.readings),
        "measurements": [
            (m, policies.correct_measurement.holds(request.actor, m)) for m in queries.every_measurement(objective)
        ],
        "may_plan": policies.set_objective.holds(request.actor) and objective.goal.state in {"adopted", "reached"},
        "form": form,
    }
    return render(request, "plans/objective.html", context, status=status)
