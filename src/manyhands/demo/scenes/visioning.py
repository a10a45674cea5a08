"""An evening in the parish hall where everyone wrote what they hope for, the vision that came of it, and asking again."""

from manyhands.demo import opinions
from manyhands.demo.stage import Stage, scene
from manyhands.practice.alignment import actions as rounds
from manyhands.practice.alignment.doors import actions as doors
from manyhands.practice.alignment.doors.rules import Sheet
from manyhands.practice.alignment.live import actions as live
from manyhands.practice.alignment.models import LiveRound, Overlap, Statement, Vision, VisionRound
from manyhands.practice.alignment.vision import actions as vision

QUESTION = "What does a good morning at the school gate look like in five years?"
AGAIN = "Once more, in autumn: what should the way to school look like in 2030?"
#: Statements on which the groups have come nearer since, by their place in `opinions`.
NEARER = {4: 0.5, 13: 0.4, 16: 0.3, 20: 0.35}

#: Who wrote what, that evening.
WRITTEN = {
    "Amina": "Children walk in clean air, all the way.",
    "Rosa": "Clean air for children, all the way they walk.",
    "Dele": "Teachers greet children outside, not cars.",
    "Petra": "No child leaves the inhaler at home out of shame.",
    "Farid": "Families on night shifts can still come by car.",
    "Tomasz": "Trained guards stand at the crossings.",
    "Nora": "The crossings have trained guards.",
    "Sam": "Fewer children come to us coughing in winter.",
    "Omar": "Trucks keep their hours and everyone knows them.",
    "Mei": "Pupils choose what their street looks like.",
    "Hana": "Trees and meters where engines stood.",
    "Joan": "Shops sell as much in the morning as before.",
}
#: How they answered the twelve: a letter for each, in the order above.
ANSWERS = {
    "Amina": "aaaadaaadaap",
    "Rosa": "aaaapaaapaad",
    "Dele": "aaaadaaadaap",
    "Petra": "aaaapaaapaap",
    "Farid": "adpaaaaaapda",
    "Tomasz": "aaapdaapdaad",
    "Nora": "aapaaaaapapa",
    "Sam": "aaaadaaadpap",
    "Omar": "ddpaaaadadda",
    "Mei": "aaaapaaapaap",
    "Hana": "aaapdaaddaad",
    "Joan": "ddpapaapapda",
}
LETTERS = {"a": 1, "d": -1, "p": 0}
BETTER_WORDS = {
    "walk": "Children walk to school in clean air.",
    "guards": "Trained guards stand at every crossing on the way to school.",
}


@scene(days=-145, hour=18)
def an_evening_in_the_parish_hall(stage: Stage) -> None:
    """Silence first, then reading, then answering, then what is alike: on one evening."""
    mei = stage.actor("Mei")
    asked = rounds.draft_round(
        actor=mei,
        question=QUESTION,
        explanation="Our first evening. One sentence from each of us; tonight we look at what they share.",
        is_anonymous=False,
        shows_organizations=True,
    )
    evening = live.begin_live(actor=mei, round=asked, silent_minutes=7)
    for name, text in WRITTEN.items():
        actor = stage.actor(name)
        live.join_live(actor=actor, live=evening)
        rounds.contribute_statement(actor=actor, round=evening.round, text=text)
    for phase in ("show", "respond"):
        live.turn_phase(actor=mei, live=evening, phase=phase)
    _answer(stage, evening.round)
    live.turn_phase(actor=mei, live=evening, phase="overlaps")
    for overlap in Overlap.objects.filter(round=evening.round):
        words = next((better for key, better in BETTER_WORDS.items() if key in overlap.text), overlap.text)
        vision.rename_overlap(actor=mei, overlap=overlap, text=words)
        for name in WRITTEN:
            vision.voice_overlap(actor=stage.actor(name), overlap=overlap, fits=True)
        vision.count_overlap(actor=mei, overlap=overlap)


@scene(days=-145, hour=20)
def the_evening_ends(stage: Stage) -> None:
    evening = LiveRound.objects.get(round__question=QUESTION)
    live.end_live(actor=stage.actor("Mei"), live=evening, closes_round=True)


@scene(days=-140, hour=18)
def a_vision_is_written_and_adopted(stage: Stage) -> None:
    """What was found true stands in it already; three clauses more, each from what somebody wrote."""
    mei = stage.actor("Mei")
    asked = VisionRound.objects.get(question=QUESTION)
    rounds.validate_round(actor=mei, round=asked)
    written = vision.begin_vision(actor=mei, round=asked)
    by = {each.author.name: each for each in Statement.objects.filter(round=asked).select_related("author")}
    for text, names in [
        ("Whoever must come by car, because of a night shift or an illness, still can.", ["Farid", "Petra"]),
        ("Goods come at hours that everyone knows, and shops do not lose by it.", ["Omar", "Joan"]),
        ("Pupils have a say in what their street looks like.", ["Mei", "Hana"]),
    ]:
        vision.write_clause(actor=mei, vision=written, text=text, sources=[by[name] for name in names])
    vision.adopt_vision(actor=stage.actor("Amina"), vision=Vision.objects.get(pk=written.pk))


@scene(days=-38)
def the_way_to_school_is_asked_again(stage: Stage) -> None:
    """The statements of the first round on paper once more, at the same school gates."""
    asked = rounds.draft_round(
        actor=stage.actor("Mei"),
        question=AGAIN,
        explanation="The statements of last time, word for word. Have we come nearer to each other?",
        follows=VisionRound.objects.get(question=opinions.QUESTION),
        keeps=True,
    )
    rounds.open_round(actor=stage.actor("Mei"), round=asked)


@scene(days=-36)
def people_answer_again_on_paper(stage: Stage) -> None:
    asked = VisionRound.objects.get(question=AGAIN)
    sheets = [
        Sheet(
            f"gate {person}",
            tuple((str(n), answer, False) for n, answer in enumerate(row, start=1) if answer is not None),
        )
        for person, row in enumerate(opinions.answers(seed=2027, nearer=NEARER), start=1)
    ]
    doors.bring_paper(actor=stage.actor("Mei"), round=asked, name="gates-in-autumn.csv", sheets=sheets)
    rounds.close_round(actor=stage.actor("Mei"), round=asked)


def _answer(stage: Stage, asked: VisionRound) -> None:
    statements = list(Statement.objects.filter(round=asked, state="live").order_by("position"))
    for name, letters in ANSWERS.items():
        actor = stage.actor(name)
        for statement, letter in zip(statements, letters, strict=True):
            rounds.answer_statement(actor=actor, statement=statement, answer=LETTERS[letter])
