"""Where people can go. Each room says so itself, from the `ready()` of its `apps.py`; `ui` knows none of them.

    register_room(label=_("Allies"), icon="affiliate", url_name="stakeholders:allies", order=20)

On a wide screen all rooms stand in the masthead. On a phone the first four with ``phone=True`` stand at the thumb;
the rest are on the "More" page, together with every `register_link`.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.urls import NoReverseMatch

from manyhands.foundation.access.rules import Permission
from manyhands.foundation.access.written import WrittenOnce

from .addresses import address_of

PHONE_ROOMS = 4

Awaits = Callable[[Any, Any], QuerySet]


@dataclass(frozen=True)
class Place:
    """Somewhere to go, as a room registered it."""

    label: Any
    icon: str
    url_name: str
    order: int
    hint: Any = ""
    section: Any = ""
    phone: bool = True
    post: bool = False
    allowed: Permission | None = None
    awaits: Awaits | None = field(default=None, compare=False)
    shown: Callable[[Any], bool] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Door:
    """A place as one request sees it: its address, whether we are in it, and what awaits the person there."""

    place: Place = field(compare=False)  # there is one at each address
    address: str
    is_current: bool = False
    awaits: int = 0
    on_phone: bool = False


_rooms: dict[str, Place] = {}
_links: dict[str, Place] = {}
_person_links: dict[str, Place] = {}


def register_room(
    *,
    label: Any,
    icon: str,
    url_name: str,
    order: int,
    phone: bool = True,
    awaits: Awaits | None = None,
    allowed: Permission | None = None,
    hint: Any = "",
) -> None:
    """Show a room in the masthead of every page of a coalition.

    Parameters
    ----------
    label
        One or two words, translatable.
    icon
        A name from icons.txt.
    url_name
        A page that takes only `coalition` (the slug).
    order
        Smaller stands earlier; leave gaps of ten.
    phone
        May it stand at the thumb? The first four that may, do.
    awaits
        The rows that await this actor there, now. Asked on every page, those of all rooms in one query that is
        written once: take ids from the actor and the moment from the second argument (`access/written`).
    allowed
        Who sees the door; everyone with a seat when left out.
    hint
        One sentence for the More page.
    """
    _rooms[url_name] = Place(label, icon, url_name, order, hint=hint, phone=phone, awaits=awaits, allowed=allowed)
    _counts.cache_clear()


def register_link(
    *,
    section: Any,
    label: Any,
    icon: str,
    url_name: str,
    order: int = 50,
    hint: Any = "",
    allowed: Permission | None = None,
) -> None:
    """Show a link on the More page of a coalition, under the heading `section`."""
    _links[url_name] = Place(label, icon, url_name, order, hint=hint, section=section, allowed=allowed)


def register_person_link(
    *,
    label: Any,
    icon: str,
    url_name: str,
    order: int = 50,
    post: bool = False,
    allowed: Callable[[Any], bool] | None = None,
) -> None:
    """Show a page about oneself (profile, sign out) in the menu behind one's own mark. `post` makes it a button.

    ``allowed`` asks of the request whether this person sees it; everyone signed in when left out.
    """
    _person_links[url_name] = Place(label, icon, url_name, order, post=post, shown=allowed)


def rooms_for(request: HttpRequest) -> list[Door]:
    """The rooms this person may enter, in order, with the one they are in marked."""
    doors = list(_open(request, _rooms.values()))
    here = _current(request, doors)
    at_thumb = [door for door, place in doors if place.phone][:PHONE_ROOMS]
    awaits = _awaiting(request, [place for _address, place in doors])
    return [
        Door(place, address, is_current=address == here, awaits=awaits[place], on_phone=address in at_thumb)
        for address, place in doors
    ]


def links_for(request: HttpRequest) -> dict[str, list[Door]]:
    """The links of the More page by section, both in order."""
    sections: dict[str, list[Door]] = {}
    for address, place in _open(request, _links.values()):
        sections.setdefault(str(place.section), []).append(Door(place, address))
    return sections


def person_links(request: HttpRequest) -> list[Door]:
    """The menu behind one's own mark."""
    ours = (place for place in _person_links.values() if place.shown is None or place.shown(request))
    found = ((place, _address(place)) for place in sorted(ours, key=lambda place: place.order))
    return [Door(place, address) for place, address in found if address]


def registered() -> list[Place]:
    """Everything that was registered; for the tests."""
    return [*_rooms.values(), *_links.values(), *_person_links.values()]


def _open(request: HttpRequest, places: Iterable[Place]) -> Iterable[tuple[str, Place]]:
    coalition = getattr(request, "coalition", None)
    actor = getattr(request, "actor", None)
    if coalition is None or actor is None or actor.seat_id is None:
        return
    for place in sorted(places, key=lambda place: place.order):
        address = _address(place, coalition=coalition.slug)
        if address and (place.allowed is None or place.allowed.holds(actor)):
            yield address, place


def _address(place: Place, **kwargs: str) -> str:
    try:
        return address_of(place.url_name, **kwargs)
    except NoReverseMatch:  # a test names such places; a visitor should not meet a broken page for one
        return ""


def _current(request: HttpRequest, doors: list[tuple[str, Place]]) -> str:
    """The room whose pages we are among; of several in one app, the one whose address fits best."""
    match = request.resolver_match
    app = match.app_name if match else ""
    ours = [address for address, place in doors if app and place.url_name.split(":")[0] == app]
    fitting = [address for address in ours if request.path.startswith(address)]
    return max(fitting, key=len, default=ours[0] if ours else "")


def _awaiting(request: HttpRequest, places: list[Place]) -> Counter[Place]:
    """How many rows await this person in each room."""
    if not any(place.awaits for place in places):
        return Counter()
    asked = tuple(place.url_name for place in places)
    return Counter(places[number] for (number,) in _counts(asked).ask(request.actor))  # type: ignore[attr-defined]


@lru_cache(maxsize=64)
def _counts(url_names: tuple[str, ...]) -> WrittenOnce:
    """What awaits somebody behind these doors, as one question."""

    def ask(actor: Any, now: Any) -> QuerySet:
        rows = [
            place.awaits(actor, now).order_by().annotate(door=Value(number)).values_list("door", flat=True)
            for number, place in enumerate(_rooms[name] for name in url_names)
            if place.awaits
        ]
        return rows[0].union(*rows[1:], all=True)

    return WrittenOnce(ask)
