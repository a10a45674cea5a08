"""Words to begin with, the menu of what people could do, and what was offered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.lists import ListPage

from ... import policies
from ...models import MenuItem, Script
from .. import actions, queries
from ..forms import MenuItemForm, ScriptForm


@require_GET
@allow(policies.see_allies)
def scripts(request: HttpRequest, coalition: str) -> HttpResponse:
    """Words by motive, with how often they were answered."""
    listed = ListPage(
        request,
        queries.scripts(),
        search=["name", "motive", "text"],
        filters={"motive": (_("For those who care about"), queries.motives_of_scripts(), "motive")},
        sorts={"name": (_("Words"), "name"), "used": (_("Used"), ["-used", "name"])},
        default_sort="name",
        page_size=20,
    )
    if listed.wants_csv:
        header = [_("Words"), _("For those who care about"), _("Used"), _("Answered"), _("Percent answered")]

        def row(script: Any) -> list[Any]:
            percent = queries.rate_of(script).percent
            told = _("not enough yet") if percent is None else percent
            return [script.name, script.motive, script.used, script.answered, told]

        return listed.csv_response(f"{coalition}-words.csv", header, row)
    for script in listed.page:
        script.rate = queries.rate_of(script)
    context = {
        "listed": listed,
        "rates": queries.rates_by_motive(),
        "enough": queries.rules.ENOUGH_USES,
        "may_write": policies.write_scripts.holds(request.actor),
    }
    return render(request, "stakeholders/outreach/scripts.html", context)


@require_http_methods(["GET", "POST"])
@allow(policies.write_scripts)
def add_script(request: HttpRequest, coalition: str) -> HttpResponse:
    return _script_form(request, None)


@require_http_methods(["GET", "POST"])
@allow(policies.write_scripts)
def edit_script(request: HttpRequest, coalition: str, script_id: int) -> HttpResponse:
    return _script_form(request, get_object_or_404(queries.scripts(), pk=script_id))


def _script_form(request: HttpRequest, script: Script | None) -> HttpResponse:
    form = ScriptForm(request.POST or None, instance=script)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                written = actions.write_script(actor=request.actor, script=script, **form.cleaned_data)
            except actions.Refused as problem:
                form.add_error(None, str(problem))
            except actions.ChangedMeanwhile:
                form.add_error(None, _("Somebody has put these words away meanwhile. Copy yours and write new ones."))
                status = 409
            else:
                is_anew = script is not None and written.pk != script.pk
                told = _("Saved. They count anew; the words that were used stay on record.") if is_anew else _("Saved.")
                messages.success(request, told)
                return redirect("stakeholders:scripts", request.coalition.slug)
    context = {"form": form, "script": script}
    return render(request, "stakeholders/outreach/script_form.html", context, status=status)


@require_POST
@allow(policies.write_scripts)
def retire_script(request: HttpRequest, coalition: str, script_id: int) -> HttpResponse:
    script = get_object_or_404(Script, pk=script_id)
    actions.retire_script(actor=request.actor, script=script)
    undo = f"undo:{reverse('stakeholders:restore_script', args=[coalition, script.pk])}"
    messages.success(request, _("Put away. What they achieved stays on record."), extra_tags=undo)
    return redirect("stakeholders:scripts", coalition)


@require_POST
@allow(policies.write_scripts)
def restore_script(request: HttpRequest, coalition: str, script_id: int) -> HttpResponse:
    actions.retire_script(actor=request.actor, script=get_object_or_404(Script, pk=script_id), is_retired=False)
    messages.success(request, _("The words are back."))
    return redirect("stakeholders:scripts", coalition)


@require_GET
@allow(policies.see_allies)
def menu(request: HttpRequest, coalition: str) -> HttpResponse:
    """What people could do for us, to choose from when inviting."""
    listed = ListPage(
        request,
        queries.menu(),
        search=["text"],
        filters={
            "kind": (_("Kind"), MenuItem.Kind.choices, "kind"),
            "state": (
                _("State"),
                [("on", _("On the menu")), ("off", _("Taken off"))],
                lambda rows, value: rows.filter(retired_at__isnull=value == "on"),
            ),
        },
        sorts={"kind": (_("Kind"), ["kind", "text"]), "offered": (_("Offered"), ["-offered", "text"])},
        default_sort="kind",
        page_size=30,
    )
    if listed.wants_csv:
        header = [_("What they could do"), _("Kind"), _("Asked"), _("Offered"), _("On the menu")]

        def row(item: Any) -> list[Any]:
            return [item.text, item.get_kind_display(), item.asked or 0, item.offered,
                    _("no") if item.retired_at else _("yes")]  # fmt: skip

        return listed.csv_response(f"{coalition}-menu.csv", header, row)
    context = {"listed": listed, "may_write": policies.write_scripts.holds(request.actor)}
    return render(request, "stakeholders/outreach/menu.html", context)


@require_http_methods(["GET", "POST"])
@allow(policies.write_scripts)
def add_menu_item(request: HttpRequest, coalition: str) -> HttpResponse:
    return _menu_form(request, None)


@require_http_methods(["GET", "POST"])
@allow(policies.write_scripts)
def edit_menu_item(request: HttpRequest, coalition: str, menu_item_id: int) -> HttpResponse:
    return _menu_form(request, get_object_or_404(MenuItem, pk=menu_item_id))


def _menu_form(request: HttpRequest, item: MenuItem | None) -> HttpResponse:
    form = MenuItemForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_menu_item(actor=request.actor, item=item, **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Saved. It can be chosen when somebody is invited."))
            return redirect("stakeholders:menu", request.coalition.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "stakeholders/outreach/menu_item_form.html", {"form": form, "item": item}, status=status)


@require_POST
@allow(policies.write_scripts)
def retire_menu_item(request: HttpRequest, coalition: str, menu_item_id: int) -> HttpResponse:
    item = get_object_or_404(MenuItem, pk=menu_item_id)
    actions.retire_menu_item(actor=request.actor, item=item)
    undo = f"undo:{reverse('stakeholders:restore_menu_item', args=[coalition, item.pk])}"
    messages.success(request, _("Off the menu. Letters that name it stay as they are."), extra_tags=undo)
    return redirect("stakeholders:menu", coalition)


@require_POST
@allow(policies.write_scripts)
def restore_menu_item(request: HttpRequest, coalition: str, menu_item_id: int) -> HttpResponse:
    item = get_object_or_404(MenuItem, pk=menu_item_id)
    actions.retire_menu_item(actor=request.actor, item=item, is_retired=False)
    messages.success(request, _("It is on the menu again."))
    return redirect("stakeholders:menu", coalition)


@require_GET
@allow(policies.see_allies)
def offers(request: HttpRequest, coalition: str) -> HttpResponse:
    """Everything that somebody offered to do or give."""
    listed = ListPage(
        request,
        queries.offers(),
        search=["text", "stakeholder__name", "organization__name"],
        filters={"kind": (_("Kind"), MenuItem.Kind.choices, "kind")},
        sorts={"at": (_("When"), "offered_at"), "what": (_("What they offer"), "text")},
        default_sort="-at",
        page_size=20,
    )
    if listed.wants_csv:
        header = [_("What they offer"), _("Kind"), _("Who"), _("When")]

        def row(offer: Any) -> list[Any]:
            who = offer.organization or offer.stakeholder or ""
            return [offer.text, offer.get_kind_display(), who, offer.offered_at.date()]

        return listed.csv_response(f"{coalition}-offers.csv", header, row)
    return render(request, "stakeholders/outreach/offers.html", {"listed": listed})
