"""One way for every list in the house: search, filter, sort, page, count, and the same rows as CSV.

In a view::

    allies = ListPage(
        request,
        Stakeholder.objects.select_related("owner"),
        search=["name", "place"],
        filters={"sector": (_("Sector"), [("health", _("Health"))], "sector")},
        sorts={"name": (_("Ally"), "name"), "influence": (_("Influence"), ["-influence", "name"])},
        default_sort="name",
    )
    if allies.wants_csv:
        return allies.csv_response("allies.csv", [_("Ally")], lambda ally: [ally.name])

The rows may be a `RowsForActor` instead: then the first page, and how many there are, is asked in words that are
written once, as long as nobody searches or filters.

In its template::

    <c-list-filters :list="allies" target="allies" label="Filter allies" />
    <section id="allies">
      <table class="table"><thead><tr><c-sort-header :list="allies" key="name" target="allies" />…
      <c-pager :page="allies.page" noun="allies" target="allies" csv />
    </section>

The section is replaced in place as people type, and works as plain links and a plain form without scripts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from manyhands.foundation.access.written import RowsForActor

from .spreadsheets import csv_response

LONGEST_SEARCH = 200  # characters; nobody types more, and each word costs a condition
MOST_WORDS = 8

#: A field lookup such as "sector" or "owner__isnull", or a function of the rows and the chosen value.
Rows = QuerySet[Any]
Lookup = str | Callable[[Rows, str], Rows]
Filters = Mapping[str, tuple[Any, Iterable[tuple[Any, Any]], Lookup]]
Sorts = Mapping[str, tuple[Any, str | Sequence[str]]]


@dataclass(frozen=True)
class Filter:
    """One select above the list, as it stands now."""

    name: str
    label: Any
    choices: tuple[tuple[str, Any], ...]
    value: str

    @property
    def id(self) -> str:
        return f"filter-{self.name}"


class ListPage:
    """What one person asked of one list, and the answer. Words and choices nobody offered are left out, not refused.

    Two queries at most: the count and the page. Rows in the same place by the chosen order are told apart by their key,
    so no row shows on two pages.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: Rows | RowsForActor,
        *,
        search: Sequence[str] = (),
        filters: Filters | None = None,
        sorts: Sorts | None = None,
        default_sort: str = "",
        page_size: int = 25,
        total: int | None = None,
    ) -> None:
        """``total``: how many rows there are before anything is narrowed, where the view knows; saves counting them."""
        self.asked: QueryDict = request.GET
        self._actor: Any = getattr(request, "actor", None)
        self.search_fields, self.sorts, self.page_size = search, sorts or {}, page_size
        self.q = self.asked.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
        self.filters = [self._filter(name, *parts[:2]) for name, parts in (filters or {}).items()]
        self.sort, self.is_descending = self._chosen_sort(default_sort)
        self._lookups = {name: parts[2] for name, parts in (filters or {}).items()}
        self._given, self._total = rows, total

    @cached_property
    def all_rows(self) -> Rows:
        """Every row that fits what was asked, in order; not paged."""
        rows = self._given.unwritten(self._actor) if isinstance(self._given, RowsForActor) else self._given
        for chosen in self.filters:
            if chosen.value:
                lookup = self._lookups[chosen.name]
                rows = lookup(rows, chosen.value) if callable(lookup) else rows.filter(**{lookup: chosen.value})
        for word in self.q.split()[:MOST_WORDS] if self.search_fields else ():
            rows = rows.filter(word_in(self.search_fields, word))
        return rows.order_by(*self._order()) if self.sort else rows

    @property
    def questions(self) -> list[Rows]:
        """The rows of the first page, where it is the first, so that a view can ask for them with others."""
        return [self._first_rows] if self._is_first else []

    @cached_property
    def _first_rows(self) -> Rows:
        most = self.page_size + 1
        if isinstance(self._given, RowsForActor) and not self.is_narrowed:
            return self._given.first(self._actor, most, self._order())
        return self.all_rows[:most]

    @property
    def _is_first(self) -> bool:
        return self.asked.get("page", "1") in {"", "1"}

    @cached_property
    def page(self) -> Page[Any]:
        """The page that was asked for; the nearest one when there is none of that number.

        The first page is fetched with one row more than it shows: most lists end there, and need not be counted.
        """
        if not self._is_first:
            return Counted(self.all_rows, self.page_size, self._count_all).get_page(self.asked.get("page"))
        rows = list(self._first_rows)
        is_all = len(rows) <= self.page_size
        pages = Counted((), self.page_size, lambda: len(rows) if is_all else self._count_all())
        return ListedPage(rows[: self.page_size], 1, pages)

    def _count_all(self) -> int:
        if not self.is_narrowed and self._total is not None:
            return self._total
        if not self.is_narrowed and isinstance(self._given, RowsForActor):
            return self._given.count(self._actor)
        return Paginator(self.all_rows, self.page_size).count

    @property
    def count(self) -> int:
        """How many rows fit, over all pages."""
        return self.page.paginator.count

    @property
    def told(self) -> tuple[Any, ...]:
        """What the filters above the list show; see `drawn.py`."""
        return self.q, bool(self.search_fields), tuple(self.filters)

    @property
    def is_narrowed(self) -> bool:
        """Is anything searched or filtered? Then an empty list means "nothing fits", not "nothing is here"."""
        return bool(self.q or any(chosen.value for chosen in self.filters))

    @property
    def wants_csv(self) -> bool:
        return self.asked.get("format") == "csv"

    def query_without(self, *names: str) -> str:
        """What was asked, as an address's query, leaving some of it out.

        Always leaves out the page number, since another question has other pages.
        """
        left = self.asked.copy()
        for name in (*names, "page", "format"):
            left.pop(name, None)
        return left.urlencode()

    def csv_response(self, filename: str, header: Sequence[Any], row: Callable[[Any], Sequence[Any]]) -> HttpResponse:
        """All rows that fit, as CSV; `row` makes the cells of one."""
        return csv_response(filename, header, (row(item) for item in self.all_rows))

    def _filter(self, name: str, label: Any, choices: Iterable[tuple[Any, Any]]) -> Filter:
        offered = tuple((str(value), shown) for value, shown in choices)
        asked = self.asked.get(name, "")
        return Filter(name, label, offered, asked if asked in dict(offered) else "")

    def _chosen_sort(self, default: str) -> tuple[str, bool]:
        asked = self.asked.get("sort", "")
        chosen = asked if asked.removeprefix("-") in self.sorts else default
        return chosen.removeprefix("-"), chosen.startswith("-")

    def _order(self) -> list[str]:
        if not self.sort:
            return []
        named = self.sorts[self.sort][1]
        order = [named] if isinstance(named, str) else list(named)
        order = [_reversed(part) for part in order] if self.is_descending else order
        return order if order[-1] in {"pk", "-pk"} else [*order, "pk"]


