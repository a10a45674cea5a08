"""Where others stand on what they want, who has a say over whom, and whose claim is strong."""

from pathlib import Path
from tempfile import TemporaryDirectory

from manyhands.demo.stage import Stage, scene
from manyhands.practice.stakeholders.models import Issue, Stakeholder
from manyhands.practice.stakeholders.positions import actions

STREETS = "Streets closed at drop-off"
TRUCKS = "No trucks past schools from 7:30 to 8:30"
BUSES = "Sixty school buses without diesel"
ISSUES = {
    STREETS: "At twelve primary schools the street is closed to through traffic for one hour each school morning.",
    TRUCKS: "Trucks to the port take the river road while children walk to school.",
    BUSES: "The three companies replace every diesel bus within two years, with help from the Health Fund.",
}

COUNCIL, MAYOR, PORT = "City Council, transport committee", "Mayor’s Office", "Harbor Port Authority"
CHAMBER, DAILY, POLICE, BOARD = (
    "Chamber of Commerce",
    "Linden Daily",
    "Police, road safety unit",
    "Linden School Board",
)
A, P, N, O, X = "active ally", "leaning our way", "undecided", "leaning away", "against"

#: (days from today, issue, actor, wedge, strength, source, who wrote it); several of one actor are its history.
EARLIER = [
    (-745, STREETS, "Old Market Landlords", X, -2, "Letter to the Council about deliveries", "Joan"),
    (-430, STREETS, "Car Owners’ Club", X, -3, "Public letter of 3 March", "Hana"),
    (-140, STREETS, COUNCIL, N, 0, "Session on the street budget, minutes page 4", "Amina"),
    (-140, STREETS, POLICE, O, -1, "Answer to our letter: “too few officers”", "Amina"),
    (-135, STREETS, MAYOR, P, 2, "Speech at Orchard School", "Amina"),
    (-135, STREETS, BOARD, P, 3, "Vote on rule 14, five to two", "Rosa"),
    (-130, STREETS, CHAMBER, X, -2, "Statement in the budget round", "Joan"),
    (-130, STREETS, DAILY, N, 0, "Editorial: “Let us see the figures first”", "Hana"),
    (-128, STREETS, PORT, N, 0, "Talk with the harbor master", "Omar"),
    (-125, STREETS, "Orchard School", A, 4, "The head’s letter to all parents", "Dele"),
    (-125, STREETS, "Canal Road School", N, 0, "Talk in the staff room", "Dele"),
    (-125, STREETS, "Parents of Hill District", A, 4, "Signed the open letter", "Amina"),
    (-120, STREETS, "Linden Bakers", O, -2, "Talk at the market", "Joan"),
    (-120, STREETS, "Valley Delivery Association", X, -3, "Letter to the Council against the pilot", "Omar"),
    (-120, TRUCKS, PORT, O, -3, "Answer to our letter: “no other road”", "Omar"),
    (-120, TRUCKS, COUNCIL, P, 2, "Session on noise, minutes page 2", "Amina"),
    (-118, TRUCKS, MAYOR, N, 0, "Talk with the office", "Amina"),
    (-118, TRUCKS, CHAMBER, X, -3, "Statement in the budget round", "Joan"),
    (-118, TRUCKS, POLICE, P, 2, "Accident figures of the unit", "Amina"),
    (-116, TRUCKS, BOARD, A, 3, "Unanimous vote", "Rosa"),
    (-116, TRUCKS, DAILY, P, 1, "Front page on the harbor road", "Hana"),
    (-115, TRUCKS, "Port Truckers’ Cooperative", N, 0, "Omar asked twelve drivers", "Omar"),
    (-112, BUSES, COUNCIL, P, 2, "Session on the climate plan", "Amina"),
    (-112, BUSES, MAYOR, P, 3, "Program of the mayor, page 12", "Amina"),
    (-111, BUSES, PORT, P, 1, "Would let buses charge at the quay", "Omar"),
    (-111, BUSES, CHAMBER, P, 3, "Statement on orders for local workshops", "Joan"),
    (-110, BUSES, DAILY, N, 0, "No line on it yet", "Hana"),
    (-110, BUSES, POLICE, N, 0, "Not their field, they say", "Amina"),
    (-110, BUSES, BOARD, P, 2, "Letter of the chair", "Rosa"),
    (-108, BUSES, "Linden Bus Company", A, 3, "Order for eight electric buses", "Nkechi"),
    (-108, BUSES, "Regional Health Fund", P, 2, "Call for proposals", "Rosa"),
]
LATER = [
    (-41, STREETS, COUNCIL, P, 2, "Vote on the first three streets, six to five", "Amina"),
    (-36, STREETS, POLICE, N, 0, "The unit trains our crossing guards", "Tomasz"),
    (-33, STREETS, CHAMBER, O, -1, "Asked for our shop counts after the market meeting", "Joan"),
    (-30, STREETS, "Canal Road School", P, 2, "The head asked to be the next street", "Dele"),
    (-24, TRUCKS, MAYOR, P, 2, "Invited the port and us to one table", "Amina"),
    (-22, BUSES, PORT, N, 0, "The charger at the quay is put off", "Omar"),
]

