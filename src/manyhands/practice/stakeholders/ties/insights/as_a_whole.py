"""The network as a whole: how dense, how much it hangs on few, how much of it is known, and where raters differ."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...models import Rating, Stakeholder, Tie
from .. import queries

if TYPE_CHECKING:
    from manyhands.analysis.actors import Rated
    from manyhands.analysis.network import Ties

#: Of fewer members nothing is said of the whole, and of fewer raters nothing of their agreement.
FEWEST = 5
#: So many actors on which raters differ are named.
MOST_NAMED = 25


@dataclass(frozen=True)
class Figure:
    """One figure in words: what it says, what it was counted from; without the first if there is not enough yet."""

    name: str
    says: str
    counted_from: str
    why_not: str = ""
    method: str = ""


@dataclass(frozen=True)
class Disputed:
    """One actor whom members see differently: the middle of what they say is no answer there."""

    pk: int
    name: str
    raters: int
    middle: float
    agreement: float


@dataclass(frozen=True)
class AsAWhole:
    """The figures in the order of the page, and whom members see differently."""

    figures: list[Figure]
    disputed: list[Disputed]
    count_disputed: int

    @property
    def has_any(self) -> bool:
        return any(each.says for each in self.figures)


@dataclass(frozen=True)
class _Said:
    """One live tie with what each side said of it."""

    one: int
    other: int
    claimed: int
    one_says: int | None
    other_says: int | None

    @property
    def either(self) -> int:
        """How close they are if one is believed: the higher answer, or what somebody claimed for them."""
        said = [each for each in (self.one_says, self.other_says) if each is not None]
        return max(said, default=self.claimed)

    @property
    def both(self) -> int:
        return min(self.one_says or 0, self.other_says or 0)


def as_a_whole() -> AsAWhole:
    """Figures of all members and the ties between them, as they stand now. Three queries."""
    rows = queries.live_ties().exclude(kind__in=[Tie.Kind.OPPOSES, Tie.Kind.INFLUENCES]).order_by("pk")
    ties = [_Said(*row) for row in rows.values_list("one_id", "other_id", "level", "level_one", "level_other")]
    members = set(Stakeholder.objects.filter(member__membership__state="active").values_list("pk", flat=True))
    between = [tie for tie in ties if tie.one in members and tie.other in members]
    either = _ties(members, ((tie.one, tie.other) for tie in between if tie.either))
    both = _ties(members, ((tie.one, tie.other) for tie in between if tie.both))
    agreement, disputed = _agreement()
    figures = [
        _density(either, both),
        _centralization(either, both),
        _answers(ties, members),
        _reciprocity(between),
        agreement,
    ]
    return AsAWhole(figures, disputed[:MOST_NAMED], len(disputed))


def _ties(members: Iterable[int], pairs: Iterable[tuple[int, int]]) -> "Ties":
    from manyhands.analysis.network import Ties

    ends = [(str(one), str(other)) for one, other in pairs]
    return Ties.between(
        [one for one, _other in ends], [other for _one, other in ends], actors=[str(pk) for pk in sorted(members)]
    )


def _too_few(members: int) -> str:
    wanted = ngettext(
        "Not enough yet: there is one active member on the map, and this begins at %(k)s.",
        "Not enough yet: there are %(n)s active members on the map, and this begins at %(k)s.",
        members,
    )
    return wanted % {"n": members, "k": FEWEST}


def _counted_from(either: "Ties") -> str:
    members, ties = len(either.actors), len(either)
    told = ngettext("%(n)s active members, %(t)s tied pair", "%(n)s active members, %(t)s tied pairs", ties)
    return told % {"n": members, "t": ties}


def _density(either: "Ties", both: "Ties") -> Figure:
    from manyhands.analysis.network import METHOD, network_figures

    name, count = _("How many know each other"), len(either.actors)
    if count < FEWEST:
        return Figure(name, "", "", _too_few(count), METHOD)
    share, sure = network_figures(either).density or 0.0, network_figures(both).density or 0.0
    says = _(
        "%(share)s %% of all pairs of members are tied, if one side’s word is enough; %(sure)s %% if both must say so."
    )
    return Figure(name, says % {"share": _percent(share), "sure": _percent(sure)}, _counted_from(either), "", METHOD)


def _centralization(either: "Ties", both: "Ties") -> Figure:
    from manyhands.analysis.network import METHOD, network_figures

    name, count = _("How much hangs on few"), len(either.actors)
    if count < FEWEST:
        return Figure(name, "", "", _too_few(count), METHOD)
    if not len(either):
        return Figure(name, "", _counted_from(either), _("Not enough yet: no two members are tied."), METHOD)
    share = network_figures(either).degree_centralization or 0.0
    says = _("%(share)s %%: at 100 %% everything runs through one member, at 0 %% all have equally many ties.")
    told = says % {"share": _percent(share)}
    if len(both):
        sure = network_figures(both).degree_centralization or 0.0
        told += " " + _("%(sure)s %% if both sides must say so.") % {"sure": _percent(sure)}
    return Figure(name, told, _counted_from(either), "", METHOD)


def _answers(ties: list[_Said], members: set[int]) -> Figure:
    from manyhands.analysis.network import response_coverage

    could, given = [], []
    for tie in ties:
        for rater, rated, said in ((tie.one, tie.other, tie.one_says), (tie.other, tie.one, tie.other_says)):
            if rater in members:
                could.append((str(rater), str(rated)))
                if said is not None:
                    given.append((str(rater), str(rated)))
    found, name = response_coverage(could, given), _("How much of it members told themselves")
    if found.of_raters < FEWEST:
        why = _("Not enough yet: %(n)s members have a tie that they could rate, and this begins at %(k)s.")
        return Figure(name, "", "", why % {"n": found.of_raters, "k": FEWEST}, found.method)
    says = _(
        "%(raters)s of %(could)s members who have ties rated at least one of theirs: %(n)s of %(all)s answers, "
        "%(share)s %%. What is not rated is not known; it is not a no."
    )
    words = {
        "raters": found.raters,
        "could": found.of_raters,
        "n": found.answers,
        "all": found.of_answers,
        "share": _percent(found.share or 0.0),
    }
    counted = ngettext("%(n)s live tie of members", "%(n)s live ties of members", len(ties))
    with_members = sum(tie.one in members or tie.other in members for tie in ties)
    return Figure(name, says % words, counted % {"n": with_members}, "", found.method)


def _reciprocity(between: list[_Said]) -> Figure:
    from manyhands.analysis.network import METHOD, Ties, network_figures

    name = _("How often both sides see the tie")
    answered = [tie for tie in between if tie.one_says is not None and tie.other_says is not None]
    voices = {pk for tie in answered for pk in (tie.one, tie.other)}
    if len(voices) < FEWEST:
        why = _("Not enough yet: ties that both sides rated have %(n)s members, and this begins at %(k)s.")
        return Figure(name, "", "", why % {"n": len(voices), "k": FEWEST}, METHOD)
    named = [(tie.one, tie.other) for tie in answered if tie.one_says]
    named += [(tie.other, tie.one) for tie in answered if tie.other_says]
    directed = Ties.between(
        [str(one) for one, _other in named], [str(other) for _one, other in named], is_directed=True
    )
    share = network_figures(directed).reciprocity
    counted = ngettext("%(n)s pair that both rated", "%(n)s pairs that both rated", len(answered)) % {
        "n": len({frozenset((tie.one, tie.other)) for tie in answered})
    }
    if share is None:
        return Figure(name, "", counted, _("Not enough yet: nobody says that there is a tie."), METHOD)
    says = _("When a member says there is a tie, the other side says so too in %(share)s %% of cases.")
    return Figure(name, says % {"share": _percent(share)}, counted, "", METHOD)


def _agreement() -> tuple[Figure, list[Disputed]]:
    """Do members see the influence of an actor alike? Only of actors that five or more rated."""
    from manyhands.analysis.actors import Accord, rated_by

    said: dict[tuple[int, str], list[float]] = defaultdict(list)
    rows = Rating.objects.filter(replaced_at=None, stakeholder__removed_at=None)
    for pk, name, influence in rows.values_list("stakeholder_id", "stakeholder__name", "influence"):
        said[pk, name].append(influence)
    found: dict[tuple[int, str], Rated] = {key: rated_by(given) for key, given in said.items() if len(given) >= FEWEST}
    title, method = _("Where members disagree about influence"), "r_wg, James, Demaree and Wolf 1984"
    if not found:
        why = _("Not enough yet: no ally is rated by %(k)s members or more.") % {"k": FEWEST}
        return Figure(title, "", "", why, method), []
    disputed = [
        Disputed(pk, name, rated.raters, rated.median or 0.0, rated.agreement or 0.0)
        for (pk, name), rated in found.items()
        if rated.accord == Accord.DISAGREE
    ]
    disputed.sort(key=lambda each: (each.agreement, -each.raters, each.name))
    says = ngettext(
        "Members disagree on %(d)s of %(n)s ally that %(k)s or more rated.",
        "Members disagree on %(d)s of %(n)s allies that %(k)s or more rated.",
        len(found),
    )
    ratings = sum(rated.raters for rated in found.values())
    counted = ngettext("%(n)s rating", "%(n)s ratings", ratings) % {"n": ratings}
    return Figure(title, says % {"d": len(disputed), "n": len(found), "k": FEWEST}, counted, "", method), disputed


def _percent(share: float) -> str:
    """Whole percents; one decimal below ten, where a whole one would say little.

    >>> _percent(0.139), _percent(0.04)
    ('14', '4.0')
    """
    places = 1 if 0 < share < 0.1 else 0
    return number_format(round(100 * share, places), decimal_pos=places)
