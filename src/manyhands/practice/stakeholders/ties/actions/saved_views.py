"""Views of a page that somebody wants to find again."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import Refused
from ...models import SavedView
from .. import rules
from ..events import ViewSaved, ViewThrownAway

MOST_VIEWS = 50


@transaction.atomic
def save_view(*, actor: Actor, page: str, name: str, query: str, is_shared: bool = False) -> SavedView:
    """Save a view of a page under a name; the same name again replaces one's earlier view.

    Who: everyone who sees the allies (`policies.save_view`).
    Refuses: no name, a page that has no views, more than 50 of one's own (`Refused`).
    Tells: `ViewSaved`.
    """
    require(actor, policies.save_view)
    assert actor.seat_id is not None  # only seats see the allies
    name = " ".join(name.split())[:80]
    if not name:
        raise Refused(_("Give the view a name, so that you find it again."))
    if page not in rules.SAVED or len(query) > 500:
        raise Refused(_("This view cannot be saved."))
    mine = SavedView.objects.filter(by_seat_id=actor.seat_id, page=page)
    view = mine.filter(name=name).first() or SavedView(by_seat_id=actor.seat_id, page=page, name=name)
    if view.pk is None and mine.count() >= MOST_VIEWS:
        raise Refused(_("You have 50 saved views. Throw one away first."))
    view.query, view.is_shared, view.saved_at = query, is_shared, now()
    view.save()
    record(ViewSaved(saved_view_id=view.pk), by=actor, about=view)
    return view


@transaction.atomic
def throw_view_away(*, actor: Actor, view: SavedView) -> None:
    """Throw away a view that one saved oneself.

    Who: whoever saved it (`policies.throw_view_away`).
    Refuses: nothing.
    Tells: `ViewThrownAway`.
    """
    require(actor, policies.throw_view_away, view)
    record(ViewThrownAway(saved_view_id=view.pk), by=actor, about=view)
    view.delete()
