"""Signing in with a link instead of a password."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from manyhands.foundation.access.rules import anyone, signed_in
from manyhands.foundation.access.views import allow
from manyhands.foundation.jobs.tasks import enqueue

from ..callers import our_page
from ..forms import LinkForm
from ..links import UnusableLink, find_link, follow_link
from ..tasks import send_letter


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allow(anyone)
def send_link(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same for an address we know and one we do not, and takes as long."""
    typed = request.POST.get("email") or request.POST.get("login") or request.GET.get("email") or ""
    next_url = our_page(request.POST.get("next") or request.GET.get("next") or "", "")
    form = LinkForm({"email": typed}) if request.method == "POST" else LinkForm(initial={"email": typed})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            address = form.cleaned_data["email"]
            if ratelimit.consume(request, action="send_link", key=address):
                _ask_for_letter(address, next_url)
                return redirect("accounts:link_sent")
            form.add_error(None, get_adapter().error_messages["rate_limited"])
            status = 429
    return render(request, "accounts/send_link.html", {"form": form, "next": next_url}, status=status)


@require_GET
@allow(anyone)
def link_sent(request: HttpRequest) -> HttpResponse:
    """Where to look now."""
    return render(
        request,
        "accounts/said.html",
        {
            "base": "page_slim.html",
            "heading": _("Look into your mail"),
            "lede": _(
                "A letter with a link is on its way. The link works once, within 15 minutes. "
                "Nothing there? Look among the unwanted mail, or ask again."
            ),
            "again": True,
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allow(anyone)
@sensitive_variables("secret")
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A page with one button. Opening it does nothing, because mail scanners open links too; the button signs in."""
    if not ratelimit.consume(request, action="open_link"):
        return ratelimit.respond_429(request)
    try:
        if request.method == "POST":
            return follow_link(request, secret)
        return render(request, "accounts/open_link.html", {"link": find_link(secret)})
    except UnusableLink:
        return render(request, "accounts/dead_link.html", {"form": LinkForm()}, status=410)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allow(signed_in)
def prove(request: HttpRequest) -> HttpResponse:
    """For people without a password or a second step: a fresh link shows that they still read their mail."""
    next_url = our_page(request.POST.get("next") or request.GET.get("next") or "")
    assert request.user.is_authenticated  # the guard asks for it
    context = {"next": next_url}
    if request.method == "POST":
        if not ratelimit.consume(request, action="send_link", key=request.user.email):
            context["paused"] = get_adapter().error_messages["rate_limited"]
            return render(request, "accounts/prove.html", context, status=429)
        _ask_for_letter(request.user.email, next_url)
        return redirect("accounts:link_sent")
    return render(request, "accounts/prove.html", context)


def _ask_for_letter(address: str, next_url: str) -> None:
    enqueue(
        send_letter,
        once=False,
        kind="sign_in_link",
        address=address,
        next_url=next_url or "/",
        language=get_language() or "",
    )
