"""How a line in the book reads: a sentence, and where to look at what it is about.

A room that registers nothing is read by the first line of its event's docstring.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import NoReverseMatch, Resolver404, resolve
from django.utils.translation import gettext

from manyhands.foundation.access.rules import Actor, Permission
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.written import AmongIds, RowsOfWords

from .authors import SOMEONE, author_rows
from .events import KINDS, Event
from .models import LedgerEntry

#: From the facts, with names in place of ids that have one, to the sentence.
Template = Any  # a translatable string with {placeholders}, or a function of the facts
UrlResolver = Callable[[LedgerEntry, str], str]
Names = Callable[[list[int]], QuerySet]


@dataclass(frozen=True)
class Sentence:
    template: Template
    url: UrlResolver | None


_sentences: dict[str, Sentence] = {}
_names: dict[str, tuple[Names, Any]] = {}
_titles: dict[str, "Titles"] = {}
_systems: dict[str, Any] = {}
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Titles:
    """How to name a row that a fact points at, and what to call it where its name is not to be told."""

    #: The fact, the id and the title of those among ``ids``.
    named: RowsOfWords
    otherwise: Any
    form: str
    allowed: Permission | None


@dataclass(frozen=True)
class Line:
    """One entry as a person reads it."""

    entry: LedgerEntry
    author: str
    is_system: bool
    text: str
    url: str


def register_sentence(kind: str | type[Event], template: Template, url_resolver: UrlResolver | None = None) -> None:
    """Say how lines of one kind read. Called once, when the room is set up.

    Parameters
    ----------
    kind
        An event, or its kind such as ``"governance.ProposalDecided"``.
    template
        A translatable sentence that begins with what was done: ``_("Closed a proposal: {outcome}.")``. Placeholders
        are facts of the event. A fact that :func:`register_names` knows is shown by its name. A function of those
        facts may make the sentence instead.
    url_resolver
        ``(entry, slug of the coalition) -> address`` of the page it is about; "" when there is none.
    """
    _sentences[kind if isinstance(kind, str) else kind.kind] = Sentence(template, url_resolver)


def register_names(fact: str, names: Names, nothing: Any = "") -> None:
    """Show a fact such as ``organization_id`` by name: ``names([3])`` are rows such as ``(3, "Two Wheels Club")``.

    ``nothing`` is said when the fact is None. ``seat_id`` is known already.
    """
    _names[fact] = (names, nothing)


def register_system(system: str, words: Any) -> None:
    """Say who signs the lines of a named system, where "Manyhands, by itself" would be untrue: a nameless person."""
    _systems[system] = words


def register_titles(
    fact: str,
    rows: Callable[[], QuerySet],
    field: str,
    *,
    otherwise: Any,
    form: str = "“%s”",
    allowed: Permission | None = None,
) -> None:
    """Show a fact such as ``proposal_id`` by what its row is called. All kinds of title share one query a page.

    ``rows`` holds only what may be named to everyone with a seat, or to those who are ``allowed``; the rest, and what
    is no longer there, is called ``otherwise``: ``_("a proposal")``.
    """

    def named() -> QuerySet:
        told = rows().order_by().annotate(fact_=Value(fact, CharField()), name_=Cast(field, TextField()))
        return told.filter(AmongIds("pk", "ids")).values_list("fact_", "pk", "name_")

    _titles[fact] = Titles(RowsOfWords(named), otherwise, form, allowed)


def lines(
    entries: Iterable[LedgerEntry],
    slug: str,
    known: dict[str, dict[int, str]] | None = None,
    actor: Actor | None = None,
) -> list[Line]:
    """Entries as this actor reads them: one query for all that they name.

    ``known`` spares them: names by fact and id, as :func:`~.authors.all_names` gives them. Without an actor, a title
    that only some may see is not told.
    """
    entries = list(entries)
    known = _all_named_in(entries, known or {}, actor)
    opens: dict[str, bool] = {}
    return [
        Line(
            entry=entry,
            author=_author(entry, known["seat_id"]),
            is_system=bool(entry.by_system),
            text=_text(entry, known),
            url=_url(entry, slug, actor, opens) if _all_named(entry, known) else "",
        )
        for entry in entries
    ]


def describe(kind: str) -> str:
    """One sentence on a kind of line, for the filter: the event's docstring, translated."""
    event = KINDS.get(kind)
    first = (event.__doc__ or "").strip().splitlines()[0] if event and event.__doc__ else kind
    return gettext(first)


