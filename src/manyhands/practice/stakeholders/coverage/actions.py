"""What a person can do about who is at the table: one function, one deed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.ledger.spine import record

from .. import policies
from ..actions import Refused
from ..models import CoverageItem, CoverageList, Disclosure, GivenSector, InviteWeights, SpeaksFor, Stakeholder
from ..models.imports import UNDO_FOR
from ..positions.writing import ranges
from . import sectors
from .events import (
    CoverageDeclared,
    CoverageListChosen,
    DisclosureEnded,
    InterestDisclosed,
    InviteWeightsSet,
    SectorGiven,
    SectorTakenBack,
)
from .lists import READY
from .snapshots import write_snapshots

MOST_ITEMS = 100


@transaction.atomic
def choose_ready_list(*, actor: Actor, kind: str, key: str) -> CoverageList:
    """Measure ourselves against a list that comes ready; it replaces the one chosen before, which is kept.

    Who: coordinators and stewards (`policies.choose_coverage`).
    Refuses: a list that there is not (`Refused`).
    Tells: `CoverageListChosen`.
    """
    require(actor, policies.choose_coverage)
    ready = READY.get(kind, {}).get(key)
    if ready is None:
        raise Refused(_("There is no such list."))
    found = CoverageList.objects.filter(kind=kind, name=str(ready.name)).first()
    if found is None:
        found = CoverageList.objects.create(kind=kind, name=str(ready.name), source=str(ready.source))
        _write_items(found, [(str(item.name), str(item.brings), item.also) for item in ready.items])
    return _choose(actor, found)


@transaction.atomic
def write_own_list(*, actor: Actor, kind: str, name: str, items: Sequence[str]) -> CoverageList:
    """Write a list of one's own, one entry a line, and choose it. The same name again brings it up to date.

    Who: coordinators and stewards (`policies.choose_coverage`).
    Refuses: a list without a name or entries, an entry twice, more than a hundred; taking out an entry that a member
    has said it speaks for (`Refused`).
    Tells: `CoverageListChosen`.
    """
    require(actor, policies.choose_coverage)
    entries = [entry.strip() for entry in items if entry.strip()]
    _check_own(kind, name, entries)
    found, _is_new = CoverageList.objects.get_or_create(
        kind=kind, name=name.strip(), defaults={"source": _("Our own list")}
    )
    gone = found.items.exclude(name__in=entries)
    spoken = gone.filter(spoken_for_by__isnull=False).first()
    if spoken is not None:
        raise Refused(_("A member said that it speaks for “%(name)s”; keep it on the list.") % {"name": spoken.name})
    gone.delete()
    known = set(found.items.values_list("name", flat=True))
    _write_items(found, [(entry, "", "") for entry in entries if entry not in known], start=len(known))
    return _choose(actor, found)


@transaction.atomic
def declare_coverage(*, actor: Actor, organization: Organization, items: Iterable[CoverageItem]) -> int:
    """Say which entries of the chosen lists one's own organization speaks for. Replaces what was said before.

    Who: those who sit for the organization (`policies.declare_coverage`).
    Refuses: an entry of a list that is not chosen (`Refused`).
    Tells: `CoverageDeclared`.
    """
    require(actor, policies.declare_coverage, organization)
    wanted = {item.pk: item for item in items}
    if any(not item.listing.is_chosen for item in wanted.values()):
        raise Refused(_("That list is not in use any more; look at the page again."))
    mine = SpeaksFor.objects.filter(organization=organization, item__listing__is_chosen=True)
    mine.exclude(item__in=wanted).delete()
    before = set(mine.values_list("item_id", flat=True))
    SpeaksFor.objects.bulk_create(
        SpeaksFor(organization=organization, item=item, declared_by_id=actor.seat_id)
        for key, item in wanted.items()
        if key not in before
    )
    write_snapshots()
    record(CoverageDeclared(organization_id=organization.pk, count=len(wanted)), by=actor, about=organization)
    return len(wanted)


@transaction.atomic
def give_sector(*, actor: Actor, sector: str, keys: Iterable[int]) -> GivenSector | None:
    """Say of many allies at once to which sector they belong. Whoever has one keeps it.

    Answers what was done, for the way back; None where everyone had a sector already.

    Who: everyone who works here (`policies.change_ally`).
    Refuses: no sector, or one that is too long (`Refused`).
    Tells: `SectorGiven`, once for all of them.
    """
    require(actor, policies.change_ally)
    sector = " ".join(sector.split())
    if not sector:
        raise Refused(_("Choose the sector that they belong to."))
    if len(sector) > (Stakeholder._meta.get_field("sector").max_length or 0):
        raise Refused(_("A sector is called in 80 letters at most."))
    given: dict[int, list[int]] = {}
    first = 0
    for keys_of_some in sectors.pieces(sorted(set(keys))):
        for ally in _write_sector(Stakeholder.objects.filter(pk__in=keys_of_some, sector=""), sector):
            given.setdefault(ally.version, []).append(ally.pk)
            first = first or ally.pk
    if not first:
        return None
    count = sum(map(len, given.values()))
    told = GivenSector(sector=sector, count=count, allies={version: ranges(pks) for version, pks in given.items()})
    told.save()
    record(SectorGiven(stakeholder_id=first, count=count), by=actor, about=told)
    return told


@transaction.atomic
def take_sector_back(*, actor: Actor, given: GivenSector) -> GivenSector:
    """Take a sector back from all that were given it at once; whoever somebody has changed since stays as it is.

    Who: everyone who works here (`policies.change_ally`).
    Refuses: what is older than two weeks or taken back already (`Refused`).
    Tells: `SectorTakenBack`.
    """
    require(actor, policies.change_ally)
    given = GivenSector.objects.select_for_update(no_key=True).get(pk=given.pk)
    at = now()
    if given.undone_at is not None:
        raise Refused(_("This has been taken back already."))
    if at >= given.given_at + UNDO_FOR:
        raise Refused(_("This is older than two weeks and cannot be taken back any more."))
    count = 0
    for pk_and_version in sectors.pieces(sorted(sectors.versions(given.allies).items())):
        version_of = dict(pk_and_version)
        rows = Stakeholder.objects.filter(pk__in=version_of, sector=given.sector)
        count += len(_write_sector(rows, "", version_of))
    given.undone_at, given.left = at, given.count - count
    given.save()
    record(SectorTakenBack(given_id=given.pk, count=count, left_as_changed=given.left), by=actor, about=given)
    return given


@transaction.atomic
def disclose_interest(
    *, actor: Actor, stakeholder: Stakeholder, kind: str, text: str, source: str, on: date, asks_off: Iterable[str] = ()
) -> Disclosure:
    """Disclose an interest or a legal limit of a partner, for everyone here to see.

    Who: the partner itself, coordinators and stewards (`policies.disclose`).
    Refuses: a sentence or a source that is missing, a day that has not come, an ask that there is not (`Refused`).
    Tells: `InterestDisclosed`.
    """
    require(actor, policies.disclose, stakeholder)
    asks = sorted(set(asks_off))
    if not text.strip() or not source.strip():
        raise Refused(_("Say in one sentence what it is, and how we know."))
    if on > localdate():
        raise Refused(_("That day has not come yet."))
    if set(asks) - set(Disclosure.Ask.values) or kind not in Disclosure.Kind.values:
        raise Refused(_("There is no such ask or kind."))
    found = Disclosure.objects.create(
        stakeholder=stakeholder, kind=kind, text=text, source=source, on=on, asks_off=asks, by_seat_id=actor.seat_id
    )
    record(InterestDisclosed(disclosure_id=found.pk, stakeholder_id=stakeholder.pk), by=actor, about=found)
    return found


@transaction.atomic
def end_disclosure(*, actor: Actor, disclosure: Disclosure) -> Disclosure:
    """Say that a disclosed interest or limit no longer holds; it stays in the history.

    Who: the partner itself, coordinators and stewards (`policies.disclose`).
    Refuses: nothing; ending twice is ending once.
    Tells: `DisclosureEnded`.
    """
    require(actor, policies.disclose, disclosure.stakeholder)
    disclosure = Disclosure.objects.select_for_update(no_key=True).get(pk=disclosure.pk)
    if disclosure.ended_at is None:
        disclosure.ended_at = now()
        disclosure.save()
        told = DisclosureEnded(disclosure_id=disclosure.pk, stakeholder_id=disclosure.stakeholder_id)
        record(told, by=actor, about=disclosure)
    return disclosure


@transaction.atomic
def set_weights(*, actor: Actor, weights: Mapping[str, float], a_month: int) -> InviteWeights:
    """Set what counts how much when we look for whom to invite next, and how many invitations we can handle a month.

    Who: coordinators and stewards (`policies.choose_coverage`).
    Refuses: weights below nought or above ten, all of them nought, fewer than one invitation or more than fifty
    (`Refused`).
    Tells: `InviteWeightsSet`.
    """
    require(actor, policies.choose_coverage)
    values = {name: float(weights[name]) for name in ("coverage", "reach", "assets", "paths")}
    if not all(0 <= value <= 10 for value in values.values()) or not any(values.values()):
        raise Refused(_("Weights run from 0 to 10, and one at least must count."))
    if not 1 <= a_month <= 50:
        raise Refused(_("Between one and fifty invitations a month."))
    found = InviteWeights.objects.select_for_update(no_key=True).first() or InviteWeights()
    for name, value in {**values, "a_month": a_month, "set_by_id": actor.seat_id, "set_at": now()}.items():
        setattr(found, name, value)
    found.save()
    record(InviteWeightsSet(a_month=a_month), by=actor, about=found)
    return found


def _write_sector(
    rows: QuerySet[Stakeholder], sector: str, version_of: Mapping[int, int] | None = None
) -> list[Stakeholder]:
    """Write the sector of these; with `version_of`, of those alone that still have that version."""
    at = now()
    locked = rows.order_by("pk").select_for_update(no_key=True)
    found = [ally for ally in locked if version_of is None or version_of[ally.pk] == ally.version]
    for ally in found:
        ally.sector, ally.version, ally.updated_at = sector, ally.version + 1, at
        ally.prepare()
    Stakeholder.objects.bulk_update(found, ["sector", "version", "updated_at", "search_text"], batch_size=200)
    return found


def _choose(actor: Actor, found: CoverageList) -> CoverageList:
    CoverageList.objects.filter(kind=found.kind, is_chosen=True).exclude(pk=found.pk).update(is_chosen=False)
    found.is_chosen = True
    found.save()
    write_snapshots()
    record(CoverageListChosen(list_id=found.pk, kind_of_list=found.kind), by=actor, about=found)
    return found


def _write_items(found: CoverageList, entries: list[tuple[str, str, str]], start: int = 0) -> None:
    CoverageItem.objects.bulk_create(
        CoverageItem(listing=found, name=name, brings=brings, also=also, order=start + place)
        for place, (name, brings, also) in enumerate(entries)
    )


def _check_own(kind: str, name: str, entries: list[str]) -> None:
    if kind not in CoverageList.Kind.values or not name.strip() or not entries:
        raise Refused(_("A list needs a name and at least one entry."))
    if len(entries) > MOST_ITEMS:
        raise Refused(_("A list of more than a hundred entries cannot be read; join some."))
    if len({entry.casefold() for entry in entries}) < len(entries):
        raise Refused(_("One entry is there twice."))
    if any(len(entry) > 80 for entry in entries):
        raise Refused(_("An entry is longer than 80 letters; say it shorter."))
