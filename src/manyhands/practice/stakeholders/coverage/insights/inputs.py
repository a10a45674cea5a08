"""What invitations and fits are worked out from: members, candidates, ties, groups and strengths as they stand now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from manyhands.foundation.coalitions.models import Organization

from ...models import CoverageItem, CoverageList, Disclosure, ProfileEntry, Stakeholder, Tie
from ...rules import folded
from .. import queries, rules

if TYPE_CHECKING:
    from manyhands.analysis.coverage import Someone, Wanted
    from manyhands.analysis.network import Ties

Tags = Mapping[str, Mapping[int, list[str]]]


def introduction_ties() -> "Ties | None":
    """Live ties along which we may ask for an introduction, as strong as they are close and fresh; None if none."""
    from manyhands.analysis.network import Ties, decayed

    rows = Tie.objects.filter(
        ended_on=None, consent=Tie.Consent.AGREED, level__gt=0, one__removed_at=None, other__removed_at=None
    ).exclude(kind=Tie.Kind.OPPOSES)
    found = list(rows.values_list("one_id", "other_id", "level", "seen_on"))
    if not found:
        return None
    one, other, level, seen = zip(*found, strict=True)
    days = [max(0, (localdate() - day).days) for day in seen]
    strength = decayed([each / 5 for each in level], days)
    return Ties.between([str(each) for each in one], [str(each) for each in other], strength)


def members_as_they_are(items: list[CoverageItem], tags: Tags) -> list["Someone"]:
    """Active members as actors, with what they declared themselves."""
    from manyhands.analysis.coverage import Someone

    declared: dict[int, set[int]] = defaultdict(set)
    for said in queries.declarations(items):
        declared[said.organization_id].add(said.item_id)
    kinds = {item.pk: item.listing.kind for item in items}
    rows = Organization.objects.filter(membership__state="active").values_list("pk", "as_stakeholder")
    return [
        Someone(
            str(key) if key else f"member {organization}",  # one that no ally's record stands for has no ties either
            sectors=[str(i) for i in declared[organization] if kinds[i] == CoverageList.Kind.SECTORS],
            places=[str(i) for i in declared[organization] if kinds[i] == CoverageList.Kind.PLACES],
            constituencies=tags["reaches"].get(key, []),
            assets=tags["brings"].get(key, []),
        )
        for organization, key in rows
    ]


def words_by_actor(about: list[str]) -> Tags:
    """Words of each actor by what they are about. Only entries that every seat may read: reasons are shown to all."""
    found: dict[str, dict[int, list[str]]] = {name: defaultdict(list) for name in about}
    rows = ProfileEntry.objects.filter(
        about__in=about, readers=ProfileEntry.Readers.MEMBERS, replaced_at=None, stakeholder__removed_at=None
    )
    for name, key, words in rows.values_list("about", "stakeholder_id", "tags"):
        found[name][key] += words_in(words)
    return found


def profile_entries(about: list[str]) -> list[ProfileEntry]:
    rows = ProfileEntry.objects.filter(about__in=about, replaced_at=None, stakeholder__removed_at=None)
    return list(rows.select_related("stakeholder"))


def words_in(tags: str) -> list[str]:
    return [word for part in tags.split(",") if (word := folded(part))]


def as_candidates(
    allies: Sequence[queries.Open], items: list[CoverageItem], tags: Tags, warmth: Mapping[str, float]
) -> list["Someone"]:
    """Candidates as their records have it: sector and place by their words, groups and strengths by the profile."""
    from manyhands.analysis.coverage import Someone

    sector_of, place_of = (
        rules.finder(queries.entries_of(item for item in items if item.listing.kind == kind))
        for kind in (CoverageList.Kind.SECTORS, CoverageList.Kind.PLACES)
    )

    def candidate(rank: int, ally: queries.Open) -> Someone:
        sector = sector_of(ally.sector)
        places = {place_of(word) for word in (ally.city, ally.region, *ally.places.split(";"))}
        return Someone(
            f"candidate {rank:09}",  # names sort as words
            sectors=[str(sector)] if sector else (),
            places=[str(place) for place in places if place],
            constituencies=tags["reaches"].get(ally.pk) or ([f"@{ally.pk}"] if ally.people_reached else ()),
            assets=tags["brings"].get(ally.pk, ()),
            warmth=warmth.get(str(ally.pk)),
        )

    return [candidate(rank, ally) for rank, ally in enumerate(allies)]


def what_is_wanted(
    items: list[CoverageItem], tags: Tags, allies: Sequence[queries.Open], *, by_place: bool
) -> "Wanted":
    """What there is to gain. Sectors place by place only where the places of most candidates are known."""
    from manyhands.analysis.coverage import Wanted

    people = {ally.pk: ally.people_reached for ally in allies}
    groups: dict[str, float] = {}
    for key, words in tags["reaches"].items():
        for word in words:
            groups[word] = max(groups.get(word, 0.0), float(people.get(key) or 0))
    for key, reached in people.items():
        if reached and not tags["reaches"].get(key):
            groups[f"@{key}"] = float(reached)
    known = sorted(size for size in groups.values() if size)
    typical = known[len(known) // 2] if known else 1.0
    needed = {word for words in tags["wants"].values() for word in words}
    brought = {word for key, words in tags["brings"].items() if key in people for word in words}
    return Wanted(
        sectors=[str(item.pk) for item in items if item.listing.kind == CoverageList.Kind.SECTORS],
        places=[str(item.pk) for item in items if by_place and item.listing.kind == CoverageList.Kind.PLACES],
        constituencies={word: size or typical for word, size in groups.items()},
        assets=sorted(needed | brought),
    )


def warmth_of(ties: "Ties | None", members: list["Someone"]) -> dict[str, float]:
    from manyhands.analysis.network import warmth_to_all

    if ties is None:
        return {}
    return warmth_to_all(ties, [member.id for member in members if member.id in ties.place])


def ways_to(ties: "Ties | None", ours: list[str], targets: list[str]) -> dict[str, list[str]]:
    """The names along the warmest chain to each of these."""
    from manyhands.analysis.network import introductions

    if ties is None:
        return {}
    starts = [key for key in ours if key in ties.place]
    chains = {
        key: found.best.chain
        for key in targets
        if key in ties.place and (found := introductions(ties, starts, key, number=1)).best
    }
    passed = {int(key) for chain in chains.values() for key in chain}
    names = dict(Stakeholder.objects.filter(pk__in=passed).values_list("pk", "name"))
    return {key: [names.get(int(step), "…") for step in chain] for key, chain in chains.items()}


def limits_of(keys: Iterable[int]) -> dict[int, list[Disclosure]]:
    found: dict[int, list[Disclosure]] = defaultdict(list)
    for said in Disclosure.objects.filter(stakeholder__in=list(keys), ended_at=None):
        found[said.stakeholder_id].append(said)
    return found
