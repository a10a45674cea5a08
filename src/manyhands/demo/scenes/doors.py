"""People without an account answer too: at a market stall, and on paper; and a few talk behind a closed door."""

from manyhands.demo import opinions
from manyhands.demo.stage import Stage, scene
from manyhands.foundation.access.rules import Actor
from manyhands.practice.alignment import policies
from manyhands.practice.alignment.doors import actions, rules
from manyhands.practice.alignment.doors.seals import Opened, key_of
from manyhands.practice.alignment.models import AnswerLink, Statement, VisionRound
from manyhands.practice.alignment.talks import actions as talks

PAPER = b"""sheet,1,2,3,4,5,6
gate 1,agree*,agree,pass,agree,agree,agree
gate 2,agree,agree*,disagree,,agree,agree
gate 3,agree,pass,agree,agree,pass,agree*
"""
#: What two people at the stall said to the six statements.
AT_THE_STALL = ((1, 1, 0, 1, 1, 1), (1, 1, 1, 0, 1, -1))


@scene(days=-6, hour=9)
def links_for_a_market_stall(stage: Stage) -> None:
    asked = _asked()
    mei = stage.actor("Mei")
    actions.make_link(actor=mei, round=asked, kind=AnswerLink.Kind.OPEN, label="Poster at the market", most=300)
    actions.make_link(actor=mei, round=asked, kind=AnswerLink.Kind.PERSONAL, label="Slips for the stall", most=24)


@scene(days=-4, hour=11)
def two_people_answer_at_the_stall(stage: Stage) -> None:
    link = AnswerLink.objects.get(label="Slips for the stall")
    visitor = Actor(link.coalition_id, None, system=policies.BY_LINK)
    seeds = list(Statement.objects.filter(round=link.round, is_seed=True).order_by("position"))
    for number, answers in enumerate(AT_THE_STALL, start=1):
        for statement, answer in zip(seeds, answers, strict=True):
            actions.answer_by_link(
                actor=visitor, link=link, key=key_of(Opened(link, number)), statement=statement, answer=answer
            )


@scene(days=-3, hour=17)
def sheets_from_the_school_gate(stage: Stage) -> None:
    sheets = rules.read_sheets(PAPER, frozenset("123456"))
    actions.bring_paper(actor=stage.actor("Mei"), round=_asked(), name="school-gate.csv", sheets=sheets)


@scene(days=-2, hour=20)
def a_few_talk_behind_a_closed_door(stage: Stage) -> None:
    talk = talks.begin_talk(
        actor=stage.actor("Amina"),
        title="How we spoke about the traders",
        why="Some of us felt ashamed after Tuesday. Here we can say it.",
        closes_at=stage.day(12, 20),
        seats=[stage.seat("Rosa"), stage.seat("Nora"), stage.seat("Joan")],
    )
    talks.say_in_talk(actor=stage.actor("Nora"), talk=talk, text="I laughed at the joke, and I should not have.")
    talks.say_in_talk(actor=stage.actor("Joan"), talk=talk, text="Thank you. It was not the first time.")


def _asked() -> VisionRound:
    return VisionRound.objects.get(question=opinions.SECOND_QUESTION)
