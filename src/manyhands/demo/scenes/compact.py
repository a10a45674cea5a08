"""What they hold to and how they deal with each other: written together, spoken to by each member, and once broken."""

from manyhands.demo import cast
from manyhands.demo.stage import Stage, scene
from manyhands.practice.alignment.compact import actions
from manyhands.practice.alignment.compact.actions.speaking import Word
from manyhands.practice.alignment.models import BreachReport, Compact, CompactPoint, Ratification

RULES = [
    "One speaks, the others listen; nobody is cut off.",
    "We say what we think of the matter, never of the person.",
    "What is said in confidence stays in the room.",
]
#: Who says what against which point; everybody else stands behind all of them.
CONTESTS = {"Joan": (2, "A trader who loses a fifth of the morning does pay alone. Say by when it is shared.")}


@scene(days=-165)
def values_are_put_to_every_member(stage: Stage) -> None:
    compact = actions.begin_compact(actor=stage.actor("Amina"), kind=Compact.Kind.VALUES)
    actions.ask_members(actor=stage.actor("Amina"), compact=compact)


@scene(days=-160)
def everyone_speaks_to_the_values(stage: Stage) -> None:
    _everyone_speaks(stage, Compact.Kind.VALUES, CONTESTS)


@scene(days=-158)
def values_come_into_force(stage: Stage) -> None:
    _adopt(stage, Compact.Kind.VALUES)


@scene(days=-9, hour=8)
def ground_rules_are_written_together(stage: Stage) -> None:
    compact = actions.begin_compact(actor=stage.actor("Mei"), kind=Compact.Kind.BEHAVIOUR)
    for name, text in zip(("Mei", "Rosa", "Omar"), RULES, strict=True):
        actions.propose_point(actor=stage.actor(name), compact=compact, text=text)
    actions.ask_members(actor=stage.actor("Mei"), compact=compact)


@scene(days=-8, hour=8)
def everyone_speaks_to_the_ground_rules(stage: Stage) -> None:
    _everyone_speaks(stage, Compact.Kind.BEHAVIOUR, {})


@scene(days=-7, hour=8)
def ground_rules_come_into_force(stage: Stage) -> None:
    compact = _adopt(stage, Compact.Kind.BEHAVIOUR)
    for member in [cast.FOUNDER, *cast.MEMBERS]:
        actions.accept_compact(actor=stage.actor(member.name), compact=compact)


@scene(days=-5, hour=19)
def a_ground_rule_is_broken(stage: Stage) -> None:
    point = CompactPoint.objects.filter(compact__kind=Compact.Kind.BEHAVIOUR).order_by("pk").first()
    actions.report_breach(
        actor=stage.actor("Nkechi"),
        way=BreachReport.Way.STEWARDS,
        text="On Tuesday I was cut off twice before I could say what closing at 7:30 does to our buses.",
        point=point,
    )


@scene(days=-4, hour=9)
def the_report_is_answered(stage: Stage) -> None:
    report = BreachReport.objects.get()
    answer = "You are right. Mei opens Thursday's meeting with a round in which you speak first."
    actions.answer_breach(actor=stage.actor("Amina"), report=report, answer=answer)


@scene(days=-2, hour=9)
def the_values_are_written_anew(stage: Stage) -> None:
    """What Joan said is taken up in a version that is still being written."""
    compact = actions.begin_compact(actor=stage.actor("Mei"), kind=Compact.Kind.VALUES)
    text = "What one of us pays for the others is shared within a season."
    actions.propose_point(actor=stage.actor("Joan"), compact=compact, text=text)


def _everyone_speaks(stage: Stage, kind: str, contests: dict[str, tuple[int, str]]) -> None:
    compact = Compact.objects.get(kind=kind, state=Compact.State.ASKED)
    points = list(CompactPoint.objects.filter(compact=compact).order_by("pk").values_list("pk", flat=True))
    for member in [cast.FOUNDER, *cast.MEMBERS]:
        at, reason = contests.get(member.name, (-1, ""))
        words = [
            Word(point, Ratification.Choice.CONTESTS, reason) if n == at else Word(point, Ratification.Choice.RATIFIES)
            for n, point in enumerate(points)
        ]
        actions.speak_to_compact(actor=stage.actor(member.name), compact=compact, words=words)


def _adopt(stage: Stage, kind: str) -> Compact:
    compact = Compact.objects.get(kind=kind, state=Compact.State.ASKED)
    return actions.adopt_compact(actor=stage.actor("Amina"), compact=compact)
