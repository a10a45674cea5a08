"""What somebody asked of the map, read from the address; what nobody offered is left out, not refused."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ui.lists import ListPage

from ..models import LEVELS, Tie
from ..rules import folded
from .queries import Link, Network

#: "at least this close"; level 0 is no tie at all.
AT_LEAST = [(str(level), words) for level, words in LEVELS if level]


def wanted_id(request: HttpRequest, name: str) -> int | None:
    """A number in the address, or nothing."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def wanted_actor(request: HttpRequest, name: str, network: Network) -> int | None:
    """An actor by number, or by the name that somebody typed where the list is too long to choose from."""
    number = wanted_id(request, name)
    if number is not None:
        return number if number in network.nodes else None
    typed = folded(request.GET.get(name, ""))
    if not typed:
        return None
    return next((pk for pk, node in network.nodes.items() if folded(node.name) == typed), None)


def wanted_day(request: HttpRequest) -> date | None:
    """The day the map is asked for; None is today. A day that no calendar has is none."""
    try:
        day = parse_date(request.GET.get("on", ""))
    except ValueError:
        return None
    return day if day is not None and day < localdate() else None


class TieRows(ListPage):
    """The list of ties under the map. It narrows what has been read already, so it asks nothing of the database."""

    def __init__(self, request: HttpRequest, network: Network, on: date | None) -> None:
        self.network, self.on = network, on or localdate()
        super().__init__(
            request,
            Tie.objects.none(),
            search=["one__name", "other__name"],
            filters={
                "kind": (_("Kind of tie"), Tie.Kind.choices, "kind"),
                "level": (_("At least"), AT_LEAST, "level"),
                "state": (_("Who says so"), Tie.State.choices, "state"),
            },
            sorts={
                "level": (_("How close"), ["-level"]),
                "one": (_("One"), "one"),
                "other": (_("The other"), "other"),
                "kind": (_("Kind of tie"), "kind"),
                "seen": (_("Last seen"), ["-seen_on"]),
            },
            default_sort="level",
        )

    @cached_property
    def all_rows(self) -> Any:
        chosen = {each.name: each.value for each in self.filters}
        words, names = folded(self.q).split(), self._names

        def fits(link: Link) -> bool:
            if not link.was_there(self.on):
                return False
            if chosen["kind"] and link.kind != chosen["kind"]:
                return False
            if chosen["state"] and link.state != chosen["state"]:
                return False
            if chosen["level"] and link.level < int(chosen["level"]):
                return False
            return all(word in names[link.one] or word in names[link.other] for word in words)

        return sorted(filter(fits, self.network.links), key=self._key, reverse=self.is_descending)

    @cached_property
    def _names(self) -> dict[int, str]:
        return {pk: folded(node.name) for pk, node in self.network.nodes.items()}

    def _key(self, link: Link) -> tuple[Any, ...]:
        one, other = self._names[link.one], self._names[link.other]
        if self.sort == "level":
            return -link.level, one, other, link.pk
        if self.sort == "seen":
            return -link.seen_on.toordinal(), one, other, link.pk
        return {"one": one, "other": other, "kind": link.kind}[self.sort], one, other, link.pk


@dataclass(frozen=True)
class Asked:
    """Everything the address of the map says."""

    actor: int | None
    start: str  # "us", "all", or the number of an actor
    to: int | None
    avoid: int | None
    on: date | None

    @classmethod
    def of(cls, request: HttpRequest, network: Network) -> "Asked":
        start = request.GET.get("from", "")
        begins = wanted_actor(request, "from", network) if start not in {"us", "all", ""} else None
        return cls(
            actor=wanted_actor(request, "actor", network),
            start="all" if start == "all" else str(begins or "us"),
            to=wanted_actor(request, "to", network),
            avoid=wanted_actor(request, "avoid", network),
            on=wanted_day(request),
        )
