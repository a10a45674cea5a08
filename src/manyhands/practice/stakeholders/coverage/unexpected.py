"""Unexpected allies: from outside the sectors one would think of, and wanting something that a goal of ours gives."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.coalitions.queries import voting_organizations

from .. import policies
from ..models import CoverageItem, CoverageList, ProfileEntry, Stakeholder
from ..profiles.goals import Goals, GoalWords
from ..profiles.queries import visible_to
from ..profiles.rules import telling_words, words_shared
from ..rules import folded
from . import queries, rules

About = ProfileEntry.About
#: Why they care, what they must show their own people, what they want to get done, what they want from us.
DRIVES = (About.MOTIVE, About.GAIN, About.AGENDA, About.WANTS)
#: One word in common is chance. A goal of one telling word can share no more than that.
FEWEST_WORDS = 2
MOST_SHOWN, MOST_LOOKED_AT = 12, 2000


@dataclass(frozen=True)
class Meets:
    """What somebody said that they want, the goal of ours that gives it, and the words that both say."""

    entry: ProfileEntry
    goal: GoalWords
    words: list[str]


@dataclass(frozen=True)
class Unexpected:
    """One ally from outside the usual sectors, and what of theirs meets what of ours; the most in common first."""

    ally: Stakeholder
    meets: list[Meets]


@dataclass
class Found:
    """Those that were found, and from what."""

    allies: list[Unexpected] = field(default_factory=list)
    #: Sectors one would think of: those of members, and those more candidates come from than average.
    usual_of_members: list[str] = field(default_factory=list)
    usual_of_candidates: list[str] = field(default_factory=list)
    count_outside: int = 0
    count_no_sector: int = 0
    count_goals: int = 0
    #: How many motives were looked at, where there are more; those of allies with most weight.
    looked_at_most: int | None = None


def unexpected_allies(actor: Actor) -> Found:
    """Allies one may invite from outside the usual sectors, of whom something this actor may read meets a goal.

    Whoever has no sector yet is neither inside nor outside, and is counted. Two queries, whatever the length.
    """
    found = Found()
    if not policies.see_allies.holds(actor):
        return found
    goals, sectors, members = Goals(actor), queries.chosen_sectors(), _sectors_of_members()
    open_doors = queries.candidates().filter(Q(not_before=None) | Q(not_before__lte=localdate()))
    by_sector = open_doors.order_by().values_list("sector").annotate(n=Count("pk"))
    ask_together(*goals.questions, sectors, *members, by_sector)
    ours = list(goals)
    found.count_goals = len(ours)
    sector_of = _sector_of(sectors)
    counts: Counter[str] = Counter()
    spellings: dict[str, list[str]] = defaultdict(list)
    for written, count in by_sector:
        if written.strip():
            counts[sector_of(written)] += count
            spellings[sector_of(written)].append(written)
        else:
            spellings[""].append(written)
            found.count_no_sector += count
    words = (word for rows in members for row in rows for word in row if word and word.strip())
    of_members = {sector_of(word) for word in words}
    usual = rules.usual_sectors(of_members, counts)
    found.usual_of_members = sorted(of_members)
    found.usual_of_candidates = sorted(set(usual) - of_members)
    found.count_outside = sum(count for sector, count in counts.items() if sector not in usual)
    # Left out by the database: whoever comes from where all come from would crowd out the others.
    asked = open_doors.exclude(sector__in=[each for name in ("", *usual) for each in spellings[name]]).values("pk")
    said = visible_to(actor).filter(about__in=DRIVES, stakeholder__in=asked).select_related("stakeholder")
    some = list(said.order_by("-stakeholder__weight", "pk")[: MOST_LOOKED_AT + 1])
    found.looked_at_most = MOST_LOOKED_AT if len(some) > MOST_LOOKED_AT else None
    entries: dict[Stakeholder, list[ProfileEntry]] = defaultdict(list)
    for entry in some[:MOST_LOOKED_AT]:
        entries[entry.stakeholder].append(entry)
    met = [Unexpected(ally, _meetings(told, ours)) for ally, told in entries.items()]
    found.allies = [each for each in met if each.meets]
    found.allies.sort(key=lambda each: (-len(each.meets[0].words), -each.ally.weight, each.ally.name))
    del found.allies[MOST_SHOWN:]
    return found


def last_word_on(entry: ProfileEntry) -> date:
    """When they last said it, or that it is still so."""
    return entry.confirmed_on or entry.said_on


def _meetings(entries: Iterable[ProfileEntry], ours: Iterable[GoalWords]) -> list[Meets]:
    """For each thing they want the goal with which it shares most words; the most in common first."""
    best = []
    for entry in entries:
        met = [Meets(entry, goal, words_shared(goal.words, f"{entry.text} {entry.tags}")) for goal in ours]
        enough = [each for each in met if len(each.words) >= _needed(each.goal)]
        if enough:
            best.append(max(enough, key=lambda each: len(each.words)))
    return sorted(best, key=lambda each: -len(each.words))


def _needed(goal: GoalWords) -> int:
    return max(1, min(FEWEST_WORDS, len(telling_words(goal.words))))


def _sector_of(sectors: Iterable[CoverageItem]) -> Callable[[str], str]:
    """One name for a sector, however a record writes it: that of the chosen list, or its own words."""
    items = {item.pk: item for item in sectors}
    listed = queries.entries_of(items.values())
    known: dict[str, str] = {}
    written_first: dict[str, str] = {}

    def name(written: str) -> str:
        if written not in known:
            item = items.get(rules.belongs_to(written, listed) or 0)
            known[written] = item.name if item else written_first.setdefault(folded(written), written.strip())
        return known[written]

    return name


def _sectors_of_members() -> list[QuerySet[Any, tuple[str | None, ...]]]:
    """What members said they speak for, and what stands in their records, where they have one."""
    spoken = queries.declarations().filter(item__listing__kind=CoverageList.Kind.SECTORS)
    return [spoken.values_list("item__name"), voting_organizations().values_list("sector", "as_stakeholder__sector")]
