"""What can be asked about who is at the table. Who is there counts by members' own word only."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ..models import CoverageItem, CoverageList, CoverageSnapshot, Disclosure, SpeaksFor, Stakeholder
from . import rules

#: Of allies that could fill a hole, this many are named.
SUGGESTED = 3


@dataclass
class Heard:
    """One entry of a list, and which members speak for it."""

    item: CoverageItem
    organizations: list[str] = field(default_factory=list)
    #: Allies that are no members and whose records name this entry.
    could_ask: list[Stakeholder] = field(default_factory=list)

    @property
    def presence(self) -> rules.Presence:
        return rules.presence(len(self.organizations))


@dataclass
class Table:
    """One chosen list, entry by entry."""

    listing: CoverageList
    entries: list[Heard]

    @property
    def absent(self) -> list[Heard]:
        return [heard for heard in self.entries if heard.presence == rules.Presence.ABSENT]

    @property
    def one_voice(self) -> list[Heard]:
        return [heard for heard in self.entries if heard.presence == rules.Presence.ONE_VOICE]

    @property
    def count_heard(self) -> int:
        return len(self.entries) - len(self.absent)


@dataclass(frozen=True)
class Hole:
    """A place where nobody speaks for a sector, and how many allies one could ask there, by their records."""

    place: CoverageItem
    could_ask: int


@dataclass(frozen=True)
class Missing:
    """One sector and the places where it is missing: those first where one could ask most."""

    sector: CoverageItem
    holes: list[Hole]
    is_everywhere: bool

    @property
    def could_ask(self) -> int:
        return sum(hole.could_ask for hole in self.holes)


@dataclass(frozen=True)
class Grid:
    """Sectors down, places across: how many members speak for both at once."""

    places: list[CoverageItem]
    rows: list[tuple[CoverageItem, list[int]]]
    #: The same holes in words: sectors first that are missing where most allies are.
    missing: list[Missing]

    @property
    def holes(self) -> int:
        return sum(len(each.holes) for each in self.missing)


def chosen_items() -> QuerySet[CoverageItem]:
    """Every entry of every chosen list, in order, each with its list."""
    items = CoverageItem.objects.filter(listing__is_chosen=True).select_related("listing")
    return items.order_by("listing__kind", "order", "pk")


def declarations() -> QuerySet[SpeaksFor]:
    """What active members said that they speak for, of what is on the chosen lists."""
    spoken = SpeaksFor.objects.filter(item__listing__is_chosen=True, organization__membership__state="active")
    return spoken.select_related("organization")


def tables(items: Iterable[CoverageItem], spoken: Iterable[SpeaksFor], *, suggest: bool = True) -> list[Table]:
    """Every chosen list with who speaks for each entry, and for sectors that are absent whom one could ask."""
    names: dict[int, list[str]] = defaultdict(list)
    for said in spoken:
        names[said.item_id].append(said.organization.name)
    by_list: dict[int, Table] = {}
    for item in items:
        table = by_list.setdefault(item.listing_id, Table(item.listing, []))
        table.entries.append(Heard(item, sorted(names[item.pk])))
    if suggest:
        for table in by_list.values():
            if table.listing.kind == CoverageList.Kind.SECTORS:
                _suggest(table)
    return list(by_list.values())


def _suggest(table: Table) -> None:
    """Name allies for the holes. By their records, so it is a guess, and the page says so."""
    holes = {heard.item.pk: heard for heard in [*table.absent, *table.one_voice]}
    if not holes:
        return
    entries = entries_of(heard.item for heard in table.entries)
    best = Window(RowNumber(), partition_by=F("sector"), order_by=[F("weight").desc(), F("name"), F("pk")])
    # The best few of each word for a sector: nobody is overlooked for standing far down a long list.
    of_each = candidates().exclude(sector="").annotate(place_in_sector=best).filter(place_in_sector__lte=SUGGESTED)
    for ally in of_each.order_by("-weight", "name", "pk").only("pk", "name", "sector", "coalition_id"):
        heard = holes.get(rules.belongs_to(ally.sector, entries) or 0)
        if heard is not None and len(heard.could_ask) < SUGGESTED:
            heard.could_ask.append(ally)


def entries_of(items: Iterable[CoverageItem]) -> list[rules.Entry]:
    return [rules.Entry(item.pk, item.name, rules.words_of(item.also)) for item in items]


def chosen_sectors() -> QuerySet[CoverageItem]:
    """The entries of the chosen list of sectors, in order."""
    return CoverageItem.objects.filter(listing__is_chosen=True, listing__kind=CoverageList.Kind.SECTORS)


def sectors_in_words() -> str:
    """The chosen sectors, and folded away what each typically brings; empty while no list is chosen."""
    chosen = chosen_sectors()
    if not chosen:
        return ""
    told = format_html_join("", "<li><b>{}</b> {}</li>", ((item.name, item.brings) for item in chosen))
    names = ", ".join(item.name for item in chosen)
    said = _("For example: %(sectors)s.") % {"sectors": names}
    return format_html("{} <details><summary>{}</summary><ul>{}</ul></details>", said, _("What each brings"), told)


def typically_brings(sector: str) -> CoverageItem | None:
    """The entry of the chosen sectors that a record's own word names."""
    items = {item.pk: item for item in chosen_sectors()} if sector else {}
    return items.get(rules.belongs_to(sector, entries_of(items.values())) or 0)


