"""What can be asked about concerns. Who shares one is told by no query; how many, as far as it may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.coalitions.queries import seats_at_the_table
from manyhands.practice.stakeholders.models import Input, Stakeholder
from manyhands.practice.stakeholders.outreach.queries import inputs
from manyhands.practice.stakeholders.policies import see_allies

from ..models import Concern, ConcernAnswer, ConcernSource, ConcernVoice, Finding
from ..rules import StatementState
from . import rules
from .items import AgendaItem, items_of

#: Who reads along and is not among those who may share a concern.
NO_VOICE = ("observer", "guest")


@dataclass(frozen=True)
class ToldBy:
    """Where a concern was heard, as this reader may know it. Persons are counted and not named."""

    source_id: int
    #: Of an organization that told us; empty for a statement.
    stakeholder_id: int | None = None
    name: str = ""
    #: Of a statement of a round.
    statement_id: int | None = None
    round_number: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Answer:
    """One item that answers a concern."""

    pk: int
    item: AgendaItem


@dataclass
class ShownConcern:
    """A concern as pages show it: its words, its voices, where it was heard, and what answers it."""

    pk: int
    text: str
    written_at: datetime
    is_aside: bool
    why_set_aside: str
    voices: rules.Voices = field(default_factory=rules.Voices)
    is_mine: bool = False
    told_by: list[ToldBy] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    #: Its place among those on no agenda, from 1; nothing for the others.
    place: int | None = None

    @property
    def state(self) -> str:
        """ "aside", "answered" or "open"."""
        return "aside" if self.is_aside else "answered" if self.answers else "open"

    @property
    def rank(self) -> tuple[int, datetime, int]:
        """The most voices first; among as many, the one that has waited longest."""
        return (-self.voices.told, self.written_at, self.pk)


class ConcernRows:
    """Concerns with their voices, where they were heard and what they are linked to, not asked yet.

    A page asks them in one statement with what else it needs (`access/together.py`).
    """

    def __init__(self, actor: Actor, concerns: QuerySet[Concern] | None = None) -> None:
        these = Concern.objects.all() if concerns is None else concerns
        own = ConcernVoice.objects.filter(concern=OuterRef("pk"), seat_id=actor.seat_id)
        table = seats_at_the_table().exclude(standing__in=NO_VOICE).order_by().values("coalition")
        counts = {
            "shared": Count("voices"),
            "is_mine": Exists(own),
            "at_the_table": Subquery(table.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
        }
        gone = Q(heard__stakeholder__removed_at__isnull=False) | (
            Q(statement__isnull=False) & ~Q(statement__state=StatementState.LIVE)
        )
        of_these = {"concern__in": these.order_by().values("pk")}
        sources = ConcernSource.objects.filter(**of_these).exclude(gone)
        self.concerns: QuerySet[Any] = these.annotate(**counts)
        self.sources = sources.select_related("heard__stakeholder", "statement__round")
        self.findings = Finding.objects.filter(round__in=sources.order_by().values("statement__round"))
        self.answers = ConcernAnswer.objects.filter(**of_these)

    @property
    def questions(self) -> tuple[QuerySet[Any], ...]:
        return self.concerns, self.sources, self.findings, self.answers

    @property
    def items(self) -> set[str]:
        """The names of all items that these concerns are linked to."""
        return {answer.item for answer in self.answers}


def concerns(actor: Actor, rows: QuerySet[Concern] | None = None) -> list[ShownConcern]:
    """Concerns in the order of their voices. One query, and what each kind of agenda asks."""
    asked = ConcernRows(actor, rows)
    ask_together(*asked.questions)
    return in_order(actor, asked, items_of(actor, asked.items))


def in_order(actor: Actor, asked: ConcernRows, standing: Mapping[str, AgendaItem]) -> list[ShownConcern]:
    """The same from these rows; ``standing`` are the items that may answer, by their names."""
    found = _with_voices(actor, asked)
    for answer in asked.answers:
        if answer.item in standing:
            found[answer.concern_id].answers.append(Answer(answer.pk, standing[answer.item]))
    ranked = sorted(found.values(), key=lambda shown: shown.rank)
    for place, shown in enumerate((each for each in ranked if each.state == "open"), start=1):
        shown.place = place
    return ranked


def answered_by(actor: Actor, keys: Iterable[str]) -> dict[str, list[ShownConcern]]:
    """For each of these items of an agenda, the concerns it answers, those with most voices first. One query.

    For any room whose agenda items were made known by `register_agenda_items`, which shows them on a page of its own;
    keys as ``meetings.AgendaItem:7``.
    """
    found: dict[str, list[ShownConcern]] = {key: [] for key in keys}
    links = ConcernAnswer.objects.filter(item__in=found).order_by().values("concern")
    asked = ConcernRows(actor, Concern.objects.filter(pk__in=links, set_aside_at=None))
    ask_together(*asked.questions)
    shown = _with_voices(actor, asked)
    for answer in asked.answers:
        if answer.item in found:
            found[answer.item].append(shown[answer.concern_id])
    for theirs in found.values():
        theirs.sort(key=lambda each: each.rank)
    return found


def unanswered(actor: Actor) -> list[ShownConcern]:
    """Concerns that no item of any agenda answers, in the order of their voices."""
    return [shown for shown in concerns(actor, Concern.objects.filter(set_aside_at=None)) if shown.state == "open"]


def waiting_inputs(actor: Actor) -> QuerySet[Input]:
    """What allies told us, as far as this actor may read it, that is under no concern and not answered yet."""
    if not see_allies.holds(actor):
        return Input.objects.none()
    taken = ConcernSource.objects.filter(heard=OuterRef("pk"))
    return inputs(actor).filter(~Exists(taken), state=Input.State.HEARD).order_by("-on", "-pk")


def _with_voices(actor: Actor, asked: ConcernRows) -> dict[int, ShownConcern]:
    """Each with its voices and where it was heard. Persons and people at the table leave here as one told number."""
    found: dict[int, ShownConcern] = {}
    seats: dict[int, tuple[int, int]] = {}
    for row in asked.concerns:
        aside = row.set_aside_at is not None
        shown = ShownConcern(row.pk, row.text, row.written_at, aside, row.why_set_aside, is_mine=row.is_mine)
        found[row.pk], seats[row.pk] = shown, (row.shared, row.at_the_table or 0)
    least = _agreed(asked.findings)
    organizations: dict[int, set[int]] = {pk: set() for pk in found}
    persons: dict[int, set[int]] = {pk: set() for pk in found}
    agreed: dict[int, list[int]] = {pk: [] for pk in found}
    sees_allies = see_allies.holds(actor)
    for row in asked.sources:
        shown = found[row.concern_id]
        if row.statement is not None:
            agreed[shown.pk].append(least.get(row.statement.pk, 0))
            number, text = row.statement.round.number, row.statement.text
            shown.told_by.append(ToldBy(row.pk, statement_id=row.statement.pk, round_number=number, text=text))
        elif row.heard is not None and row.heard.stakeholder.kind == Stakeholder.Kind.ORGANIZATION:
            ally = row.heard.stakeholder
            organizations[shown.pk].add(ally.pk)
            if sees_allies:
                shown.told_by.append(ToldBy(row.pk, stakeholder_id=ally.pk, name=ally.name))
        elif row.heard is not None:
            persons[shown.pk].add(row.heard.stakeholder_id)
    for pk, shown in found.items():
        shown.voices = rules.voices(
            organizations=len(organizations[pk]),
            persons=len(persons[pk]),
            seats=seats[pk][0],
            seats_of=seats[pk][1],
            agreed=agreed[pk],
        )
    return found


def _agreed(findings: Iterable[Finding]) -> dict[int, int]:
    """How many at least agree with each statement of closed rounds, from what their findings show."""
    return {
        int(row["id"]): rules.agreed_at_least(row["groups"])
        for finding in findings
        for row in finding.payload.get("statements", [])
    }
