"""The guard at each page's door."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect

from .rules import Permission

View = TypeVar("View", bound=Callable[..., HttpResponse])


def allow(needed: Permission) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Open the page to those for whom ``needed`` holds; to anyone else it does not exist.

    Someone who is not signed in is asked to sign in first, unless the page is open to all. A member who may see
    the page but not do the deed meets :class:`PermissionDenied` in the action, which is a 403 with a reason.
    """

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if needed.holds(request.actor):  # type: ignore[attr-defined]
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return _ask_to_sign_in(request)
            if request.actor.seat_id is not None:  # type: ignore[attr-defined]
                raise PermissionDenied(needed.name)
            raise Http404

        guarded.allows = needed  # type: ignore[attr-defined]
        return guarded

    return guard


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """On the way to this page; of a part that a page asks for by itself, to that page, lest the part go blank."""
    if not getattr(request, "htmx", False):
        return redirect_to_login(request.get_full_path())
    page = request.htmx.current_url_abs_path or request.get_full_path()  # type: ignore[attr-defined]
    return HttpResponseClientRedirect(redirect_to_login(page).url)
