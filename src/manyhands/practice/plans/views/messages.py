"""How a goal is said to whom."""

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.plans import actions, policies, queries
from manyhands.practice.plans.forms import MessageForm


@require_http_methods(["GET", "POST"])
@allow(seated)
def messages(request: HttpRequest, coalition: str, shared_goal_id: int) -> HttpResponse:
    goal = get_object_or_404(SharedGoal.objects.filter(state="adopted"), pk=shared_goal_id)
    motives = queries.motives_to_speak_to(request.actor)
    form = MessageForm(request.POST or None, motives=motives)
    if request.method == "POST" and form.is_valid():
        try:
            actions.frame_message(actor=request.actor, goal=goal, **form.cleaned_data)
        except actions.NotNow:
            form.add_error(None, _("That reason or this goal has changed while you were writing. Look again."))
        else:
            told.success(request, _("Kept. Whoever speaks with them finds these words here."))
            return redirect("plans:messages", coalition, goal.pk)
    context = {
        "goal": goal,
        "framed": queries.messages_of(goal, request.actor),
        "form": form,
        "count_motives": len(motives),
        "may_frame": bool(motives) and policies.add_task.holds(request.actor),
    }
    return render(request, "plans/messages.html", context, status=422 if form.errors else 200)
