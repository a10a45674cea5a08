"""What can be asked about agendas. Nothing here tells how anyone answered."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from .. import queries
from ..columns import Columns
from ..columns import fingerprint as fingerprint_of
from ..models import Priority, PriorityStand, Response, Statement, VisionRound
from ..rules import FEWEST_PEOPLE, StatementState
from ..voices import one_voice_each
from .insights import METHOD, METHOD_FOR_PRIORITIES
from .models import Agenda, AgendaFinding, KeptAgenda
from .rules import MOST_PLACES


def agendas_of(round: VisionRound) -> QuerySet[Agenda]:
    """Every size that somebody asked for, the smallest first."""
    return Agenda.objects.filter(round=round)


def finding_of(agenda: Agenda) -> AgendaFinding | None:
    """What was found, or None while it is being worked out."""
    return AgendaFinding.objects.filter(agenda=agenda).first()


def kept(round: VisionRound) -> KeptAgenda | None:
    """The agenda that those who lead suggest; no query where the round was read together with it."""
    return getattr(round, "kept_agenda", None)


def stated_order(round: VisionRound) -> list[int]:
    """Every live statement in the order that decides a tie: that of their numbers."""
    live = Statement.objects.filter(round=round, state=StatementState.LIVE)
    return list(live.order_by("position", "pk").values_list("pk", flat=True))


def voices_of(round: VisionRound) -> Columns:
    """One voice each, as was said before the first answer. For `insights` alone; never for a page."""
    answers = queries.answers_to_count(round)
    return one_voice_each(answers, queries.organizations_of(round)) if _by_organization(round) else answers


def most_places(round: VisionRound) -> int:
    """How many places an agenda can have: one for each statement that at least five agree with, and not too many.

    Beyond that a rule would run out of statements that anybody wants, and show with which of them nobody agrees. The
    round's finding knows it; answers are counted only while that is being worked out.
    """
    found = queries.finding(round)
    if found is not None and "enough_agree" in found.payload:
        return min(MOST_PLACES, int(found.payload["enough_agree"]))
    if _by_organization(round):
        _people, statements, answers = voices_of(round)
        agreed = Counter(statement for statement, answer in zip(statements, answers, strict=True) if answer > 0)
        return min(MOST_PLACES, sum(count >= FEWEST_PEOPLE for count in agreed.values()))
    agreed_with = Response.objects.filter(
        statement__round=round, statement__state=StatementState.LIVE, answer=Response.Answer.AGREE
    )
    enough = agreed_with.order_by().values("statement").annotate(n=Count("pk")).filter(n__gte=FEWEST_PEOPLE)
    return min(MOST_PLACES, enough.count())


def count_voices(round: VisionRound) -> int:
    """How many people, or organizations, answered anything; as `most_places` knows it."""
    found = queries.finding(round)
    if found is not None and "people" in found.payload:
        return int(found.payload["people"])
    if _by_organization(round):
        return len(set(voices_of(round)[0]))
    answered = Response.objects.filter(statement__round=round, statement__state=StatementState.LIVE)
    return answered.values("participant").distinct().count()


# --- priorities -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """Which priorities serve which members, as members said openly; each member is one voice."""

    #: Priorities that are not reached, those nominated first before others: that decides a tie.
    order: list[int]
    #: Priorities that serve each member who said so of any.
    serves: dict[int, list[int]]
    selected: list[int]
    titles: dict[int, str]
    names: dict[int, str]

    @property
    def served(self) -> dict[int, str]:
        """Priorities that serve anybody, by title, in the stated order."""
        wanted = {each for own in self.serves.values() for each in own}
        return {pk: self.titles[pk] for pk in self.order if pk in wanted}

    @property
    def most(self) -> int:
        """How many places an agenda can have: one for each priority that serves anybody."""
        return min(MOST_PLACES, len({each for own in self.serves.values() for each in own}))

    def fingerprint(self, agenda: Agenda) -> str:
        """The same stands, priorities and size, or costs, always have the same one."""
        terms: Any = agenda.size
        if agenda.budget is not None:  # as it comes from a form and from the database: 40 and 40.00
            terms = (f"{agenda.budget.normalize():f}", agenda.unit, agenda.terms)
        told = repr((METHOD_FOR_PRIORITIES, self.order, sorted(self.serves.items()), sorted(self.selected), terms))
        return hashlib.sha256(told.encode()).hexdigest()


def standing() -> Standing:
    """What members say of each priority that is not reached. Members that have left are not counted. Two queries."""
    rows = Priority.objects.exclude(state=Priority.State.REACHED).order_by("pk")
    state_of = {pk: (title, state) for pk, title, state in rows.values_list("pk", "title", "state")}
    stands = PriorityStand.objects.filter(
        priority__in=rows, side=PriorityStand.Side.SERVES, organization__membership__state="active"
    )
    serves: dict[int, list[int]] = {}
    names: dict[int, str] = {}
    told = stands.order_by("organization_id", "priority_id")
    for priority, organization, name in told.values_list("priority_id", "organization_id", "organization__name"):
        serves.setdefault(organization, []).append(priority)
        names[organization] = name
    selected = [pk for pk, (_title, state) in state_of.items() if state == Priority.State.SELECTED]
    return Standing(list(state_of), serves, selected, {pk: title for pk, (title, _s) in state_of.items()}, names)


def priority_agendas() -> list[Agenda]:
    """Every size that somebody asked for, each with what was found. One query."""
    return list(Agenda.objects.filter(round=None, budget=None).select_related("finding"))


def priced_agenda() -> Agenda | None:
    """The agenda of priorities that cost something, with what was found; None until it is asked for. One query."""
    return Agenda.objects.filter(budget__isnull=False).select_related("finding").first()


# --- fingerprints ---------------------------------------------------------------------------------


def fingerprint(voices: Columns, groups: dict[int, str], order: list[int], size: int) -> str:
    """The same voices, statements and size always have the same one."""
    told = repr((METHOD, fingerprint_of(voices, groups), order, size))
    return hashlib.sha256(told.encode()).hexdigest()


def _by_organization(round: VisionRound) -> bool:
    return round.counts_by == "organization"
