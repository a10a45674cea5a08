"""How we decide, in plain words, and changing it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.practice.governance import actions, policies, queries, sentences
from manyhands.practice.governance.forms import RuleForm
from manyhands.practice.governance.models import DecisionKind, DecisionRule


@require_GET
@allow(seated)
def how_we_decide(request: HttpRequest, coalition: str) -> HttpResponse:
    """Every rule in force, explained; earlier ones below."""
    live = queries.rules_in_force()
    context = {
        "rules": [(rule, sentences.rule_explained(rule)) for rule in live],
        "earlier": DecisionRule.objects.filter(superseded_at__isnull=False).order_by("-superseded_at"),
        "missing": [label for kind, label in DecisionKind.choices if kind not in {rule.kind for rule in live}],
        "may_set": policies.set_rule.holds(request.actor),
    }
    return render(request, "governance/how_we_decide.html", context)


@require_http_methods(["GET", "POST"])
@allow(policies.set_rule)
def set_rule(request: HttpRequest, coalition: str) -> HttpResponse:
    """The rule of the kind in ``?kind=``."""
    kind = request.GET.get("kind", DecisionKind.ORDINARY)
    if kind not in DecisionKind.values:
        raise Http404
    live = queries.rule_in_force(kind)
    form = RuleForm(request.POST) if request.method == "POST" else RuleForm.showing(live)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.set_rule(
            actor=request.actor, kind=kind, name=said["name"], terms=form.terms(), notice_days=said["notice_days"]
        )
        messages.success(request, _("The new rule is in force. Proposals that are open keep the one they began with."))
        return redirect("governance:how_we_decide", coalition)
    context = {"form": form, "kind": DecisionKind(kind), "live": live}
    return render(request, "governance/set_rule.html", context, status=422 if request.method == "POST" else 200)
