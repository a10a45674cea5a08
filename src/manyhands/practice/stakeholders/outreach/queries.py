"""What can be asked about reaching out. Words about named people are not fetched for those who may not read them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Field,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils.timezone import localdate

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.together import ask_together

from .. import policies
from .. import rules as room
from ..models import STAGES, Contact, Input, InvitedContribution, MenuItem, Offer, Script, Stakeholder
from . import rules

#: Cards in one column of the board; the list below has them all.
CARDS = 8


def _last_contact(field: str) -> Subquery:
    last = Contact.objects.filter(stakeholder=OuterRef("pk")).order_by("-on", "-id")
    kinds: dict[str, Field] = {"on": DateField(), "outcome": CharField()}
    return Subquery(last.values(field)[:1], output_field=kinds[field])


def in_hand() -> QuerySet[Any]:
    """Every ally with who looks after it and when we last spoke. One query, whatever the number."""
    return Stakeholder.objects.select_related("looked_after_by").annotate(
        last_on=_last_contact("on"), last_outcome=_last_contact("outcome")
    )


@dataclass(frozen=True)
class Column:
    """One stage on the board."""

    stage: str
    label: Any
    count: int
    cards: list[Stakeholder]

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def board(keeper: int | None = None, *beside: QuerySet[Any]) -> list[Column]:
    """All stages with their first cards: those whose next step is due soonest, then those that matter most.

    Members are not reached out to, so they are not on the board. Two queries; the second one answers the questions
    ``beside`` as well.
    """
    rows = Stakeholder.objects.filter(member=None)
    if keeper is not None:
        rows = rows.filter(looked_after_by_id=keeper)
    order = [F("next_step_on").asc(nulls_last=True), F("weight").desc(), F("name").asc(), F("pk").asc()]
    stage = F("stage")
    placed = rows.annotate(
        place=Window(RowNumber(), partition_by=stage, order_by=order),
        in_stage=Window(Count("pk"), partition_by=stage),
    )
    first = list(placed.filter(place__lte=CARDS).order_by().values_list("pk", "stage", "in_stage"))
    counts = {name: count for _pk, name, count in first}
    cards: dict[str, list[Stakeholder]] = {name: [] for name, _label in STAGES}
    shown = in_hand().filter(pk__in=[pk for pk, _name, _count in first]).order_by(*order)
    ask_together(shown, *beside)
    for ally in shown:
        cards[ally.stage].append(ally)
    return [Column(name, label, counts.get(name, 0), cards[name]) for name, label in STAGES]


def distant() -> QuerySet[Any]:
    """Rated as caring little, and nobody has ever spoken with them: perhaps they wait to be asked.

    Those who refused, those never to be asked and those we wait for are not among them.
    """
    return (
        in_hand()
        .filter(member=None, raters__gt=0, interest__lt=rules.DISTANT, never_because="", stage__in=room.NEVER_ASKED)
        .filter(Q(not_before=None) | Q(not_before__lte=localdate()))
        .filter(~Exists(Contact.objects.filter(stakeholder=OuterRef("pk"))))
    )


def refused() -> QuerySet[Any]:
    """Those who said no, or must not be asked: kept apart, so that nobody asks twice by mistake."""
    said_no = Q(stage="declined") | ~Q(never_because="") | Q(last_outcome=Contact.Outcome.REFUSED)
    return in_hand().filter(said_no, member=None)


def waiting_until() -> QuerySet[Any]:
    """Those we wait for until a day."""
    return in_hand().filter(member=None, not_before__gt=localdate())


# --- contacts ---


def contacts_of(stakeholder: Stakeholder, actor: Actor) -> QuerySet[Contact]:
    """The history of contacts, newest first; what was said with a named person only for those who may read it."""
    rows = Contact.objects.filter(stakeholder=stakeholder).select_related("by_seat", "script", "invitation")
    words = F("text") if may_read(actor, stakeholder) else Value("")
    shown = rows.defer("text", "invitation__message").annotate(
        words=Case(When(pk__gt=0, then=words), output_field=TextField())
    )
    return shown.order_by("-on", "-id")[:100]


def may_read(actor: Actor, stakeholder: Stakeholder) -> bool:
    """May this actor read what was said with this ally? Of organizations everyone, of people those who need it."""
    return stakeholder.kind == Stakeholder.Kind.ORGANIZATION or policies.see_private.holds(actor, stakeholder)


# --- words and menus ---


def scripts(everything: bool = False) -> QuerySet[Script]:
    """Words to begin with, each with how often they were used and answered."""
    rows = Script.objects.all() if everything else Script.objects.filter(retired_at=None)
    answered = Q(contacts__outcome__in=sorted(rules.ANSWERS))
    return rows.annotate(used=Count("contacts"), answered=Count("contacts", filter=answered))


def rate_of(script: Any) -> rules.ResponseRate:
    """How often these words were answered."""
    return rules.ResponseRate(script.used, script.answered)


@dataclass(frozen=True)
class MotiveRate:
    """How often words that speak to one reason were answered, over all of them."""

    motive: str
    scripts: int
    rate: rules.ResponseRate


def rates_by_motive() -> list[MotiveRate]:
    """The response rate of each motive, also of words that were put away since. One query."""
    found: dict[str, list[Any]] = {}
    for script in scripts(everything=True):
        found.setdefault(script.motive, []).append(script)
    rates = [
        MotiveRate(motive, len(rows), rules.ResponseRate(sum(s.used for s in rows), sum(s.answered for s in rows)))
        for motive, rows in found.items()
    ]
    return sorted(rates, key=lambda each: (each.motive == "", each.motive))


def motives_of_scripts() -> list[tuple[str, str]]:
    """Reasons to care that there are words for, for a select."""
    named = (
        Script.objects.filter(retired_at=None).exclude(motive="").order_by("motive").values_list("motive", flat=True)
    )
    return [(motive, motive) for motive in named.distinct()]


def menu() -> QuerySet[MenuItem]:
    """What people could do for us, each with how often it was on an invitation, and offered."""
    asked = InvitedContribution.objects.filter(item=OuterRef("pk")).order_by().values("item")
    return MenuItem.objects.annotate(
        asked=Subquery(asked.annotate(n=Count("pk")).values("n")[:1]),
        offered=Count("offers", filter=Q(offers__withdrawn_at=None)),
    )


def offers() -> QuerySet[Offer]:
    """Everything that was offered and stands, newest first."""
    rows = Offer.objects.filter(withdrawn_at=None)
    return rows.select_related("stakeholder", "organization", "offered_by", "item")


def invited() -> QuerySet[Contact]:
    """Letters that invited an ally, with the menu of each; newest first."""
    rows = Contact.objects.filter(invitation__isnull=False, stakeholder__removed_at=None)
    return (
        rows.defer("text")
        .select_related("stakeholder", "invitation", "by_seat", "script")
        .prefetch_related("invitation__menu__item")
    )


def pending_letters(stakeholder: Stakeholder) -> QuerySet[Contact]:
    """The last letter to this ally, if nobody has answered it or taken it back."""
    waits = Contact.objects.filter(stakeholder=stakeholder, invitation__isnull=False, invitation__accepted_at=None)
    waits = waits.filter(invitation__declined_at=None, invitation__withdrawn_at=None)
    return waits.select_related("invitation")[:1]


# --- what they told us ---

#: A filter of the list of inputs: its word, and the rows.
INPUT_STATES = {
    "heard": Q(state=Input.State.HEARD),
    "to tell": ~Q(state=Input.State.HEARD) & Q(told_on=None),
    "told": Q(told_on__isnull=False),
}


def inputs(actor: Actor) -> QuerySet[Input]:
    """What allies told us; of named people only what this actor may read."""
    rows = Input.objects.filter(stakeholder__removed_at=None).select_related("stakeholder", "by_seat")
    if actor.has_any("coordinator", "steward"):
        return rows
    mine = Q(stakeholder__looked_after_by_id=actor.seat_id) | Q(by_seat_id=actor.seat_id)
    return rows.filter(Q(stakeholder__kind=Stakeholder.Kind.ORGANIZATION) | mine)


def unanswered() -> Q:
    """Inputs whose giver has not been told what became of them."""
    return Q(told_on=None)


# --- brainstorm ---


def called_out(source: str) -> list[Stakeholder]:
    """The names of one brainstorm, newest first."""
    return list(Stakeholder.objects.filter(source=source).order_by("-pk")[:200])


def days_since(day: date | None) -> int | None:
    """How many days ago that was."""
    return (localdate() - day).days if day else None
