"""Closed talks. These pages are kept by no browser, have no file, no search and no address for a single post."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict

from .. import policies
from ..actions.steps import GroundRulesFirst
from ..models import ClosedTalk
from . import actions, queries
from .forms import PostForm, TalkForm


@require_GET
@never_cache
@allow(seated)
def talk_list(request: HttpRequest, coalition: str) -> HttpResponse:
    """The talks I was asked into."""
    context = {"talks": queries.talks_for(request.actor), "may_begin": policies.begin_talk.holds(request.actor)}
    return render(request, "alignment/talks/talks.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@allow(policies.begin_talk)
def begin_talk(request: HttpRequest, coalition: str) -> HttpResponse:
    """Begin a talk among a few."""
    form = TalkForm(request.POST if request.method == "POST" else None, seat_id=request.actor.seat_id)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "seats": list(form.cleaned_data["seats"])}
        talk = actions.begin_talk(actor=request.actor, **given)
        messages.success(request, _("Begun. Those you chose find it on their desk."))
        return redirect("alignment:talk", coalition, talk.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "alignment/talks/begin.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
@allow(seated)
def talk_page(request: HttpRequest, coalition: str, closed_talk_id: int) -> HttpResponse:
    """One talk, as long as it lasts, for those in it."""
    talk = _find(request, closed_talk_id)
    form, status = PostForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.say_in_talk(actor=request.actor, talk=talk, text=form.cleaned_data["text"])
            except actions.TalkIsOver:
                return conflict(request, _("This talk has ended, and its words are gone."))
            except GroundRulesFirst:
                form.add_error(None, _("Please read and accept our ground rules first; your words are kept here."))
                status = 409
            except actions.TooFast:
                form.add_error(None, _("You said much in a short time. Let others speak, and go on in ten minutes."))
                status = 429
            else:
                return redirect(f"{reverse('alignment:talk', args=[coalition, talk.pk])}#latest")
    context = {
        "talk": talk,
        "posts": queries.posts_of(talk),
        "form": form,
        "people": [place.seat for place in talk.places.all()],
        "may_end": policies.end_talk.holds(request.actor, talk),
    }
    return render(request, "alignment/talks/talk.html", context, status=status)


@require_POST
@allow(seated)
def end_talk(request: HttpRequest, coalition: str, closed_talk_id: int) -> HttpResponse:
    """End a talk before its day."""
    talk = _find(request, closed_talk_id)
    if not policies.end_talk.holds(request.actor, talk):
        raise Http404
    try:
        actions.end_talk(actor=request.actor, talk=talk)
    except actions.TalkIsOver:
        return conflict(request, _("This talk has ended, and its words are gone."))
    messages.success(request, _("Ended. Every word of it is erased."))
    return redirect("alignment:talks", coalition)


def _find(request: HttpRequest, closed_talk_id: int) -> ClosedTalk:
    return get_object_or_404(queries.talks_for(request.actor), pk=closed_talk_id)
