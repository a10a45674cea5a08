"""Who else cares about what a goal says, and who is one tie away. Nothing is matched that the asker may not read."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from manyhands.foundation.access.rules import Actor

from .. import policies
from ..models import Stakeholder, Tie
from . import rules
from .queries import visible_to


@dataclass(frozen=True)
class Cares:
    """An actor whose record or profile says the same words as a goal."""

    ally: Stakeholder
    words: list[str]


@dataclass(frozen=True)
class Near:
    """An actor one tie away from somebody who cares, and through whom."""

    ally: Stakeholder
    through: Stakeholder


@dataclass(frozen=True)
class WhoCares:
    """The known actors that match the words of a goal, and those one tie away from them."""

    matching: list[Cares] = field(default_factory=list)
    one_tie_away: list[Near] = field(default_factory=list)


#: More are a list, not an answer.
MOST_MATCHES, MOST_LOOKED_AT = 8, 200


def allies_for(words: str, actor: Actor) -> WhoCares:
    """Who on the list cares about what these words say: by name, sector, tags, or a profile this actor may read.

    Ordered by how many of the words they share; then by what members rated. Opponents and those never to be asked are
    left out. Two queries.
    """
    return those_who_care(words, saying(words, actor))


def _stems(words: str) -> list[str]:
    return list(dict.fromkeys(rules.stem(word) for word in rules.telling_words(words)))[:12]


def saying(words: str, actor: Actor) -> QuerySet[Stakeholder]:
    """Those who say the same words, not asked yet, so that a page can ask it with others."""
    stems = _stems(words)
    if not stems or not policies.see_allies.holds(actor):
        return Stakeholder.objects.none()
    read = visible_to(actor).filter(stakeholder=OuterRef("pk"))
    found, marks = Q(), {}
    for number, stem in enumerate(stems):
        said = Q(tags__icontains=stem) | Q(text__icontains=stem)
        found |= Q(search_text__contains=stem) | Q(about__icontains=stem) | Q(Exists(read.filter(said)))
        marks[f"says_{number}"] = Exists(read.filter(said))
    askable = Stakeholder.objects.filter(never_because="").exclude(stance__in=["against", "leaning away"])
    return askable.filter(found).annotate(**marks).order_by("-weight", "name", "pk")[:MOST_LOOKED_AT]


def those_who_care(words: str, rows: Iterable[Stakeholder]) -> WhoCares:
    """The same as `allies_for`, from the rows of `saying`. One query, if there are any."""
    stems = _stems(words)
    matching = [Cares(ally, [s for n, s in enumerate(stems) if _says(ally, n, s)]) for ally in rows]
    matching.sort(key=lambda match: -len(match.words))
    if not matching:
        return WhoCares()
    ids = {match.ally.pk for match in matching}
    ties = (
        Tie.objects.filter(Q(one__in=ids) | Q(other__in=ids), ended_on=None, level__gte=1)
        .filter(one__removed_at=None, other__removed_at=None)
        .exclude(kind=Tie.Kind.OPPOSES)
        .select_related("one", "other")
        .order_by("-level", "-pk")
    )
    near: dict[int, Near] = {}
    for tie in ties[:MOST_LOOKED_AT]:
        through, ally = (tie.one, tie.other) if tie.one_id in ids else (tie.other, tie.one)
        if ally.pk not in ids and not ally.never_because and ally.stance not in {"against", "leaning away"}:
            near.setdefault(ally.pk, Near(ally, through))
    return WhoCares(matching[:MOST_MATCHES], list(near.values())[:MOST_MATCHES])


def _says(ally: Stakeholder, number: int, stem: str) -> bool:
    return getattr(ally, f"says_{number}") or stem in ally.search_text or stem in ally.about.casefold()
