"""An agenda as pages and files show it: sentences, marks and bars, made from what may be shown and nothing else."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ..findings import labels, series_of
from .sentences import Payload, Texts, audit_in_words, listed, rules_in_words


@dataclass(frozen=True)
class Reach:
    """How many of a group find something on an agenda that they agree with, as far as it may be told."""

    name: str
    series: int
    told: int | None
    of: int

    @property
    def percent(self) -> float:
        return round(100 * (self.told or 0) / self.of, 1) if self.of else 0

    @property
    def across(self) -> float:
        """Its place on the plot, which keeps a little room at both ends."""
        return round(1.5 + 0.97 * self.percent, 1)

    @property
    def words(self) -> str:
        if self.told is None:
            return _("too few to say")
        return _("at least %(told)d of %(of)d") % {"told": self.told, "of": self.of}


@dataclass(frozen=True)
class Way:
    """One way of choosing: what it is, whom it reaches, and what the audit says."""

    key: str
    name: str
    rule: str
    method: str
    chosen: list[int]
    is_fair: bool | None
    says: str
    reach: list[Reach]
    #: The numbers of what it takes that the plain list does not, and the other way round.
    adds: str = ""
    drops: str = ""
    is_kept: bool = False
    #: The rule asks for the best of all choices, and the search was cut off before it was sure of it.
    is_best_found: bool = False
    #: Where its row stands on the plot, in percent from the top.
    label_at: float = 0


@dataclass(frozen=True)
class Item:
    """One statement that at least one way of choosing takes."""

    pk: int
    number: str
    text: str
    #: The name of each way of choosing, and whether it takes this.
    by_way: list[tuple[str, bool]]
    offers: list[Any] = field(default_factory=list)
    #: The concerns it answers, where it stands on the agenda that is kept.
    concerns: list[Any] = field(default_factory=list)

    @property
    def marks(self) -> list[bool]:
        return [mark for _name, mark in self.by_way]

    @property
    def differs(self) -> bool:
        return not all(self.marks)


def ways(payload: Payload, texts: Texts, kept_way: str = "") -> list[Way]:
    """Each way of choosing, the plain list first."""
    words = rules_in_words()
    plain = set(payload["ways"][0]["chosen"])
    made: list[Way] = []
    for row in payload["ways"]:
        name, rule = words[row["way"]]
        chosen = set(row["chosen"])
        made.append(
            Way(
                key=row["way"],
                name=name,
                rule=rule,
                method=row["method"],
                chosen=row["chosen"],
                is_fair=row["fair"],
                says=audit_in_words(row, payload, texts),
                reach=_reach(row, payload),
                adds=_numbers(row["chosen"], chosen - plain, texts),
                drops=_numbers(payload["ways"][0]["chosen"], plain - chosen, texts),
                is_kept=row["way"] == kept_way,
                is_best_found=row["proved"] is False,
                label_at=round(15 + 80 * len(made) / max(1, len(payload["ways"]) - 1), 1),
            )
        )
    return made


def _numbers(order: list[int], wanted: set[int], texts: Texts) -> str:
    return listed([texts[pk][0] for pk in order if pk in wanted and pk in texts])


def _reach(row: Payload, payload: Payload) -> list[Reach]:
    rows = [Reach(_("Everyone"), 0, row["reached"], payload["people"])]
    for at, (group, label) in enumerate(zip(payload["groups"], labels(payload), strict=True)):
        rows.append(Reach(label, series_of(at), row["reached_by_group"][at], group["size"]))
    return rows


def items(payload: Payload, texts: Texts) -> list[Item]:
    """What at least one way takes: first what all take, then what the plain list takes, then the rest."""
    chosen = [set(row["chosen"]) for row in payload["ways"]]
    order: list[int] = []
    for row in payload["ways"]:
        order += [pk for pk in row["chosen"] if pk not in order]
    names = [rules_in_words()[row["way"]][0] for row in payload["ways"]]
    made = [
        Item(pk, *texts[pk], [(name, pk in own) for name, own in zip(names, chosen, strict=True)])
        for pk in order
        if pk in texts
    ]
    return sorted(made, key=lambda item: item.differs)


def reach_title(chosen_by: list[Way], payload: Payload) -> str:
    """Which way of choosing reaches most, as far as it may be told."""
    plain, *others = (way.reach[0].told for way in chosen_by)
    best = max((told for told in others if told is not None), default=None)
    if plain is None or best is None:
        return _("Who finds something on the agenda: too few to say")
    if best == plain:
        return _("However we choose, at least %(n)d find something they agree with") % {"n": best}
    if best < plain:
        return _("The plain list gives something to at least %(n)d, more than the others") % {"n": plain}
    way = next(way for way in chosen_by[1:] if way.reach[0].told == best)
    return _("%(way)s gives something to at least %(n)d, the plain list to at least %(plain)d") % {
        "way": way.name,
        "n": best,
        "plain": plain,
    }


# --- files ----------------------------------------------------------------------------------------


def table(shown: list[Item], chosen_by: list[Way]) -> tuple[list[str], list[list[Any]]]:
    """Header and rows of the file: only what the page shows."""
    header = [_("number"), _("statement"), *(way.name for way in chosen_by)]
    yes, no = _("yes"), _("no")
    rows: list[list[Any]] = [[each.number, each.text, *(yes if mark else no for mark in each.marks)] for each in shown]
    for at, reach in enumerate(chosen_by[0].reach):
        label = _("%(group)s: so many find something on it") % {"group": reach.name}
        rows.append(["", label, *(way.reach[at].words for way in chosen_by)])
    rows.append(["", _("who is left out"), *(way.says for way in chosen_by)])
    rows.append(["", _("method"), *(way.method for way in chosen_by)])
    return header, rows
