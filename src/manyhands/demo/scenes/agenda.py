"""What the winter assembly should talk about, asked on paper at three places, and an agenda that leaves nobody out."""

import random

from manyhands.demo.stage import Stage, scene
from manyhands.practice.alignment import actions as rounds
from manyhands.practice.alignment.agenda import actions as agenda
from manyhands.practice.alignment.doors import actions as doors
from manyhands.practice.alignment.doors.rules import Sheet
from manyhands.practice.alignment.models import VisionRound

QUESTION = "What should we talk about at the winter assembly?"
#: Statement, and how likely each of three invented groups (families, traders and drivers, pupils) is to agree.
TOPICS: list[tuple[str, tuple[float, float, float]]] = [
    ("Guards at the four crossings that have none yet.", (0.95, 0.04, 0.05)),
    ("A walking bus from the river blocks.", (0.93, 0.03, 0.04)),
    ("What the air meters showed this autumn.", (0.92, 0.05, 0.06)),
    ("Free bus passes for children under twelve.", (0.90, 0.03, 0.05)),
    ("Engines off at every gate, and who says so to drivers.", (0.88, 0.02, 0.05)),
    ("Delivery hours on Mill Lane from spring on.", (0.06, 0.95, 0.03)),
    ("How shops hear of a closed street in good time.", (0.05, 0.90, 0.04)),
    ("Parking for those who carry tools.", (0.03, 0.82, 0.03)),
    ("Who paints the street, and may pupils choose the colors?", (0.06, 0.03, 0.95)),
    ("Bicycle training that older pupils give to younger ones.", (0.08, 0.04, 0.91)),
    ("Where the money goes that the city promised.", (0.40, 0.36, 0.30)),
    ("A longer summer fair.", (0.07, 0.08, 0.12)),
]
SIZES = (52, 31, 24)


def _sheets(seed: int = 2028) -> list[Sheet]:
    chance = random.Random(seed)  # noqa: S311  (an example, not a secret)
    sheets: list[Sheet] = []
    for group, size in enumerate(SIZES):
        for _ in range(size):
            answers = []
            for number, (_text, agree) in enumerate(TOPICS, start=1):
                seen, drawn, other = chance.random() < 0.93, chance.random(), chance.random()
                if seen:
                    answers.append((str(number), 1 if drawn < agree[group] else 0 if other < 0.45 else -1, False))
            sheets.append(Sheet(f"sheet {len(sheets) + 1}", tuple(answers)))
    return sheets


@scene(days=-34)
def the_winter_assembly_is_asked_about(stage: Stage) -> None:
    asked = rounds.draft_round(
        actor=stage.actor("Mei"),
        question=QUESTION,
        explanation="We have one evening and five places. Say what you want to talk about, and what not.",
        seeds=[text for text, _ in TOPICS],
    )
    rounds.open_round(actor=stage.actor("Mei"), round=asked)


@scene(days=-31)
def answers_come_in_from_three_places(stage: Stage) -> None:
    asked = VisionRound.objects.get(question=QUESTION)
    mei = stage.actor("Mei")
    doors.bring_paper(actor=mei, round=asked, name="gates-market-and-school.csv", sheets=_sheets())
    rounds.close_round(actor=mei, round=asked)


@scene(days=-30)
def an_agenda_of_five_and_one_of_three(stage: Stage) -> None:
    for size in (3, 5):
        agenda.ask_for_agenda(actor=stage.actor("Mei"), round=VisionRound.objects.get(question=QUESTION), size=size)


@scene(days=-29)
def one_is_kept(stage: Stage) -> None:
    agenda.keep_agenda(
        actor=stage.actor("Mei"),
        round=VisionRound.objects.get(question=QUESTION),
        size=5,
        method="equal-shares",
    )
