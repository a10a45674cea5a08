"""What this room knows of our members: how far we are with each, and how often we are in contact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.member_facts import MemberColumn, MemberFilter, register_member_column

from .. import policies
from ..models import STAGES, WEDGES, Stakeholder
from . import rules


@dataclass(frozen=True)
class MemberAsAlly:
    """One member as the room of allies knows it."""

    stakeholder_id: int
    stage: str
    stance: str
    stance_on: date | None
    looked_after_by: str
    rhythm: rules.Rhythm

    @property
    def stage_label(self) -> Any:
        return dict(STAGES).get(self.stage, self.stage)

    @property
    def stance_label(self) -> Any:
        return dict(WEDGES).get(self.stance, self.stance)


def members_as_allies(actor: Actor, only: int | None = None) -> Mapping[int, MemberAsAlly]:
    """Each active member that is on the list of allies, by the id of its organization. One query.

    Days and outcomes only: what was said is not fetched.
    """
    if not policies.see_allies.holds(actor):
        return {}
    rows = Stakeholder.objects.filter(member__membership__state="active")
    if only is not None:
        rows = rows.filter(member_id=only)
    contacts: dict[int, list[tuple[date, str]]] = {}
    known: dict[int, tuple[Any, ...]] = {}
    for member, on, outcome, *about in rows.order_by().values_list(
        "member_id", "contacts__on", "contacts__outcome", "pk", "stage", "stance", "stance_on", "looked_after_by__name"
    ):
        known[member] = tuple(about)
        log = contacts.setdefault(member, [])
        if on is not None:
            log.append((on, outcome))
    today = localdate()
    return {
        member: MemberAsAlly(pk, stage, stance, stance_on, keeper or "", rules.rhythm(contacts[member], today))
        for member, (pk, stage, stance, stance_on, keeper) in known.items()
    }


def register() -> None:
    """Called once, when the room is set up."""
    register_member_column(
        MemberColumn(
            key="ally",
            label=gettext_lazy("Ally status"),
            facts=members_as_allies,
            template="stakeholders/outreach/_member_ally.html",
            header=[gettext_lazy("How far we are"), gettext_lazy("Where they stand"), gettext_lazy("As of")],
            cells=_ally_cells,
            order=10,
            sorts_by=lambda fact: [name for name, _label in STAGES].index(fact.stage),
            filters=[MemberFilter("stance", gettext_lazy("Where they stand"), WEDGES[1:], _stands)],
            method=gettext_lazy(
                "Ally status: how far we are and where they stand, as members wrote it in the list of allies."
            ),
            allowed=policies.see_allies,
        )
    )
    register_member_column(
        MemberColumn(
            key="contact",
            label=gettext_lazy("Contact rhythm"),
            facts=members_as_allies,
            template="stakeholders/outreach/_member_contact.html",
            header=[
                gettext_lazy("Last contact"),
                gettext_lazy("Contacts in half a year"),
                gettext_lazy("Usual gap in days"),
                gettext_lazy("Days since"),
                gettext_lazy("Quiet for longer than usual"),
            ],
            cells=_contact_cells,
            order=20,
            sorts_by=lambda fact: fact.rhythm.last,
            filters=[MemberFilter("quiet", gettext_lazy("Contact"), QUIET, _is_quiet)],
            method=gettext_lazy(
                "Contact rhythm (method: contact rhythm 1): from the days in the contact log on which they answered; "
                "several on one day count once. The usual gap is the middle one of the last two years, and is told "
                "from three gaps on. Half a year is 182 days. Talks that nobody wrote down are not in it."
            ),
            allowed=policies.see_allies,
        )
    )


QUIET = [
    ("longer", gettext_lazy("Quiet for longer than usual")),
    ("usual", gettext_lazy("As usual")),
    ("unknown", gettext_lazy("Not enough yet")),
    ("never", gettext_lazy("No contact written down")),
]


def _stands(fact: MemberAsAlly | None, value: str) -> bool:
    return fact is not None and fact.stance == value


def _is_quiet(fact: MemberAsAlly | None, value: str) -> bool:
    if fact is None or fact.rhythm.last is None:
        return value == "never"
    if fact.rhythm.usual_gap is None:
        return value == "unknown"
    return value == ("longer" if fact.rhythm.is_longer_than_usual else "usual")


def _ally_cells(fact: MemberAsAlly | None) -> list[Any]:
    return [fact.stage_label, fact.stance_label, fact.stance_on or ""] if fact else [_("not on the list"), "", ""]


def _contact_cells(fact: MemberAsAlly | None) -> list[Any]:
    if fact is None or fact.rhythm.last is None:
        return ["", 0, _("not enough yet"), "", ""]
    found = fact.rhythm
    if found.usual_gap is None:
        return [found.last, found.recent, _("not enough yet"), found.silence, ""]
    longer = _("yes") if found.is_longer_than_usual else _("no")
    return [found.last, found.recent, found.usual_gap, found.silence, longer]
