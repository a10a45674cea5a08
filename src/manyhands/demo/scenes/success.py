"""What success means to each member, where that conflicts, and what comes first."""

from manyhands.demo.stage import Stage, scene
from manyhands.practice.alignment.agenda import actions as agenda
from manyhands.practice.alignment.models import Priority, SuccessDefinition
from manyhands.practice.alignment.success import actions
from manyhands.practice.governance.models import SharedGoal

STREETS, AIR, BUSES = "School streets", "Air at the school gate", "Cleaner school buses"

#: Who, what they must see, how they will tell, how soon, and which goals serve it; no goals with a reason: none does.
SAID = [
    ("Amina", "Six-year-olds walk to school on their own again.", "Half of year 1 walks, from a fifth today.", "medium",
     [STREETS], "", "begun"),
    ("Rosa", "Fewer children come to us with asthma on school mornings.", "Morning visits below 20 a month.", "medium",
     [AIR, STREETS], "", "well"),
    ("Dele", "Lessons begin on time, with children who are awake.", "Late marks down by a third.", "short",
     [STREETS], "", "unseen"),
    ("Petra", "Children with asthma play outside on every school day.", "No more days indoors because of air.", "long",
     [AIR], "", "unseen"),
    ("Farid", "Tenants sleep after their night shift.", "No engine under the river blocks before seven.", "short",
     [], "None of our goals speaks of noise in the early morning.", ""),
    ("Tomasz", "One can cycle to every school without fear.", "Twelve schools with a safe way in.", "long",
     [STREETS], "", "begun"),
    ("Sam", "Lung tests of nine-year-olds get better.", "Every fourth child below normal becomes every eighth.", "long",
     [AIR, BUSES], "", "unseen"),
    ("Omar", "Drivers keep their hours and their pay.", "Nobody drives a longer shift for the same money.", "short",
     [], "We have no goal about the work of those who drive.", ""),
    ("Mei", "Pupils are asked before a street changes.", "A pupils’ hour in each plan.", "short", [STREETS], "", "there"),
    ("Joan", "Stalls sell as much in the morning as before.", "Tills of eight stalls, week by week.", "short",
     [STREETS], "", "unseen"),
    ("Nkechi", "Buses keep their timetable.", "Nine of ten buses within three minutes.", "short", [BUSES], "", "well"),
    ("Hana", "Every street with a school has trees.", "Four trees for each hundred meters.", "long", [], "", ""),
]  # fmt: skip


#: What those who lead put first.
FIRST = [
    "Vans leave before the school hour",
    "Electric buses on the two main roads first",
    "Trees on twelve school streets",
]


@scene(days=-112)
def members_say_what_success_means_to_them(stage: Stage) -> None:
    goals = {goal.title: goal.pk for goal in SharedGoal.objects.all()}
    for who, text, sign, horizon, titles, why, progress in SAID:
        actor = stage.actor(who)
        definition = actions.write_definition(actor=actor, text=text, sign=sign, horizon=horizon, is_shared=True)
        if titles or why:
            actions.link_definition(
                actor=actor,
                definition=definition,
                goal_ids=[goals[title] for title in titles],
                is_not_served=bool(why),
                why_not_served=why,
            )
        if progress:
            actions.confirm_definition(actor=actor, definition=definition, progress=progress)
    actions.write_definition(
        actor=stage.actor("Nora"), text="Older people reach the church by car on Sundays.", horizon="short"
    )


def _of(name: str, stage: Stage) -> SuccessDefinition:
    return SuccessDefinition.objects.get(organization=stage.seat(name).organization, shared_at__isnull=False)


@scene(days=-95)
def two_pairs_are_named(stage: Stage) -> None:
    actions.name_conflict(
        actor=stage.actor("Joan"),
        one=_of("Joan", stage),
        other=_of("Amina", stage),
        about="The closing hour is when stalls are filled; a van at eight stands where children walk.",
    )
    actions.name_conflict(
        actor=stage.actor("Mei"),
        one=_of("Nkechi", stage),
        other=_of("Farid", stage),
        about="Buses that start warm keep their time, and their engines wake those who come from a night shift.",
    )


@scene(days=-94)
def what_should_come_first_is_nominated(stage: Stage) -> None:
    goals = {goal.title: goal.pk for goal in SharedGoal.objects.all()}
    nominated = [
        ("Amina", "Vans leave before the school hour", "Children walk where vans stand.", "short", STREETS,
         {"Amina": ("serves", 3), "Dele": ("serves", 2), "Mei": ("serves", 2), "Joan": ("hinders", 1),
          "Nkechi": ("serves", 1)}),
        ("Joan", "A loading bay in front of the stalls", "Stalls must be full by eight.", "short", STREETS,
         {"Joan": ("serves", 3), "Amina": ("hinders", 1), "Tomasz": ("hinders", 2)}),
        ("Nkechi", "Electric buses on the two main roads first", "There children wait longest.", "medium", BUSES,
         {"Nkechi": ("serves", 3), "Rosa": ("serves", 3), "Petra": ("serves", 3), "Farid": ("serves", 2)}),
        ("Hana", "Trees on twelve school streets", "Shade and cleaner air in ten years.", "long", AIR,
         {"Hana": ("serves", 3), "Petra": ("serves", 2), "Sam": ("serves", 1)}),
    ]  # fmt: skip
    for who, title, why, horizon, goal, stands in nominated:
        priority = actions.nominate_priority(
            actor=stage.actor(who), title=title, why=why, horizon=horizon, goal_id=goals[goal]
        )
        for name, (side, strength) in stands.items():
            actions.stand_on_priority(actor=stage.actor(name), priority=priority, side=side, strength=strength)


@scene(days=-90)
def some_come_first(stage: Stage) -> None:
    for priority in Priority.objects.filter(title__in=FIRST):
        actions.choose_priority(actor=stage.actor("Mei"), priority=priority, state="selected")


@scene(days=-89)
def what_comes_first_is_tested(stage: Stage) -> None:
    """Whom does it leave out? The answer stands on a page of its own."""
    agenda.ask_for_priority_agenda(actor=stage.actor("Mei"), size=3)
