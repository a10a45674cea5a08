"""What a page shows of its saved views: one's own and shared ones, and the form to keep the view one looks at."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from manyhands.foundation.access.rules import Actor

from ..models import SavedView
from . import queries, rules
from .forms import SaveViewForm


def saved_views(
    actor: Actor,
    page: str,
    asked: Mapping[str, str],
    form: SaveViewForm | None = None,
    known: Iterable[SavedView] | None = None,
) -> dict[str, Any]:
    """For `_saved_views.html` and `_keep_view.html`; `asked` is the address's question part.

    One query, or none with the views that are ``known`` already.
    """
    now = {key: asked[key] for key in rules.SAVED[page] if asked.get(key)}
    query = urlencode(now)
    return {
        "saved_page": f"stakeholders:{page}",
        "saved_views": list(queries.saved_views(actor, page) if known is None else known),
        "query": query,
        "view_form": form or SaveViewForm(initial={"page": page, "query": query}),
    }
