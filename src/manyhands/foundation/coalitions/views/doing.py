"""How a button is answered: do the deed, say what happened, go on; or say in one sentence why not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from manyhands.foundation.coalitions.actions import Refused
from manyhands.foundation.ui.errors import conflict


def settle(request: HttpRequest, deed: Callable[[], Any], said: str, go_to: str, *args: Any) -> HttpResponse:
    """Do a deed that has no form: back to a page with what happened, or the page that says why not (409)."""
    try:
        deed()
    except Refused as refused:
        return conflict(request, str(refused))
    messages.success(request, said)
    return redirect(go_to, *args)
