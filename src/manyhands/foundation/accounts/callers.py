"""Who is calling, as far as we may know and keep it."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from .rules import browser_of, caller_behind, network_of


@dataclass(frozen=True)
class Caller:
    """What of a caller may be written down."""

    network: str = ""
    browser: str = ""


def address_of(request: HttpRequest) -> str:
    """The caller's address, for counting tries; kept only in the limits' cache, for minutes.

    ``X-Forwarded-For`` is believed only as far as ``MANYHANDS_TRUSTED_PROXIES`` says.
    """
    return caller_behind(
        settings.ENVIRONMENT.trusted_proxies,
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        request.META.get("REMOTE_ADDR", ""),
    )


def caller(request: HttpRequest | None) -> Caller:
    """The network and the kind of browser behind a request; nothing when there is no request."""
    if request is None:
        return Caller()
    return Caller(network_of(address_of(request)), browser_of(request.META.get("HTTP_USER_AGENT", "")))


def our_page(url: str, otherwise: str = "/") -> str:
    """The address if it is a page of this site, else ``otherwise``. Nobody is sent elsewhere after signing in."""
    ours = url.startswith("/") and len(url) <= 500 and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if ours else otherwise
