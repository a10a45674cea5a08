"""Every member is asked what comes first, beginning with the vision; and once more, this week."""

from datetime import timedelta

from django.utils.timezone import localdate

from manyhands.demo.stage import Stage, scene
from manyhands.practice.alignment.models import Priority, PriorityCandidate, PriorityRound, VisionClause
from manyhands.practice.alignment.prioritizing import actions
from manyhands.practice.alignment.success.actions import nominate_priority

QUESTION = "What comes first this school year?"
AGAIN = "What comes first next year?"
EVERYONE = "Amina Rosa Dele Petra Farid Tomasz Nora Sam Omar Mei Hana Joan Nkechi".split()
#: What is asked about; who wants it; and of the five clauses, how many members see each served, in their order.
SAID = {
    "Vans leave before the school hour": ("Amina Rosa Dele Petra Tomasz Nora Sam Mei Hana", (11, 8, 2, 9, 1)),
    "A loading bay in front of the stalls": ("Joan Omar Nkechi", (1, 0, 2, 8, 0)),
    "Electric buses on the two main roads first": ("Rosa Petra Farid Sam Nkechi Dele Nora", (12, 0, 4, 0, 0)),
    "Trees on twelve school streets": ("Hana Petra Sam Amina Rosa Mei Tomasz Dele", (10, 0, 0, 0, 5)),
    "A pupils’ hour in every plan": ("Mei Dele", (0, 3, 0, 0, 13)),
    "Delivery hours that everyone knows": ("Omar Joan Nkechi Farid", (8, 2, 7, 13, 0)),
}
#: So far, in the round that is open.
SO_FAR = ["Amina", "Rosa", "Tomasz", "Hana", "Joan"]


@scene(days=-93)
def two_more_are_nominated(stage: Stage) -> None:
    nominate_priority(
        actor=stage.actor("Mei"),
        title="A pupils’ hour in every plan",
        why="We are asked too late.",
        horizon="short",
    )
    nominate_priority(
        actor=stage.actor("Omar"),
        title="Delivery hours that everyone knows",
        why="Drivers can keep what they know.",
        horizon="short",
    )


@scene(days=-92)
def every_member_is_asked_what_comes_first(stage: Stage) -> None:
    _ask(stage, QUESTION, within=1)


@scene(days=-91)
def thirteen_answer_and_the_round_is_closed(stage: Stage) -> None:
    asked = PriorityRound.objects.get(question=QUESTION)
    for name in EVERYONE:
        _answer(stage, asked, name)
    actions.close_priority_round(actor=stage.actor("Mei"), round=asked)


@scene(days=-3)
def every_member_is_asked_again(stage: Stage) -> None:
    asked = _ask(stage, AGAIN, within=14)
    for name in SO_FAR:
        _answer(stage, asked, name)


def _ask(stage: Stage, question: str, within: int) -> PriorityRound:
    return actions.open_priority_round(
        actor=stage.actor("Mei"),
        question=question,
        priorities=list(Priority.objects.filter(title__in=SAID)),
        answer_by=localdate() + timedelta(days=within),
    )


def _answer(stage: Stage, asked: PriorityRound, name: str) -> None:
    clauses = list(VisionClause.objects.filter(vision=asked.vision).order_by("position", "pk"))
    at = EVERYONE.index(name)
    for candidate in PriorityCandidate.objects.filter(round=asked).select_related("priority"):
        wanted_by, seen = SAID[candidate.priority.title]
        actions.answer_candidate(
            actor=stage.actor(name),
            candidate=candidate,
            is_priority=name in wanted_by.split(),
            clause_ids=[clause.pk for clause, count in zip(clauses, seen, strict=False) if at < count],
        )
