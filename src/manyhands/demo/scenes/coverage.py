"""Who is at the table: a list is chosen, members say for whom they speak, and interests are laid open."""

from datetime import timedelta

from django.utils.timezone import localdate

from manyhands.demo.stage import Stage, scene
from manyhands.practice.stakeholders.actions import change_ally
from manyhands.practice.stakeholders.coverage import actions
from manyhands.practice.stakeholders.models import CoverageItem, Stakeholder

#: Who speaks for what, in the words of the lists.
SPEAK = {
    "Amina": ["Parents", "Old town", "Hill District", "Children and young people"],
    "Rosa": ["Health care", "Old town", "Harbor", "People who live with illness"],
    "Dele": ["Schools", "Old town", "Hill District", "Harbor"],
    "Petra": ["Health care", "Parents", "Riverside", "People who live with illness"],
    "Farid": [
        "Civic and volunteer groups",
        "Riverside",
        "People who work nights or shifts",
        "People with little money",
    ],
    "Tomasz": ["Civic and volunteer groups", "Old town"],
    "Nora": ["Religious and fraternal groups", "Riverside"],
    "Sam": ["Health care", "Old town"],
    "Omar": ["Others who work on the matter", "Harbor", "People who work nights or shifts"],
    "Mei": ["Youth", "Old town", "Children and young people"],
    "Hana": ["Others who work on the matter", "Old town"],
    "Joan": ["Business", "Old town"],
}
LATER = {"Nkechi": ["Business", "Harbor", "Hill District"]}
PLACES = ["Old town", "Riverside", "Hill District", "Harbor"]


@scene(days=-150)
def a_full_table_is_described(stage: Stage) -> None:
    amina = stage.actor("Amina")
    actions.choose_ready_list(actor=amina, kind="sectors", key="twelve")
    actions.choose_ready_list(actor=amina, kind="voices", key="touched")
    actions.write_own_list(actor=amina, kind="places", name="Quarters of Linden", items=PLACES)


@scene(days=-148)
def members_say_for_whom_they_speak(stage: Stage) -> None:
    _declare(stage, SPEAK)


@scene(days=-40)
def one_more_says_so(stage: Stage) -> None:
    _declare(stage, LATER)


@scene(days=-30)
def interests_are_laid_open(stage: Stage) -> None:
    fund = Stakeholder.objects.get(name="Regional Health Fund")
    office = Stakeholder.objects.get(name="State Environment Office")
    on = localdate() - timedelta(days=20)
    actions.disclose_interest(
        actor=stage.actor("Amina"),
        stakeholder=fund,
        kind="funder",
        text="Pays for asthma programs, also for Northside Clinic’s, which sits at this table.",
        source="Its yearly report, page 12",
        on=on,
    )
    actions.disclose_interest(
        actor=stage.actor("Amina"),
        stakeholder=office,
        kind="lobbying",
        text="A public body: it may give us figures and rules, and may not lobby the Council.",
        source="State law on public offices",
        on=on,
        asks_off=["lobby", "letters"],
    )


#: Where some of those they know are heard, and by about how many.
HEARD = {
    "Linden Daily": ("Old town; Riverside; Hill District; Harbor", 21_000, "Its own figures for 2025"),
    "Valley Radio": ("Riverside; Hill District", 9_000, "Listeners’ survey"),
    "Harbor Port Authority": ("Harbor", None, ""),
    "Linden Football Club": ("Hill District", 1_900, "Members’ list, families counted"),
    "Linden Scouts": ("Old town; Riverside", 240, "Scouts’ yearly report"),
    "Linden School Board": ("Old town; Riverside; Hill District; Harbor", None, ""),
    "City Council, transport committee": ("Old town; Riverside; Hill District; Harbor", None, ""),
    "Police, road safety unit": ("Old town; Riverside; Hill District; Harbor", None, ""),
    "Linden Interfaith Table": ("Riverside; Hill District", 3_200, "Eleven congregations, their own count"),
    "Wheelchair Users’ Union": ("Old town", 310, "Members’ list"),
}


@scene(days=-33)
def what_is_known_of_some_is_written_down(stage: Stage) -> None:
    for name, (places, people, source) in HEARD.items():
        ally = Stakeholder.objects.get(name=name)
        change_ally(
            actor=stage.actor("Amina"),
            stakeholder=ally,
            version=ally.version,
            places=places,
            people_reached=people,
            people_reached_source=source,
        )


@scene(days=-10)
def names_that_were_called_out_get_a_sector(stage: Stage) -> None:
    called_out = Stakeholder.objects.filter(name__in=["Linden Skate Park", "Harbor Food Bank"])
    keys = called_out.values_list("pk", flat=True)
    actions.give_sector(actor=stage.actor("Amina"), sector="Civic and volunteer groups", keys=keys)


@scene(days=-29)
def what_counts_is_set(stage: Stage) -> None:
    weights = {"coverage": 3, "assets": 2, "reach": 1, "paths": 1}
    actions.set_weights(actor=stage.actor("Amina"), weights=weights, a_month=5)


def _declare(stage: Stage, said: dict[str, list[str]]) -> None:
    items = {item.name: item for item in CoverageItem.objects.select_related("listing")}
    for name, names in said.items():
        organization = stage.seat(name).organization
        assert organization is not None  # everyone who speaks for someone sits for an organization
        chosen = [items[each] for each in names]
        actions.declare_coverage(actor=stage.actor(name), organization=organization, items=chosen)
