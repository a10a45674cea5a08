"""How the sign-in library's pages come to look and answer like ours."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now

#: How long a sign-in counts as proof that the person is still the person.
PROOF_LASTS = 10 * 60
PAUSED = {"too_many_login_attempts", "rate_limited"}


class Looks:
    """Mixed into a view of the library: our template, our words, and an honest status when a form is refused."""

    template_name = "accounts/form.html"
    door = True  # a page before signing in has no rooms to show
    heading: Any = ""
    lede: Any = ""
    button: Any = ""
    note: Any = ""
    danger = False
    back: tuple[str, Any] | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),  # type: ignore[misc]
            "base": "page_slim.html" if self.door else "page.html",
            "heading": self.heading,
            "lede": self.lede,
            "button": self.button,
            "note": self.note,
            "danger": self.danger,
            "back": (reverse(self.back[0]), self.back[1]) if self.back else None,
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if self.request.method == "POST":  # type: ignore[attr-defined]
            forms = [context.get(name) for name in ("form", "webauthn_form")]
            kwargs.setdefault("status", next((status for form in forms if (status := refusal(form))), 200))
        return super().render_to_response(context, **kwargs)  # type: ignore[misc]


def refusal(form: Any) -> int:
    """422 for a form that was refused, 429 when it was refused because of many tries, 0 when it was not refused."""
    if form is None or not form.is_bound or not form.errors:
        return 0
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return 429 if codes & PAUSED else 422


def proven_recently(request: HttpRequest) -> bool:
    """Has the person shown within ten minutes that it is them? By any way they have.

    Who has a password or a second step is asked for it again; who has none proves it by a fresh link.
    """
    if get_reauthentication_flows(request.user):
        return did_recently_reauthenticate(request)
    records = get_authentication_records(request, request.user)
    return any(now().timestamp() - record["at"] < PROOF_LASTS for record in records)


def prove_again(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask the person to prove again that it is them, before deeds that a borrowed phone must not do."""

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if proven_recently(request):
            return view(request, *args, **kwargs)
        if get_reauthentication_flows(request.user):
            raise ReauthenticationRequired  # the library keeps what was sent, asks, and goes on
        return redirect(f"{reverse('accounts:prove')}?{urlencode({'next': request.path})}")

    return asking