#: Over whom, in the order of the actors: 0 not at all to 4 whether they go on at all. Three raters; None left it out.
ACTORS = [MAYOR, COUNCIL, PORT, CHAMBER, DAILY, POLICE, BOARD]
SWAY: dict[str, list[list[int | None]]] = {
    "Amina": [
        [None, 3, 2, 2, 1, 4, 2],
        [3, None, 2, 1, 0, 3, 2],
        [2, 2, None, 2, 0, 0, 0],
        [1, 2, 2, None, 2, 0, 0],
        [1, 1, 0, 1, None, 0, 1],
        [1, 1, 0, 0, 0, None, 1],
        [1, 1, 0, 0, 1, 1, None],
    ],
    "Kwame": [
        [None, 2, 2, 2, 2, 4, 2],
        [2, None, 1, 1, 1, 3, 3],
        [2, 2, None, 2, 1, 0, 0],
        [2, 2, 1, None, 2, 0, 0],
        [3, 2, 0, 1, None, 0, 1],
        [1, 1, None, None, None, None, None],
        [1, 1, None, None, None, None, None],
    ],
    "Tomasz": [
        [None, 3, 2, 2, 1, 3, 2],
        [2, None, 2, 1, 0, 4, 2],
        [None, None, None, None, None, None, None],
        [1, 2, 2, None, 2, 0, 1],
        [None, None, None, None, None, None, None],
        [1, 2, 0, 0, 0, None, 1],
        [None, None, None, None, None, None, None],
    ],
}
BASES = {
    "Amina": "Eleven meetings at the town hall since spring",
    "Kwame": "Council minutes of three years, as the libraries keep them",
    "Tomasz": "Talks with the road office about the first street",
}

#: Power, legitimacy, urgency, as a rater sees them.
CLAIMS = [
    (MAYOR, "Amina", (True, True, False), "Proposes the budget, and is elected for it"),
    (MAYOR, "Rosa", (True, True, True), "The budget closes in six weeks"),
    (COUNCIL, "Amina", (True, True, True), "They vote this winter"),
    (COUNCIL, "Kwame", (True, True, False), "They decide, and take their time"),
    (BOARD, "Dele", (True, True, False), "Rule 14 gives them the last word on drop-off"),
    (PORT, "Omar", (True, False, False), "They can refuse another road, with no say on schools"),
    (PORT, "Hana", (True, False, True), "Their lease is being negotiated now"),
    (CHAMBER, "Joan", (True, True, False), "Sits in the budget round"),
    ("Asthma Parents’ Circle", "Petra", (False, True, True), "Their children are ill today"),
    ("Asthma Parents’ Circle", "Rosa", (False, True, True), "I see them in the clinic"),
    ("Valley Delivery Association", "Omar", (False, True, True), "Their drivers lose the best hour"),
    ("Car Owners’ Club", "Hana", (True, False, False), "Many readers, nobody elected them"),
]

#: 1 is against, 5 with us; blank did not answer. One name is not on the list, and one row holds a slip of the pen.
SURVEY = f"""Organization,{STREETS},{BUSES},Bike lanes on Mill Lane
{BOARD},5,4,4
"{POLICE}",3,,2
{DAILY},4,3,3
{CHAMBER},2,4,
Hill Church,5,5,5
{PORT},33,4,3
"""


@scene(days=-113)
def issues_are_named(stage: Stage) -> None:
    for title, about in ISSUES.items():
        actions.name_issue(actor=stage.actor("Amina"), title=title, about=about)


@scene(days=-107)
def first_positions_are_written(stage: Stage) -> None:
    _write(stage, EARLIER)


@scene(days=-21)
def some_have_moved(stage: Stage) -> None:
    _write(stage, LATER)


@scene(days=-11, hour=15)
def three_rate_who_moves_whom(stage: Stage) -> None:
    actors = [Stakeholder.objects.get(name=name) for name in ACTORS]
    for rater, table in SWAY.items():
        for one, row in zip(actors, table, strict=True):
            levels = {other.pk: level for other, level in zip(actors, row, strict=True) if level is not None}
            if levels:
                actions.rate_sways(actor=stage.actor(rater), one=one, levels=levels, basis=BASES[rater])


@scene(days=-10, hour=17)
def claims_are_seen(stage: Stage) -> None:
    for name, rater, (power, legitimacy, urgency), basis in CLAIMS:
        actions.rate_claim(
            actor=stage.actor(rater),
            stakeholder=Stakeholder.objects.get(name=name),
            has_power=power,
            has_legitimacy=legitimacy,
            has_urgency=urgency,
            basis=basis,
        )


@scene(days=-2, hour=18)
def a_survey_waits(stage: Stage) -> None:
    """Rosa asked some bodies where they stand, from 1 to 5; the table waits for Amina's decision."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "survey.csv"
        path.write_text(SURVEY, encoding="utf-8")
        actions.try_survey(
            actor=stage.actor("Amina"),
            file=path,
            filename="where-they-stand.csv",
            holds="positions",
            source="Rosa’s survey of those who decide, this month",
            on=stage.day(-5).date(),
        )


def _write(stage: Stage, entries: list[tuple[int, str, str, str, int, str, str]]) -> None:
    issues = {issue.title: issue for issue in Issue.objects.all()}
    allies = {ally.name: ally for ally in Stakeholder.objects.filter(name__in={entry[2] for entry in entries})}
    for days, issue, ally, wedge, strength, source, who in entries:
        actions.write_position(
            actor=stage.actor(who),
            stakeholder=allies[ally],
            issue=issues[issue],
            wedge=wedge,
            strength=strength,
            source=source,
            on=stage.day(days).date(),
        )