class ListedPage(Page):
    """One page of a list."""

    @property
    def told(self) -> tuple[int, int, int]:
        """What its end shows; see `drawn.py`."""
        return self.number, self.paginator.count, self.paginator.per_page


class Counted(Paginator):
    """Pages of a list whose length is asked for in its own way, when something looks."""

    def _get_page(self, *args: Any, **kwargs: Any) -> ListedPage:
        return ListedPage(*args, **kwargs)

    def __init__(self, rows: Any, per_page: int, count: Callable[[], int]) -> None:
        super().__init__(rows, per_page)
        self._ask = count

    @cached_property
    def count(self) -> int:
        return self._ask()


class ListOfRows(ListPage):
    """The same for rows that are worked out here and not by the database: a few thousand at most.

    ``words_of`` gives what is searched in a row. A filter's last part tells whether a row fits the chosen value; a
    sort's last part gives what rows are sorted by, and those that have None there stand last either way.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: Sequence[Any],
        *,
        words_of: Callable[[Any], str],
        filters: Mapping[str, tuple[Any, Iterable[tuple[Any, Any]], Callable[[Any, str], bool]]] | None = None,
        sorts: Mapping[str, tuple[Any, Callable[[Any], Any]]] | None = None,
        default_sort: str = "",
        page_size: int = 25,
    ) -> None:
        given: dict[str, Any] = {"rows": rows, "filters": filters, "sorts": sorts, "default_sort": default_sort}
        super().__init__(request, search=["words"], page_size=page_size, **given)
        self._rows, self._words_of = rows, words_of

    @cached_property
    def all_rows(self) -> Any:
        asked: dict[str, Any] = self._lookups
        words = [word.casefold() for word in self.q.split()[:MOST_WORDS]]
        rows = [
            row
            for row in self._rows
            if all(asked[chosen.name](row, chosen.value) for chosen in self.filters if chosen.value)
            and (not words or all(word in self._words_of(row).casefold() for word in words))
        ]
        if not self.sort:
            return rows
        key: Any = self.sorts[self.sort][1]
        known = [row for row in rows if key(row) is not None]
        return sorted(known, key=key, reverse=self.is_descending) + [row for row in rows if key(row) is None]

    @cached_property
    def page(self) -> Page[Any]:
        rows = self.all_rows
        return Counted(rows, self.page_size, lambda: len(rows)).get_page(self.asked.get("page", "1"))


def word_in(fields: Sequence[str], word: str) -> Q:
    """Rows in which one of the fields holds the word, whatever the case.

    SQLite folds only plain letters, so words with others are asked for in each of their cases.
    """
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return reduce(or_, (Q(**{f"{field}__icontains": spelling}) for field in fields for spelling in sorted(spellings)))


def _reversed(part: str) -> str:
    return part[1:] if part.startswith("-") else f"-{part}"
