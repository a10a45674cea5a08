"""An agenda of priorities as pages and files show it. Members say openly what serves them, so here they are named."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..findings import in_words
from .insights import OURS
from .queries import Standing
from .rules import Priced
from .sentences import Payload, listed, quoted, rules_in_words
from .words import Item

#: Members that a sentence names before it says how many more there are.
MOST_NAMED = 6


@dataclass(frozen=True)
class PriorityWay:
    """One way of choosing: what it takes, whom that serves, whom it does not, and what the audit says."""

    key: str
    name: str
    rule: str
    method: str
    is_fair: bool | None
    says: str
    served: int
    of: int
    unserved: list[str]
    is_best_found: bool = False
    adds: list[str] = field(default_factory=list)
    #: What it costs of how much there is; empty where so many are chosen.
    spent: str = ""

    @property
    def percent(self) -> float:
        return round(100 * self.served / self.of, 1) if self.of else 0

    @property
    def words(self) -> str:
        return _("%(n)d of %(of)d members") % {"n": self.served, "of": self.of}


def ways_in_words(*, by_cost: bool = False) -> dict[str, tuple[str, str]]:
    words = {OURS: (_("What comes first now"), _("What those who lead have put first.")), **rules_in_words()}
    if by_cost:
        words |= {
            "plain": (words["plain"][0], _("What most agree with, one after the other, as long as it can be paid.")),
            "equal-shares": (
                words["equal-shares"][0],
                _("Everyone holds an equal part of what there is, and pays only for what they agree with."),
            ),
        }
    return words


def amount(payload: Payload, value: str) -> str:
    """A sum as people read it, such as "40 hours"."""
    return Priced(Decimal(payload["budget"]), payload["unit"], {}).amount(Decimal(value))


def ways(payload: Payload, standing: Standing) -> list[PriorityWay]:
    """What comes first now, if it is as long, then each way of choosing."""
    words, first = ways_in_words(by_cost="budget" in payload), set(payload["ways"][0]["chosen"])
    made: list[PriorityWay] = []
    for row in payload["ways"]:
        name, rule = words[row["way"]]
        served = set(row["served"])
        made.append(
            PriorityWay(
                key=row["way"],
                name=name,
                rule=rule,
                method=row["method"],
                is_fair=row["fair"],
                says=audit_in_words(row, payload, standing),
                served=len(served),
                of=payload["people"],
                unserved=sorted(known for pk, known in standing.names.items() if pk not in served),
                is_best_found=row["proved"] is False,
                spent=amount(payload, row["spent"]) if "spent" in row else "",
                adds=[standing.titles[pk] for pk in row["chosen"] if pk not in first and pk in standing.titles],
            )
        )
    return made


def items(payload: Payload, standing: Standing) -> list[Item]:
    """What at least one way takes: first what all take."""
    words = ways_in_words()
    order: list[int] = []
    for row in payload["ways"]:
        order += [pk for pk in row["chosen"] if pk not in order and pk in standing.titles]
    made = [
        Item(pk, "", standing.titles[pk], [(words[row["way"]][0], pk in row["chosen"]) for row in payload["ways"]])
        for pk in order
    ]
    return sorted(made, key=lambda item: item.differs)


def headline(payload: Payload, standing: Standing) -> str:
    """The finding in one sentence."""
    first = payload["ways"][0]
    if "budget" in payload and first["way"] != OURS:
        return _headline_by_cost(payload)
    n = in_words(payload["size"])
    if first["left_out"] is not None and first["way"] == OURS:
        who = {"who": _members(first["left_out"]["members"], standing)}
        if first["left_out"]["most_served"] == 0:
            return _("What comes first leaves a like-minded group with nothing: %(who)s") % who
        return _("What comes first gives a like-minded group less than its part: %(who)s") % who
    if first["left_out"] is not None:
        return _("The %(n)s that serve most leave a like-minded group out") % {"n": n}
    if first["way"] == OURS and first["fair"]:
        return _("What comes first leaves no like-minded group of members out")
    if "budget" in payload:
        return _headline_by_cost(payload)
    if len({frozenset(row["chosen"]) for row in payload["ways"]}) == 1:
        return _("Whichever way we choose %(n)s, it is the same %(n)s.") % {"n": n}
    return _("Ways to choose %(n)s priorities, side by side") % {"n": n}


def _headline_by_cost(payload: Payload) -> str:
    """Where what comes first is not tested, or it is not known whether it leaves anybody out."""
    said = {"budget": amount(payload, payload["budget"])}
    if payload["ways"][0]["left_out"] is not None:
        return _("What serves most members for %(budget)s leaves a like-minded group out") % said
    if len({frozenset(row["chosen"]) for row in payload["ways"]}) == 1:
        return _("Whichever way we spend %(budget)s, it is for the same.") % said
    return _("Ways to spend %(budget)s, side by side") % said


def audit_in_words(row: Payload, payload: Payload, standing: Standing) -> str:
    """Which like-minded members this choice leaves with less than their part, and what gives them a place."""
    if row["fair"]:
        return _("No like-minded group of members is left with less than its part.")
    left = row["left_out"]
    if left is None:
        return _("We looked at very many groups and found none that is left out; there may be one all the same.")
    said = {"who": _members(left["members"], standing), "what": _titles(left["agree_on"], standing), "n": left["owed"]}
    owed = (
        ngettext(
            "%(what)s would serve %(who)s. Their part of what there is pays for %(n)d of these.",
            "%(what)s would serve %(who)s. Their part of what there is pays for %(n)d of these.",
            left["owed"],
        )
        if "budget" in payload
        else ngettext(
            "%(what)s would serve %(who)s. They are enough for %(n)d place.",
            "%(what)s would serve %(who)s. They are enough for %(n)d places.",
            left["owed"],
        )
    )
    sentences = [
        owed % said,
        _("Nothing on this list serves any of them.")
        if not left["most_served"]
        else _("No more than %(n)d of these serves any of them.") % {"n": left["most_served"]},
    ]
    names = ways_in_words()
    wanted = set(left["agree_on"])
    helps = [
        names[other["way"]][0]
        for other in payload["ways"]
        if other["way"] != OURS and other["fair"] and wanted & set(other["chosen"]) - set(row["chosen"])
    ]
    if helps:
        found = ngettext("%(ways)s gives them a place.", "%(ways)s give them a place.", len(helps))
        sentences.append(found % {"ways": listed(helps)})
    return " ".join(sentences)


def _members(organizations: list[int], standing: Standing) -> str:
    names = sorted(standing.names[pk] for pk in organizations if pk in standing.names)
    more = len(names) - MOST_NAMED
    if more > 0:
        names = [*names[:MOST_NAMED], ngettext("%(n)d more member", "%(n)d more members", more) % {"n": more}]
    return listed(names)


def _titles(priorities: list[int], standing: Standing) -> str:
    return quoted(priorities, {pk: ("", title) for pk, title in standing.titles.items()})


def table(shown: list[Item], chosen_by: list[PriorityWay]) -> tuple[list[str], list[list[Any]]]:
    """Header and rows of the file: only what the page shows."""
    yes, no = _("yes"), _("no")
    header = [_("priority"), *(way.name for way in chosen_by)]
    rows: list[list[Any]] = [[each.text, *(yes if mark else no for mark in each.marks)] for each in shown]
    if any(way.spent for way in chosen_by):
        rows.append([_("costs"), *(way.spent for way in chosen_by)])
    rows.append([_("serves"), *(way.words for way in chosen_by)])
    rows.append([_("serves nobody of"), *("; ".join(way.unserved) for way in chosen_by)])
    rows.append([_("who is left out"), *(way.says for way in chosen_by)])
    rows.append([_("method"), *(way.method for way in chosen_by)])
    return header, rows
