"""What everyone was asked: one round that is over, and one that is open."""

import csv
import io

from manyhands.demo import opinions
from manyhands.demo.stage import Stage, scene
from manyhands.practice.alignment import actions
from manyhands.practice.alignment.models import RoundImport, Statement, VisionRound


@scene(days=-100)
def a_round_on_paper(stage: Stage) -> None:
    """Members asked people at school gates, on paper and phones; Mei brings the answers in."""
    votes, comments = io.StringIO(), io.StringIO()
    sheet = csv.writer(votes)
    sheet.writerow(["timestamp", "datetime", "comment-id", "voter-id", "vote"])
    for person, row in enumerate(opinions.answers()):
        for statement, answer in enumerate(row):
            if answer is not None:
                sheet.writerow([1_750_000_000 + person * 60 + statement, "", statement, person, answer])
    sheet = csv.writer(comments)
    sheet.writerow(["timestamp", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"])
    for number, (text, _) in enumerate(opinions.STATEMENTS):
        sheet.writerow([1_750_000_000 + number, number, 0, 0, 0, 1, text])
    mei = stage.actor("Mei")
    arriving = actions.check_import(
        actor=mei,
        question=opinions.QUESTION,
        votes=votes.getvalue().encode(),
        comments=comments.getvalue().encode(),
    )
    actions.begin_import(actor=mei, arriving=RoundImport.objects.get(pk=arriving.pk))


@scene(days=-90)
def the_report_is_opened_to_everyone(stage: Stage) -> None:
    """Schools show it on their own pages."""
    actions.open_report(actor=stage.actor("Mei"), round=VisionRound.objects.get(question=opinions.QUESTION))


SEEDS = [
    "There is a way round for trucks that does not pass another school.",
    "The people who live on the road were asked, door by door.",
    "Buses keep their time.",
    "The police have agreed in writing.",
    "We have counted for two weeks before.",
    "Shops on the road know the dates a term ahead.",
]


@scene(days=-8)
def a_second_question(stage: Stage) -> None:
    mei = stage.actor("Mei")
    asked = actions.draft_round(
        actor=mei,
        question=opinions.SECOND_QUESTION,
        explanation="Next spring we may ask the city for Canal Road. Say what would have to be true for your organization.",
        closes_at=stage.day(5, 18),
        seeds=SEEDS,
    )
    actions.open_round(actor=mei, round=VisionRound.objects.get(pk=asked.pk))


#: Name, and how they answered the six statements.
ANSWERS = {
    "Rosa": (1, 1, 0, 1, 1, 1),
    "Dele": (1, 1, 1, 1, 0, 1),
    "Petra": (1, 0, 0, 0, 1, 1),
    "Tomasz": (1, 1, 0, 1, 1, 1),
    "Sam": (1, 0, 1, 1, 1, 0),
    "Hana": (1, 1, 0, 0, 1, 1),
    "Joan": (1, 1, -1, 1, 1, 1),
    "Nkechi": (1, 0, 1, 1, 1, 1),
    "Kwame": (1, 1, 1, 1, 1, 1),
}


@scene(days=-5)
def nine_answer(stage: Stage) -> None:
    statements = list(Statement.objects.filter(round__question=opinions.SECOND_QUESTION, state="live").order_by("pk"))
    for name, answers in ANSWERS.items():
        actor = stage.actor(name)
        for statement, answer in zip(statements, answers, strict=False):
            actions.answer_statement(actor=actor, statement=statement, answer=answer)


@scene(days=-1)
def farid_writes_one(stage: Stage) -> None:
    asked = VisionRound.objects.get(question=opinions.SECOND_QUESTION)
    actions.contribute_statement(
        actor=stage.actor("Farid"),
        round=asked,
        text="Night-shift families can still reach the clinic by car before seven.",
    )
