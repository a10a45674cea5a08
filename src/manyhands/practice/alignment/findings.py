"""A finding as pages and files show it: sentences, bars and marks, made from what may be shown and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.ui.charts import SHAPES, hull_path, shape

from . import declaring
from .bars import Bar, Payload, bar, parts_of, percent
from .rules import short


@dataclass(frozen=True)
class Shown:
    """One statement of a finding."""

    id: int
    text: str
    number: str
    rank: int | None
    score: str
    is_exact: bool
    lowest: str
    seen: int | None
    bars: list[Bar]
    agreed: bool
    too_few: bool
    #: The groups that may be told of together; None in findings made before this was kept.
    total: Bar | None = None
    offers: list[Any] = field(default_factory=list)

    @property
    def pk(self) -> int:
        """As on the statement itself, so that an offer names the statement it is made on."""
        return self.id


@dataclass(frozen=True)
class Group:
    """One opinion group: its name, how many it is, its sign, and what sets it apart."""

    name: str
    #: As pages call it: "Group A", or "Health" where groups are declared.
    label: str
    size: int
    series: int
    apart: list[str]
    marks: list[tuple[float, float]]
    outline: str
    label_x: float
    label_y: float


def group_label(name: str, declared_by: str = "") -> str:
    """What a group is called on pages and in files; declared ones by their own word.

    >>> group_label("A"), group_label("Health", "sector"), group_label("(others)", "sector")
    ('Group A', 'Health', 'Others')
    """
    if not declared_by:
        return _("Group %(name)s") % {"name": name}
    told = {
        declaring.OTHERS: _("Others"),
        declaring.ALONE: _("Without an organization"),
        declaring.UNKNOWN: _("Not known"),
        declaring.SEVERAL: _("More than one"),
    }
    return str(told.get(name, name))


def labels(payload: Payload) -> list[str]:
    """What each group of a finding is called, in order."""
    return [group_label(group["name"], payload.get("declared_by", "")) for group in payload["groups"]]


def joined(payload: Payload) -> list[str]:
    """What the declared groups are called that were too small to stand alone."""
    return [group_label(name, payload["declared_by"]) for name in payload.get("joined", [])]


def series_of(at: int) -> int:
    """The sign of the group at this place: there are five, then they begin again."""
    return at % len(SHAPES) + 1


def parted(payload: Payload, shown: list[Shown]) -> list[Shown]:
    """Statements that one group clearly accepts and another clearly refuses, the most dividing first."""
    by_id = {row.id: row for row in shown}
    return [by_id[each] for each in payload["parted"] if each in by_id]


def refused_by_one_group(payload: Payload, shown: list[Shown]) -> list[Shown]:
    """Statements that most agree with and one group clearly refuses, the most dividing first."""
    by_id = {row.id: row for row in shown}
    return [by_id[each] for each in payload.get("hidden_division", []) if each in by_id]


def statements(payload: Payload, texts: Mapping[int, tuple[str, str]]) -> list[Shown]:
    """The statements that are still there, best first. `texts` gives number and text by id."""
    names = labels(payload)
    return [_statement(row, names, *texts[row["id"]]) for row in payload["statements"] if row["id"] in texts]


def _statement(row: Payload, names: list[str], number: str, text: str) -> Shown:
    bars = [
        bar(name, series_of(at), answers) for at, (name, answers) in enumerate(zip(names, row["groups"], strict=True))
    ]
    return Shown(
        id=row["id"],
        text=text,
        number=number,
        rank=row["rank"],
        score=score(row["score"], row["is_exact"]),
        is_exact=row["is_exact"],
        lowest=_lowest(row["groups"]),
        seen=row["seen"],
        bars=bars,
        agreed=row["agreed"],
        too_few=row["too_few"],
        total=bar("", 0, row["total"]) if "total" in row else None,
    )


def score(value: float, is_exact: bool) -> str:
    """The consensus as shown: exact, or what it surely is at least.

    >>> score(0.8505, True), score(0.846, True), score(0.8512, False)
    ('0.8505', '0.846', 'at least 0.85')
    """
    if is_exact:
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return _("at least %(score)s") % {"score": f"{int(value * 100) / 100:.2f}"}


def _lowest(groups: list[Payload]) -> str:
    """The share of the group that agrees least, if it may be told of every group."""
    found: list[tuple[int, bool]] = []
    for answers in groups:
        exact = parts_of(answers).get(frozenset(["agree"]))
        if exact is not None and answers["seen"]:
            found.append((percent(exact, answers["seen"]), True))
        elif answers["mostly"] == "agree":
            found.append((answers["over"], False))
        else:
            return ""
    value, exact_one = min(found)
    share = f"{value} %" if exact_one else _("over %(n)d %%") % {"n": value}
    return _("lowest group %(share)s") % {"share": share} if len(groups) > 1 else share


def groups(payload: Payload, texts: Mapping[int, tuple[str, str]]) -> list[Group]:
    """The opinion groups with their marks on the map and what sets them apart."""
    made = []
    for at, (group, label) in enumerate(zip(payload["groups"], labels(payload), strict=True)):
        marks = [(x, y) for x, y, which in payload["map"] if which == at]
        top = min((y for _x, y in marks), default=0)
        middle = sum(x for x, _y in marks) / len(marks) if marks else 50
        made.append(
            Group(
                name=group["name"],
                label=label,
                size=group["size"],
                series=series_of(at),
                apart=[_stance(each, texts) for each in group["apart"] if each["statement"] in texts][:2],
                marks=marks,
                outline=hull_path(marks),
                label_x=round(min(88, max(12, middle)), 1),
                label_y=round(max(5.5, top - 5), 1),
            )
        )
    return made


def _stance(each: Payload, texts: Mapping[int, tuple[str, str]]) -> str:
    text = short(texts[each["statement"]][1], 110)
    return (_("agree: “%(text)s”") if each["agrees"] else _("disagree: “%(text)s”")) % {"text": text}


def shape_of(series: int) -> str:
    return shape(series)


# --- sentences ------------------------------------------------------------------------------------


def in_words(number: int) -> str:
    """
    >>> in_words(2), in_words(11), in_words(40)
    ('two', 'eleven', '40')
    """
    words = [
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"),
        _("seven"), _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve"),
    ]  # fmt: skip
    return words[number] if number < len(words) else str(number)


def headline(payload: Payload, shown: list[Shown]) -> str:
    """The finding in one sentence or two.

    >>> headline({"groups": [1, 2]}, [])
    'Two groups, and nothing yet that each of them agrees on.'
    """
    agreed = [row for row in shown if row.agreed]
    how_many = len(payload["groups"])
    who = _("We") if how_many == 1 else _("%(n)s groups") % {"n": in_words(how_many).capitalize()}
    if not agreed:
        if how_many == 1:
            return _("Nothing yet that clearly most of us agree on.")
        return _("%(who)s, and nothing yet that each of them agrees on.") % {"who": who}
    things = ngettext("one thing", "%(n)s things", len(agreed)) % {"n": in_words(len(agreed))}
    first = short(agreed[0].text, 60).rstrip(".")
    return _("%(who)s agree on %(things)s. First of all: “%(first)s”") % {"who": who, "things": things, "first": first}


def map_title(payload: Payload) -> str:
    """What the map shows, said carefully: k-means finds groups even in a cloud."""
    if len(payload["groups"]) == 1:
        return _("We cannot be told apart by how we answer")
    if payload["declared"]:
        return _("Where the people of each declared group stand by their answers")
    if (payload["separation"] or 0) >= 0.5:
        return _("Our answers fall into groups that stand well apart")
    if (payload["separation"] or 0) >= 0.25:
        return _("Our answers fall into groups, with people between them")
    return _("One wide field of opinion rather than camps")


def seen_range(shown: list[Shown]) -> str:
    """By how many people each statement was seen, by what may be told."""
    seen = [row.seen for row in shown if row.seen is not None]
    if not seen:
        return ""
    if min(seen) == max(seen):
        return _("each seen by %(n)d people") % {"n": seen[0]}
    return _("each seen by %(low)d to %(high)d people") % {"low": min(seen), "high": max(seen)}


def table(shown: list[Shown], payload: Payload) -> tuple[list[str], list[list[Any]]]:
    """Header and rows of the file: only what the page shows."""
    header = [
        _("number"),
        _("statement"),
        _("rank"),
        _("score"),
        _("agreed in every group"),
        _("divides"),
        _("most agree, one group clearly refuses"),
        _("seen by too few"),
        _("everyone: answers"),
        _("everyone: of how many"),
        _("everyone: share that agrees likely lies, in %"),
    ]
    for label in labels(payload):
        header += [_("%(group)s: answers") % {"group": label}, _("%(group)s: of how many") % {"group": label}]
        header += [_("%(group)s: share that agrees likely lies, in %%") % {"group": label}]
    rows, divides, refused = [], set(payload["parted"]), set(payload.get("hidden_division", []))
    for row in shown:
        flags = [
            _("yes") if flag else _("no") for flag in (row.agreed, row.id in divides, row.id in refused, row.too_few)
        ]
        cells: list[Any] = [row.number, row.text, "" if row.rank is None else row.rank, row.score, *flags]
        for each in [row.total, *row.bars]:
            cells += [each.spoken, each.of, each.between] if each else ["", "", ""]
        rows.append(cells)
    return header, rows
