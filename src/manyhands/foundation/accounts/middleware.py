"""Speaks a person's language and keeps their hours; notes, once an hour, that a device is still in use."""

import time
import zoneinfo
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from .callers import caller
from .recognizing import recognizing

NOTED = "accounts_seen"
EVERY_SECONDS = 60 * 60


class PersonalSettings:
    """Uses the language and time zone a signed-in person chose, for this one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with recognizing():
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        language = getattr(person, "language", "") or translation.get_language_from_request(request)
        zone = getattr(person, "time_zone", "")
        with translation.override(language), timezone.override(_zone(zone)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        _note_device(request)
        return response


def _zone(name: str) -> zoneinfo.ZoneInfo | None:
    """The zone by its name. A name that this machine no longer knows, or never did, gives the usual zone."""
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _note_device(request: HttpRequest) -> None:
    """Keep the list of devices coarse and fresh: a network and a kind of browser, and the hour it was last seen.

    The library writes the full address when somebody signs in or changes a password; :func:`renew_device` then asks
    us to blur it before the answer leaves. Other pages cost one comparison.
    """
    session = getattr(request, "session", None)
    if session is None or session.get(NOTED, None) is None or not request.user.is_authenticated:
        return
    if session[NOTED] < time.time() - EVERY_SECONDS:
        where = caller(request)
        UserSession.objects.filter(session_key=session.session_key).update(
            ip=where.network or "0.0.0.0",  # noqa: S104
            user_agent=where.browser,
            last_seen_at=timezone.now(),
        )
        session[NOTED] = int(time.time())


def renew_device(request: HttpRequest) -> None:
    """Note this device again at the end of this request."""
    request.session[NOTED] = 0
