"""What allies told us: the list of all, the answer to one, and that they were told."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.lists import ListPage
from manyhands.foundation.ui.offers import offers_for

from ... import policies
from ...models import Input
from .. import actions, queries
from ..forms import AnswerForm, ToldForm

STATES = [
    ("heard", gettext_lazy("Nothing decided yet")),
    ("to tell", gettext_lazy("Decided, not told")),
    ("told", gettext_lazy("Told")),
]


@require_GET
@allow(policies.see_allies)
def inputs(request: HttpRequest, coalition: str) -> HttpResponse:
    rows = queries.inputs(request.actor)

    def by_state(found: QuerySet, value: str) -> QuerySet:
        return found.filter(queries.INPUT_STATES[value])

    listed = ListPage(
        request,
        rows,
        search=["text", "became", "stakeholder__name"],
        filters={"state": (_("How far it is"), STATES, by_state)},
        sorts={"on": (_("When"), "on"), "who": (_("Who"), ["stakeholder__name", "on"])},
        default_sort="-on",
        page_size=20,
    )
    if listed.wants_csv:
        header = [_("Who"), _("When"), _("What they told us"), _("What became of it"), _("In words"), _("Told on")]

        def row(heard: Any) -> list[Any]:
            return [heard.stakeholder.name, heard.on, heard.text, heard.get_state_display(), heard.became,
                    heard.told_on or ""]  # fmt: skip

        return listed.csv_response(f"{coalition}-inputs.csv", header, row)
    for heard in listed.page:
        heard.offers = offers_for("input", request, heard)
    context = {"listed": listed, "may_answer": policies.answer_input.holds(request.actor)}
    return render(request, "stakeholders/outreach/inputs.html", context)


@require_http_methods(["GET", "POST"])
@allow(policies.answer_input)
def answer_input(request: HttpRequest, coalition: str, input_id: int) -> HttpResponse:
    heard = _find(request, input_id)
    begin = {"state": heard.state, "became": heard.became} if heard.became else {}
    form = AnswerForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_input(actor=request.actor, heard=heard, **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Saved. Now tell them, and write down when."))
            return redirect("stakeholders:answer_input", coalition, heard.pk)
    return _show(request, heard, form, status=422 if request.method == "POST" else 200)


@require_POST
@allow(policies.answer_input)
def tell_input(request: HttpRequest, coalition: str, input_id: int) -> HttpResponse:
    heard = _find(request, input_id)
    form = ToldForm(request.POST)
    if form.is_valid():
        try:
            actions.tell_input(actor=request.actor, heard=heard, **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Good. They know what became of it."))
            return redirect("stakeholders:inputs", coalition)
    begin = {"state": heard.state, "became": heard.became} if heard.became else {}
    return _show(request, heard, AnswerForm(initial=begin), told=form, status=422)


def _show(
    request: HttpRequest, heard: Input, form: AnswerForm, told: ToldForm | None = None, status: int = 200
) -> HttpResponse:
    context = {"heard": heard, "form": form, "told_form": told or ToldForm()}
    return render(request, "stakeholders/outreach/answer_input.html", context, status=status)


def _find(request: HttpRequest, input_id: int) -> Input:
    return get_object_or_404(queries.inputs(request.actor), pk=input_id)