def candidates() -> QuerySet[Stakeholder]:
    """Allies that one may invite: no members, not against us, nobody who said no or asked never to be asked."""
    rows = Stakeholder.objects.filter(member=None, never_because="").exclude(stage__in=["committed", "declined"])
    return rows.exclude(stance__in=["against", "leaning away"])


class Open(NamedTuple):
    """What is looked at of each ally that one may invite: not its whole record, as there may be very many."""

    pk: int
    weight: float
    sector: str
    city: str
    region: str
    places: str
    people_reached: int | None


def open_on(day: date) -> QuerySet[Stakeholder]:
    """Allies that one may invite on this day: of the others some are to be asked later."""
    return candidates().exclude(not_before__gt=day)


def open_to_all(on: date, ties: Mapping[int, int]) -> list[Open]:
    """Every ally that one may invite on this day, by rating, then by the number of its ties."""
    rows = open_on(on).order_by().values_list(*Open._fields)
    return sorted(map(Open._make, rows), key=lambda ally: (-ally.weight, -ties.get(ally.pk, 0), ally.pk))


def grid(items: Iterable[CoverageItem], spoken: Iterable[SpeaksFor]) -> Grid | None:
    """How many members speak for each sector in each place; None until both lists are chosen."""
    sectors = [item for item in items if item.listing.kind == CoverageList.Kind.SECTORS]
    places = [item for item in items if item.listing.kind == CoverageList.Kind.PLACES]
    if not sectors or not places:
        return None
    said: dict[int, set[int]] = defaultdict(set)
    for each in spoken:
        said[each.organization_id].add(each.item_id)
    rows = [
        (sector, [sum({sector.pk, place.pk} <= mine for mine in said.values()) for place in places])
        for sector in sectors
    ]
    return Grid(places, rows, _missing(places, rows))


def _missing(places: Sequence[CoverageItem], rows: Sequence[tuple[CoverageItem, list[int]]]) -> list[Missing]:
    """The holes by name; nothing is asked where there are none."""
    empty = [
        (sector, [place for place, count in zip(places, counts, strict=True) if not count]) for sector, counts in rows
    ]
    empty = [(sector, absent) for sector, absent in empty if absent]
    if not empty:
        return []
    known = _known_by_field([sector for sector, _counts in rows], places)
    found = [
        Missing(
            sector,
            sorted((Hole(place, known[sector.pk, place.pk]) for place in absent), key=lambda hole: -hole.could_ask),
            len(absent) == len(places) > 1,
        )
        for sector, absent in empty
    ]
    return sorted(found, key=lambda missing: -missing.could_ask)


