"""What invitations and fits are worked out from: members, candidates, ties, groups and strengths as they stand now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.coalitions.queries import voting_organizations

from ...models import CoverageItem, CoverageList, ProfileEntry, Stakeholder, Tie
from ...rules import folded
from ...ties.queries import live_ties
from .. import queries, rules

if TYPE_CHECKING:
    from manyhands.analysis.coverage import Someone, Wanted
    from manyhands.analysis.network import Ties

Tags = Mapping[str, Mapping[int, list[str]]]
#: What every seat may read in profiles: reasons are shown to all.
SAID = ("brings", "wants", "reaches")


class Asked:
    """What is on the chosen lists, who sits at the table and for what, who is tied to whom, what profiles say.

    And how many are not asked. One query for all of it.
    """

    def __init__(self) -> None:
        self.others = not_asked()
        self.items = queries.chosen_items()
        self.declared = queries.declarations().values_list("organization_id", "item_id")
        self.members = voting_organizations().values_list("pk", "as_stakeholder")
        ties = live_ties().filter(level__gt=0)
        self.ties = ties.values_list("one_id", "other_id", "level", "seen_on", "consent", "kind")
        said = profile_entries(SAID).filter(readers=ProfileEntry.Readers.MEMBERS)
        self.said = said.values_list("about", "stakeholder_id", "tags")
        ask_together(self.others, self.items, self.declared, self.members, self.ties, self.said)


def not_asked() -> QuerySet[Stakeholder, tuple[int, int, int]]:
    """One row, none without allies: how many are to be asked later, said no, and are never asked."""
    may_be_asked = Q(member=None, never_because="") & ~Q(stage__in=["committed", "declined"])
    counted = (
        Stakeholder.objects.order_by()
        .values("coalition_id")
        .annotate(
            later=Count("pk", filter=may_be_asked & Q(not_before__gt=localdate())),
            refused=Count("pk", filter=Q(stage="declined")),
            never=Count("pk", filter=~Q(never_because="")),
        )
    )
    return counted.values_list("later", "refused", "never")


def introduction_ties(asked: Asked) -> "Ties | None":
    """Live ties along which we may ask for an introduction, as strong as they are close and fresh; None if none."""
    from manyhands.analysis.network import Ties, decayed

    agreed = [tie for *tie, consent, kind in asked.ties if consent == Tie.Consent.AGREED and kind != Tie.Kind.OPPOSES]
    if not agreed:
        return None
    one, other, level, seen = zip(*agreed, strict=True)
    days = [max(0, (localdate() - day).days) for day in seen]
    strength = decayed([each / 5 for each in level], days)
    return Ties.between([str(each) for each in one], [str(each) for each in other], strength)


def members_as_they_are(asked: Asked, tags: Tags) -> list["Someone"]:
    """Active members as actors, with what they declared themselves."""
    from manyhands.analysis.coverage import Someone

    declared: dict[int, set[int]] = defaultdict(set)
    for organization, item in asked.declared:
        declared[organization].add(item)
    kinds = {item.pk: item.listing.kind for item in asked.items}
    return [
        Someone(
            str(key) if key else f"member {organization}",  # one that no ally's record stands for has no ties either
            sectors=[str(i) for i in declared[organization] if kinds[i] == CoverageList.Kind.SECTORS],
            places=[str(i) for i in declared[organization] if kinds[i] == CoverageList.Kind.PLACES],
            constituencies=tags["reaches"].get(key, []),
            assets=tags["brings"].get(key, []),
        )
        for organization, key in asked.members
    ]


def words_by_actor(asked: Asked) -> Tags:
    """Words of each actor by what they are about."""
    found: dict[str, dict[int, list[str]]] = {name: defaultdict(list) for name in SAID}
    for name, key, words in asked.said:
        found[name][key] += words_in(words)
    return found


def profile_entries(about: Iterable[str]) -> QuerySet[ProfileEntry]:
    """What stands in profiles about these, each with its ally, for whoever may read it."""
    rows = ProfileEntry.objects.filter(about__in=about, replaced_at=None, stakeholder__removed_at=None)
    return rows.select_related("stakeholder")


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


def ways_to(ties: "Ties | None", ours: list[str], targets: list[str]) -> dict[str, list[int]]:
    """Whom one passes on the warmest chain to each of these."""
    from manyhands.analysis.network import introductions

    if ties is None:
        return {}
    starts = [key for key in ours if key in ties.place]
    return {
        key: [int(step) for step in found.best.chain]
        for key in targets
        if key in ties.place and (found := introductions(ties, starts, key, number=1)).best
    }
