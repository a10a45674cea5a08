"""What can be done next with something, offered by rooms that its own room knows nothing of.

Common ground shows statements; another room can turn one into a proposal. Neither imports the other: the second
offers, the first shows what is offered.

    register_offer("statement", _("Draft a proposal from this"), url=lambda request, statement: "/c/…", icon="scale")
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from manyhands.foundation.access.rules import Permission


@dataclass(frozen=True)
class Offer:
    """One thing that can be done with one row: a verb and a thing, and where it is done."""

    label: Any
    icon: str
    url: Callable[[HttpRequest, Any], str]
    allowed: Permission | None = None
    order: int = 50


@dataclass(frozen=True)
class Offered:
    """An offer as a page shows it."""

    label: Any
    icon: str
    url: str


#: Every offer, by the kind of row it is for.
OFFERS: dict[str, list[Offer]] = {}


def register_offer(
    kind: str,
    label: Any,
    url: Callable[[HttpRequest, Any], str],
    icon: str = "arrow-right",
    allowed: Permission | None = None,
    order: int = 50,
) -> None:
    """Offer a deed on every row of a kind; called once, when a room is set up.

    ``url(request, row)`` gives the address, or nothing where the offer does not fit the row. With ``allowed``, only
    those for whom it holds are shown the offer. The smallest ``order`` stands first: where a page has room for one
    deed only, it is that one.
    """
    offers = OFFERS.setdefault(kind, [])
    if all(offer.label != label for offer in offers):
        offers.append(Offer(label, icon, url, allowed, order))
        offers.sort(key=lambda offer: offer.order)


def offers_for(kind: str, request: HttpRequest, row: Any) -> list[Offered]:
    """What this person can do with this row."""
    fitting = (
        (offer, offer.url(request, row))
        for offer in OFFERS.get(kind, [])
        if offer.allowed is None or offer.allowed.holds(request.actor)  # type: ignore[attr-defined]
    )
    return [Offered(offer.label, offer.icon, url) for offer, url in fitting if url]