def _known_by_field(sectors: Sequence[CoverageItem], places: Sequence[CoverageItem]) -> Counter[tuple[int, int]]:
    """How many allies one could ask in each sector and place, by their records; a guess."""
    sector_of, place_of = rules.finder(entries_of(sectors)), rules.finder(entries_of(places))
    found: Counter[tuple[int, int]] = Counter()
    told = candidates().exclude(sector="").order_by().values_list("sector", "city", "region", "places")
    for sector, city, region, covered, number in told.annotate(n=Count("pk")):
        if not (key := sector_of(sector)):
            continue
        for place in {place_of(word) for word in (city, region, *covered.split(";"))}:
            if place:
                found[key, place] += number
    return found


def own_declarations(organization_id: int) -> set[int]:
    """Entries that one organization said it speaks for."""
    return set(SpeaksFor.objects.filter(organization_id=organization_id).values_list("item_id", flat=True))


def snapshots() -> QuerySet[CoverageSnapshot]:
    """How the chosen list of sectors was filled, day by day; oldest first."""
    of_sectors = CoverageSnapshot.objects.filter(listing__is_chosen=True, listing__kind=CoverageList.Kind.SECTORS)
    return of_sectors.order_by("on")


def history(snapshots: Iterable[CoverageSnapshot]) -> list[tuple[CoverageSnapshot, int, int]]:
    """Each day's snapshot with how many entries were heard, of how many; oldest first, one for each change."""
    found: list[tuple[CoverageSnapshot, int, int]] = []
    for snapshot in snapshots:
        heard = sum(bool(count) for count in snapshot.counts.values())
        if not found or found[-1][1:] != (heard, len(snapshot.counts)):
            found.append((snapshot, heard, len(snapshot.counts)))
    return found


def perspectives(organization_ids: Iterable[int]) -> dict[int, list[CoverageItem]]:
    """The sectors each of these organizations said it belongs to, for pages that ask who took part."""
    found: dict[int, list[CoverageItem]] = {key: [] for key in organization_ids}
    sectors = SpeaksFor.objects.filter(
        organization__in=list(found), item__listing__is_chosen=True, item__listing__kind=CoverageList.Kind.SECTORS
    )
    for said in sectors.select_related("item"):
        found[said.organization_id].append(said.item)
    return found


def is_one_perspective(sectors: Mapping[int, Iterable[CoverageItem]]) -> bool:
    """Do all of these organizations speak for one and the same sector? As `perspectives` gives them."""
    return rules.is_single_perspective({key: [item.pk for item in items] for key, items in sectors.items()})


def disclosures(stakeholder: Stakeholder) -> list[Disclosure]:
    """What was disclosed about a partner, what holds first."""
    return sorted(stakeholder.disclosures.all(), key=lambda said: said.ended_at is not None)


def disclosed_by_members(organization_ids: Iterable[int]) -> dict[int, list[Disclosure]]:
    """What holds now about these member organizations, for pages where they decide or are asked."""
    found: dict[int, list[Disclosure]] = defaultdict(list)
    holds = Disclosure.objects.filter(stakeholder__member__in=list(organization_ids), ended_at=None)
    for said in holds.select_related("stakeholder"):
        found[said.stakeholder.member_id].append(said)
    return dict(found)


def disclosed_now() -> QuerySet[Disclosure]:
    """Every disclosure that holds, with whom it is about; for pages that ask whom of these something concerns."""
    holds = Disclosure.objects.filter(ended_at=None, stakeholder__removed_at=None)
    return holds.select_related("stakeholder")


def asks_off(stakeholder: Stakeholder) -> set[str]:
    """Which asks a partner's limits switch off."""
    return {ask for said in stakeholder.disclosures.all() if said.ended_at is None for ask in said.asks_off}
