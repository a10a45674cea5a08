"""A short evening on the first weeks of the new school street: hands go up, and Mei calls on some of them."""

from datetime import timedelta

import time_machine

from manyhands.demo.stage import Stage, scene
from manyhands.practice.alignment import actions as rounds
from manyhands.practice.alignment.hands import actions as hands
from manyhands.practice.alignment.hands.queries import speaking
from manyhands.practice.alignment.live import actions as live
from manyhands.practice.alignment.models import LiveRound, Statement

QUESTION = "What did the first weeks of the new school street show us?"
WRITTEN = {
    "Amina": "Children come on foot from two streets further away.",
    "Dele": "Lessons begin more calmly than before.",
    "Joan": "Two stalls had no goods at eight on three mornings.",
    "Nkechi": "One bus stop must move by twenty meters.",
    "Farid": "At six in the morning it is quieter, at seven not yet.",
    "Rosa": "We cannot say anything about asthma yet.",
}
#: How they answered the six, in that order: a letter for each.
ANSWERS = {
    "Amina": "aapaaa", "Rosa": "aaaapa", "Dele": "aaaaaa", "Petra": "aapaaa", "Farid": "apaaaa", "Tomasz": "aappaa",
    "Nora": "aaaaap", "Omar": "pdaaap", "Joan": "ppaapa", "Nkechi": "apaapa", "Hana": "aapada",
}  # fmt: skip
LETTERS = {"a": 1, "d": -1, "p": 0}
#: Minute of the evening, what happens, who: a hand goes up or down, or Mei gives the floor.
HANDS = [
    (2, "up", "Amina"), (2, "up", "Dele"), (3, "call", "Amina"), (4, "up", "Joan"), (5, "call", "Dele"),
    (6, "up", "Tomasz"), (6, "up", "Nkechi"), (8, "call", "Tomasz"), (9, "up", "Omar"), (10, "up", "Farid"),
    (12, "call", "Nkechi"), (13, "up", "Amina"), (14, "call", "Rosa"), (15, "up", "Hana"), (17, "call", "Farid"),
    (18, "up", "Petra"), (19, "down", "Omar"), (21, "call", "Hana"), (23, "up", "Nora"),
]  # fmt: skip


@scene(days=-18, hour=18)
def the_first_weeks_are_talked_about(stage: Stage) -> None:
    """Ten ask, six of them are heard, and Rosa without asking. Omar gives up; Joan, Petra and Nora wait in vain."""
    mei = stage.actor("Mei")
    asked = rounds.draft_round(
        actor=mei,
        question=QUESTION,
        explanation="An hour in the library. One sentence each, then we talk.",
        is_anonymous=False,
    )
    evening = live.begin_live(actor=mei, round=asked, silent_minutes=5)
    for name in ANSWERS:
        live.join_live(actor=stage.actor(name), live=evening)
    for name, text in WRITTEN.items():
        rounds.contribute_statement(actor=stage.actor(name), round=evening.round, text=text)
    evening = live.turn_phase(actor=mei, live=evening, phase="show")
    begin = stage.day(-18, 18)
    for minute, deed, name in HANDS:
        with time_machine.travel(begin + timedelta(minutes=minute), tick=False):
            _do(stage, evening, deed, name)
    live.turn_phase(actor=mei, live=evening, phase="respond")
    statements = list(Statement.objects.filter(round=asked, state="live").order_by("position"))
    for name, letters in ANSWERS.items():
        for statement, letter in zip(statements, letters, strict=True):
            rounds.answer_statement(actor=stage.actor(name), statement=statement, answer=LETTERS[letter])


@scene(days=-18, hour=19)
def the_hour_is_over(stage: Stage) -> None:
    evening = LiveRound.objects.get(round__question=QUESTION)
    live.end_live(actor=stage.actor("Mei"), live=evening, closes_round=True)


def _do(stage: Stage, evening: LiveRound, deed: str, name: str) -> None:
    queue = evening.queue
    if queue is None:
        raise RuntimeError("Hands go up in every live round.")
    if deed == "up":
        hands.raise_hand(actor=stage.actor(name), queue=queue)
    elif deed == "down":
        hands.lower_hand(actor=stage.actor(name), queue=queue)
    else:
        before = speaking(queue)
        hands.call_on(
            actor=stage.actor("Mei"),
            queue=queue,
            seat=stage.seat(name),
            instead_of=before.pk if before else None,
        )
