"""Answers for when something does not work: what happened, why, and the way back.

Django finds 400.html, 403.html, 404.html and 500.html by itself; here are those that it does not.
"""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import bad_request


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The session ended while a form was open. What was typed is kept by scripts/drafts.js."""
    return render(request, "ui/session_ended.html", status=403)


def conflict(request: HttpRequest, sentence: str = "") -> HttpResponse:
    """409: somebody else was faster. A room gives the sentence that says at what."""
    return render(request, "409.html", {"sentence": sentence}, status=409)


def too_big(request: HttpRequest, sentence: str = "") -> HttpResponse:
    """413: more than we take in one go. A room gives the sentence that says how much that is."""
    return render(request, "413.html", {"sentence": sentence}, status=413)


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, and 413 where the form was more than Django takes in: the house's `handler400`."""
    if isinstance(exception, RequestDataTooBig):
        return too_big(request, _("Nothing was saved: a form takes in 12 MB, and this is more. Send it in parts."))
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        return too_big(request, _("Nothing was saved: this form has more fields than we take in. Send fewer at once."))
    return bad_request(request, exception)
