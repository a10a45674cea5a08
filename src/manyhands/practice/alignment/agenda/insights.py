"""What the analysis library says of an agenda. The only place of this part that asks it.

Nothing leaves here that may not be shown: counts of people are told in steps, and of a group that is too small to be
told neither how many it is nor on what it agrees.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..columns import Columns
from ..insights import opinion_groups
from ..rules import FEWEST_PEOPLE
from .rules import MOST_PLACES, WAYS, Priced, told_number

if TYPE_CHECKING:  # the numerical libraries load where they are used: a web process never needs them
    from manyhands.analysis.proportional import Choice

#: Of what stands around the rules: what is told, and how. The rules have names of their own.
METHOD = "agenda 1"
METHOD_FOR_PRIORITIES = "agenda of priorities 1"
#: What those who lead have put first themselves, beside the four ways of choosing.
OURS = "ours"


@dataclass(frozen=True)
class Voices:
    """Who agrees with what, and who answered what, by place in the stated order of statements."""

    people: list[int]
    agrees: list[frozenset[int]]
    answered: list[frozenset[int]]

    def supporters(self, statement: int) -> int:
        return sum(statement in own for own in self.agrees)

    def who_answered(self, statements: Sequence[int]) -> set[int]:
        """Places of those who answered at least one of these."""
        wanted = set(statements)
        return {at for at, own in enumerate(self.answered) if not wanted.isdisjoint(own)}

    def reached(self, statements: Sequence[int]) -> set[int]:
        """Places of those who agree with at least one of these."""
        wanted = set(statements)
        return {at for at, own in enumerate(self.agrees) if not wanted.isdisjoint(own)}


def find_agenda(
    answers: Columns, groups: Mapping[int, str], order: Sequence[int], size: int, *, finds_groups: bool = True
) -> dict[str, Any]:
    """What each way of choosing takes, whom that reaches, and which like-minded group it leaves out.

    Parameters
    ----------
    answers
        People (or organizations), statements and answers: three sequences of one length, one voice each.
    groups
        Declared group of each person who has one; empty where groups are to be found.
    order
        Every live statement, also those that nobody answered, in the order that decides a tie.
    size
        How many places there are.
    finds_groups
        Whether the groups of opinion are told beside the whole.

    Returns
    -------
    dict
        Fit for JSON. ``problem`` says why there is nothing else: "few" people, or more places ("size") than statements
        with which enough agree.
    """
    voices = _voices(answers, order)
    base = {"method": METHOD, "size": size, "people": len(voices.people), "problem": ""}
    if len(voices.people) < FEWEST_PEOPLE:
        return base | {"problem": "few", "most": 0}
    most = min(MOST_PLACES, sum(voices.supporters(at) >= FEWEST_PEOPLE for at in range(len(order))))
    if not 1 <= size <= most:
        return base | {"problem": "size", "most": most}
    from manyhands.analysis.proportional import approval_ballots, choose

    names, group_of = opinion_groups(answers, groups) if finds_groups else ([], {})
    of_group = [group_of.get(person, -1) for person in voices.people]
    ballots = approval_ballots(
        [[str(order[at]) for at in sorted(own)] for own in voices.agrees], size, candidates=[str(pk) for pk in order]
    )
    choices = {way: choose(ballots, way) for way in WAYS}  # type: ignore[arg-type]
    told = len(names) > 1
    return base | {
        "most": most,
        "groups": [{"name": name, "size": of_group.count(at)} for at, name in enumerate(names)] if told else [],
        "ways": [_way(way, choices, voices, order, of_group, names if told else []) for way in WAYS],
    }


def _voices(answers: Columns, order: Sequence[int]) -> Voices:
    place = {pk: at for at, pk in enumerate(order)}
    agrees: dict[int, set[int]] = defaultdict(set)
    answered: dict[int, set[int]] = defaultdict(set)
    for person, statement, answer in zip(*answers, strict=True):
        if statement in place:
            answered[person].add(place[statement])
            if answer > 0:
                agrees[person].add(place[statement])
    people = sorted(answered)
    return Voices(people, [frozenset(agrees[each]) for each in people], [frozenset(answered[each]) for each in people])


def _way(
    way: str,
    choices: Mapping[str, "Choice"],
    voices: Voices,
    order: Sequence[int],
    of_group: Sequence[int],
    names: Sequence[str],
) -> dict[str, Any]:
    choice = choices[way]
    chosen = [step.candidate for step in choice.steps]
    reached, could = voices.reached(chosen), voices.who_answered(chosen)
    by_group = [
        told_number(*(sum(of_group[at] == group for at in which) for which in (reached, could)))
        for group in range(len(names))
    ]
    return {
        "way": way,
        "method": choice.method,
        "chosen": [order[at] for at in chosen],
        "proved": choice.proved,
        "reached": told_number(len(reached), len(could)),
        "reached_by_group": by_group,
        "fair": choice.audit.ejr,
        "left_out": _left_out(choice, choices, voices, order, of_group, names),
    }


def _left_out(
    choice: "Choice",
    choices: Mapping[str, "Choice"],
    voices: Voices,
    order: Sequence[int],
    of_group: Sequence[int],
    names: Sequence[str],
) -> dict[str, Any] | None:
    """The largest group that has less than it is owed, as far as it may be told; None where none was found."""
    found = choice.audit.left_out
    if found is None:
        return None
    answered = min(sum(at in own for own in voices.answered) for at in found.agree_on)
    people = told_number(len(found.members), answered) if found.members is not None else None
    if people is None or found.members is None:
        return {"people": None}
    return {
        "people": people,
        "agree_on": [order[at] for at in found.agree_on],
        "owed": found.owed,
        "most_served": found.most_served,
        "mostly": _mostly([of_group[voter] for voter in found.members], of_group, names),
        "gets": {way: [order[at] for at in other.positions if at in found.agree_on] for way, other in choices.items()},
    }


def _mostly(theirs: Sequence[int], of_group: Sequence[int], names: Sequence[str]) -> str:
    """The group of opinion that most of them are in, if enough of them are; else nothing."""
    if not names:
        return ""
    at, count = Counter(theirs).most_common(1)[0]
    is_most = at >= 0 and count * 2 > len(theirs) and told_number(count, of_group.count(at)) is not None
    return names[at] if is_most else ""


# --- priorities -----------------------------------------------------------------------------------


def find_priority_agenda(
    serves: Mapping[int, Sequence[int]],
    order: Sequence[int],
    selected: Sequence[int],
    size: int,
    *,
    priced: Priced | None = None,
) -> dict[str, Any]:
    """Which priorities each way of choosing takes, and which like-minded members it leaves out.

    What members say of priorities they say openly, so here members are named, however few they are.

    Parameters
    ----------
    serves
        The priorities that serve each member, by id.
    order
        Every priority, in the order that decides a tie.
    selected
        Those that come first now. They are tested too, if they are as many as there are places.
    size
        How many places there are.
    priced
        What priorities cost and how much there is, instead of places; one without a cost cannot be chosen.

    Returns
    -------
    dict
        Fit for JSON. ``problem`` is "size" where there are more places than priorities that serve anybody, "costs"
        where none that has a cost is left, or what must be in is gone or costs too much.
    """
    if priced is not None:
        order = [pk for pk in order if pk in priced.costs]
        serves = {member: [pk for pk in own if pk in priced.costs] for member, own in serves.items()}
        selected = [pk for pk in selected if pk in priced.costs]
    members = sorted(serves)
    most = min(MOST_PLACES, len({each for own in serves.values() for each in own}))
    base = {"method": METHOD_FOR_PRIORITIES, "size": size, "people": len(members), "problem": "", "most": most}
    if priced is None and not 1 <= size <= most:
        return base | {"problem": "size"}
    if priced is not None:
        base |= {"budget": str(priced.budget), "unit": priced.unit, "must_haves": list(priced.must_haves)}
        if not most or not set(priced.must_haves) <= set(order) or priced.spent(priced.must_haves) > priced.budget:
            return base | {"problem": "costs"}
    from manyhands.analysis.proportional import approval_ballots, audit, choose

    ballots = approval_ballots(
        [[str(each) for each in serves[member]] for member in members],
        size if priced is None else str(priced.budget),
        candidates=[str(pk) for pk in order],
        costs=None if priced is None else [str(priced.costs[pk]) for pk in order],
    )
    must_haves = [str(pk) for pk in priced.must_haves] if priced else []
    chosen: dict[str, tuple[str, list[int], bool | None, Any]] = {}
    fits = len(selected) == size if priced is None else bool(selected) and priced.spent(selected) <= priced.budget
    if fits:
        places = [order.index(pk) for pk in selected]
        chosen[OURS] = ("", places, None, audit(ballots, places, smallest_shown=0))
    for way in WAYS:
        choice = choose(ballots, way, smallest_shown=0, must_haves=must_haves)  # type: ignore[arg-type]
        chosen[way] = (choice.method, [step.candidate for step in choice.steps], choice.proved, choice.audit)
    return base | {
        "ways": [
            {
                "way": way,
                "method": method,
                "chosen": [order[at] for at in places],
                "proved": proved,
                "fair": found.ejr,
                "served": [member for member in members if {order[at] for at in places} & set(serves[member])],
                "left_out": _named(found.left_out, members, order),
                **({"spent": str(priced.spent(order[at] for at in places))} if priced else {}),
            }
            for way, (method, places, proved, found) in chosen.items()
        ]
    }


def _named(found: Any, members: Sequence[int], order: Sequence[int]) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "members": [members[at] for at in found.members or ()],
        "agree_on": [order[at] for at in found.agree_on],
        "owed": found.owed,
        "most_served": found.most_served,
    }
