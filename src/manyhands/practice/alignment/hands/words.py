"""The private report in plain words, for the page and for the download."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..agenda.sentences import listed
from ..findings import in_words
from .queries import OwnReport
from .rules import FEWEST, Group, MeetingSums


def headline(report: OwnReport) -> str:
    """How many of those who asked were called on."""
    found = report.found
    asked, called = len(found.asked), len(found.called)
    if not asked:
        return _("Nobody asked to speak")
    if called == asked:
        return ngettext("You called on the one who asked", "You called on all %(n)d who asked", asked) % {"n": asked}
    if not called:
        return ngettext("You called on nobody; one asked", "You called on none of the %(n)d who asked", asked) % {
            "n": asked
        }
    return _("You called on %(called)d of %(asked)d who asked") % {"called": called, "asked": asked}


def sentences(report: OwnReport) -> list[str]:
    """Who waited in vain, who still waits, how long, and who was called on without asking."""
    found, told = report.found, []
    if found.in_vain:
        said = {"n": in_words(len(found.in_vain)), "who": _names(report, found.in_vain)}
        told.append(
            ngettext(
                "The one who waited in vain was %(who)s.",
                "The %(n)s who waited in vain were %(who)s.",
                len(found.in_vain),
            )
            % said
        )
    if found.gave_up:
        told.append(
            ngettext(
                "One of them took their hand down, or left, before it was over.",
                "%(n)d of them took their hand down, or left, before it was over.",
                found.gave_up,
            )
            % {"n": found.gave_up}
        )
    if found.waiting:
        told.append(_("Waiting now: %(who)s.") % {"who": _names(report, found.waiting)})
    if found.waited is not None and found.longest is not None:
        waits = {"middle": duration(found.waited), "longest": duration(found.longest)}
        told.append(_("Those you called on waited %(middle)s (the middle wait), at most %(longest)s.") % waits)
    if found.unasked:
        once = {"n": len(found.unasked), "who": _names(report, list(dict.fromkeys(found.unasked)))}
        told.append(
            ngettext(
                "You called once on somebody who had not asked: %(who)s.",
                "You called %(n)d times on somebody who had not asked: %(who)s.",
                len(found.unasked),
            )
            % once
        )
    if found.asked and not found.is_enough:
        told.append(_("Not enough yet to compare shares: that takes %(n)d people who ask.") % {"n": FEWEST})
    return told


def meeting_sentence(sums: MeetingSums) -> str:
    """What the meeting reads of itself, when it is over; nothing while too few asked."""
    said = {"asked": sums.asked, "heard": sums.heard}
    sentence = {
        "nothing": "",
        "exact": _("%(asked)d people asked to speak; %(heard)d of them were called on."),
        "most": _("%(asked)d people asked to speak; most of them were called on."),
        "some": _("%(asked)d people asked to speak; some of them were called on."),
    }[sums.shown] % said
    if sentence and sums.shown_wait is not None:
        sentence += " " + _("They waited %(middle)s (the middle wait).") % {"middle": duration(sums.shown_wait)}
    return sentence


def duration(seconds: float) -> str:
    """In words that one would say: "under a minute", "4 minutes"."""
    minutes = round(seconds / 60)
    if seconds < 60:
        return _("under a minute")
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def _names(report: OwnReport, people: Sequence[object]) -> str:
    gone = _("somebody who has left for good")
    return listed([report.names.get(person) or gone for person in people])


@dataclass(frozen=True)
class GroupRow:
    """One line of a table: hands beside turns."""

    name: str
    hands: int
    turns: int
    unasked: int
    percent_hands: int | None
    percent_turns: int | None
    waited: str


@dataclass(frozen=True)
class GroupTable:
    """One way to look at it: by organization, or by seat."""

    key: str
    title: str
    column: str
    rows: list[GroupRow]


def groups(report: OwnReport) -> list[GroupTable]:
    """Hands beside turns, by organization and by seat."""
    found = report.found
    return [
        GroupTable(key, title, column, [_row(group) for group in rows])
        for key, title, column, rows in (
            ("organizations", _("By organization"), _("Organization"), found.organizations),
            ("standings", _("By seat"), _("Seat"), found.standings),
        )
    ]


def _row(group: Group) -> GroupRow:
    return GroupRow(
        name=group.name or _("for themselves"),
        hands=group.hands,
        turns=group.turns,
        unasked=group.unasked,
        percent_hands=group.percent_hands,
        percent_turns=group.percent_turns,
        waited=duration(group.waited) if group.waited is not None else "",
    )
