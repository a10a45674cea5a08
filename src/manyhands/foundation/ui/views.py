"""The More page and the style guide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from manyhands.foundation.access.rules import anyone, seated
from manyhands.foundation.access.views import allow

from .guide import examples
from .navigation import links_for, rooms_for
from .vendor import icon_names


@require_GET
@allow(seated)
def more(request: HttpRequest, coalition: str) -> HttpResponse:
    """Every room and every setting of this coalition, each with one line on what it is for."""
    return render(request, "ui/more.html", {"rooms": rooms_for(request), "sections": links_for(request)})


@require_GET
@allow(anyone)
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every token and component, rendered by the components themselves."""
    return render(request, "ui/style_guide.html", examples(request) | {"icons": icon_names()})