def _seats_in(entries: list[LedgerEntry]) -> list[int]:
    """Every seat these lines speak of, as author or in what they tell."""
    told = (entry.facts.get("seat_id") for entry in entries)
    ids = {entry.by_seat_id for entry in entries if entry.by_seat_id} | {pk for pk in told if isinstance(pk, int)}
    return sorted(ids)


def _all_named_in(
    entries: list[LedgerEntry], known: dict[str, dict[int, str]], actor: Actor | None
) -> dict[str, dict[int, str]]:
    """Names and titles of everything these lines speak of, by fact and id."""
    names = _names_in(entries, known)
    titles = _titles_in(entries, actor)
    ask_together(*(rows for of_fact in names.values() for rows in of_fact), *titles)
    found: dict[str, dict[int, str]] = {fact: {} for fact in _titles}
    for fact, pk, title in (row for rows in titles for row in rows):
        found[fact][pk] = _titles[fact].form % title
    named = {fact: {pk: name for rows in of_fact for pk, name in rows} for fact, of_fact in names.items()}
    return {**named, **found, **known}


def _names_in(entries: list[LedgerEntry], known: dict[str, dict[int, str]]) -> dict[str, list[QuerySet]]:
    found = {} if "seat_id" in known else {"seat_id": author_rows(_seats_in(entries))}
    for fact, (names, _nothing) in _names.items():
        if fact not in known:
            ids = {entry.facts[fact] for entry in entries if entry.facts.get(fact) is not None}
            found[fact] = [names(sorted(ids))] if ids else []
    return found


def _titles_in(entries: list[LedgerEntry], actor: Actor | None) -> list[QuerySet]:
    asked = []
    for fact, titles in _titles.items():
        ids = {entry.facts[fact] for entry in entries if isinstance(entry.facts.get(fact), int)}
        if ids and (titles.allowed is None or (actor is not None and titles.allowed.holds(actor))):
            asked.append(titles.named.rows(ids=ids))
    return asked


def _author(entry: LedgerEntry, authors: dict[int, str]) -> str:
    if entry.by_seat_id is None:
        return str(_systems.get(entry.by_system) or gettext("Manyhands, by itself"))
    return authors.get(entry.by_seat_id, str(SOMEONE))


def _text(entry: LedgerEntry, known: dict[str, dict[int, str]]) -> str:
    sentence = _sentences.get(entry.kind)
    if sentence is None:
        return describe(entry.kind)
    facts = {fact: _shown(fact, value, known) for fact, value in entry.facts.items()}
    try:
        return str(sentence.template(facts) if callable(sentence.template) else str(sentence.template).format(**facts))
    except (KeyError, IndexError, ValueError):  # an older line has other facts
        return describe(entry.kind)


def _shown(fact: str, value: Any, known: dict[str, dict[int, str]]) -> Any:
    if fact not in known:
        return value
    if fact in _titles:
        return known[fact].get(value, str(_titles[fact].otherwise))
    if value is None:
        return str(_names[fact][1]) if fact in _names else ""
    return known[fact].get(value, str(SOMEONE) if fact == "seat_id" else gettext("something since removed"))


def _all_named(entry: LedgerEntry, known: dict[str, dict[int, str]]) -> bool:
    """What may not be named, or is no longer there, is not led to either: its page would say that there is none."""
    return all(fact not in _titles or value is None or value in known[fact] for fact, value in entry.facts.items())


@lru_cache(maxsize=4096)
def _needed_at(address: str) -> Permission | None:
    """What one must be allowed to for the page at an address; which row it shows makes no difference."""
    return getattr(resolve(address).func, "allows", None)


def _url(entry: LedgerEntry, slug: str, actor: Actor | None, opens: dict[str, bool]) -> str:
    """The page a line is about, where this actor may open it; ``opens`` remembers that for each kind of line."""
    sentence = _sentences.get(entry.kind)
    if sentence is None or sentence.url is None:
        return ""
    try:
        address = sentence.url(entry, slug) or ""
        if address and actor is not None and entry.kind not in opens:
            needed = _needed_at(_NUMBER.sub("1", address.partition("#")[0].partition("?")[0]))
            opens[entry.kind] = needed is None or needed.holds(actor)
    except (KeyError, NoReverseMatch, Resolver404):
        return ""
    return address if opens.get(entry.kind, True) else ""
