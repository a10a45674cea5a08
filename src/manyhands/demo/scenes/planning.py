"""How far they are: measured steps, and who does what."""

from datetime import date
from decimal import Decimal

from manyhands.demo.stage import Stage, scene
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.plans import actions
from manyhands.practice.plans.models import Assignment, Objective, Task


def _goal(title: str) -> SharedGoal:
    return SharedGoal.objects.get(title=title)


def _day(stage: Stage, days: int) -> date:
    return stage.day(days).date()


@scene(days=-118)
def objectives_are_set(stage: Stage) -> None:
    actions.set_objective(
        actor=stage.actor("Tomasz"),
        goal=_goal("School streets"),
        title="Twelve streets without cars at drop-off",
        indicator="Primary schools whose street is closed to through traffic each school morning",
        unit="schools",
        baseline_value=Decimal(0),
        baseline_on=_day(stage, -118),
        target_value=Decimal(12),
        due_on=_day(stage, 300),
        direction="up",
        data_source="Counted by the working group on the first Monday of a month",
        owner=stage.seat("Tomasz"),
        horizon="medium",
    )
    actions.set_objective(
        actor=stage.actor("Hana"),
        goal=_goal("Air at the school gate"),
        title="No more than 20 µg/m³ at eighteen gates in the school hour",
        indicator="Nitrogen dioxide, mean of eighteen school gates, 7:30 to 8:30",
        unit="µg/m³",
        baseline_value=Decimal(38),
        baseline_on=_day(stage, -240),
        target_value=Decimal(20),
        due_on=_day(stage, 400),
        direction="down",
        data_source="City air network and our own meters; checked by Valley Pediatricians",
        owner=stage.seat("Hana"),
        horizon="long",
    )
    actions.set_objective(
        actor=stage.actor("Hana"),
        goal=_goal("Air at the school gate"),
        title="No idling at twelve pick-up zones",
        indicator="Pick-up zones where fewer than one engine in ten runs while waiting",
        unit="zones",
        baseline_value=Decimal(2),
        baseline_on=_day(stage, -118),
        target_value=Decimal(12),
        due_on=_day(stage, 200),
        direction="up",
        data_source="Counts by the Youth Council, one morning a month",
        owner=stage.seat("Mei"),
        horizon="short",
    )
    actions.set_objective(
        actor=stage.actor("Nkechi"),
        goal=_goal("Cleaner school buses"),
        title="Sixty diesel buses replaced",
        indicator="School buses that do not burn diesel",
        unit="buses",
        baseline_value=Decimal(4),
        baseline_on=_day(stage, -118),
        target_value=Decimal(60),
        due_on=_day(stage, 560),
        direction="up",
        data_source="Fleet lists of the three companies",
        owner=stage.seat("Nkechi"),
        horizon="long",
    )


MEASURED: dict[str, tuple[str, list[tuple[int, int | str]], str]] = {
    "Twelve streets without cars at drop-off": (
        "Tomasz",
        [(-88, 1), (-60, 3), (-32, 4), (-18, 5)],
        "Working group count",
    ),
    "No more than 20 µg/m³ at eighteen gates in the school hour": (
        "Hana",
        [(-110, "37.6"), (-95, "36.9"), (-80, "35.2"), (-65, "34.8"), (-50, "34.9"), (-35, "33.0"), (-20, "31.0")],
        "Monthly mean of eighteen gates",
    ),
    "No idling at twelve pick-up zones": ("Mei", [(-70, 5), (-40, 8), (-12, 9)], "Morning count"),
    "Sixty diesel buses replaced": ("Nkechi", [(-90, 12), (-45, 18), (-15, 22)], "Fleet lists"),
}


@scene(days=-10)
def what_was_measured(stage: Stage) -> None:
    for title, (who, values, source) in MEASURED.items():
        objective = Objective.objects.get(title=title)
        for days, value in values:
            actions.measure(
                actor=stage.actor(who),
                objective=objective,
                value=Decimal(value),
                measured_on=_day(stage, days),
                source=source,
            )


@scene(days=-90)
def first_tasks(stage: Stage) -> None:
    meters = actions.add_task(
        actor=stage.actor("Hana"),
        goal=_goal("Air at the school gate"),
        title="Lend eighteen air meters to school gates",
        done_when="Eighteen gates send readings for a whole week.",
        due_on=_day(stage, -45),
        objective=Objective.objects.get(title__startswith="No more than 20"),
    )
    _accepted(stage, meters, "Hana")
    actions.start_task(actor=stage.actor("Hana"), task=meters)


@scene(days=-49)
def the_meters_hang(stage: Stage) -> None:
    task = Task.objects.get(title__startswith="Lend eighteen")
    actions.finish_task(actor=stage.actor("Hana"), task=task)


@scene(days=-47)
def sam_has_looked(stage: Stage) -> None:
    actions.verify_task(actor=stage.actor("Sam"), task=Task.objects.get(title__startswith="Lend eighteen"))


@scene(days=-14)
def what_is_to_be_done(stage: Stage) -> None:
    air, streets = _goal("Air at the school gate"), _goal("School streets")
    trucks = actions.add_task(
        actor=stage.actor("Rosa"),
        goal=air,
        title="Agree truck times with the port",
        done_when="A written time plan for 7:30 to 8:30 exists.",
        due_on=_day(stage, 24),
        place="Harbor",
    )
    _accepted(stage, trucks, "Omar")
    actions.start_task(actor=stage.actor("Omar"), task=trucks)
    asthma = actions.add_task(
        actor=stage.actor("Rosa"),
        goal=air,
        title="Air and asthma day, Orchard School",
        done_when="150 children had a lung check.",
        due_on=_day(stage, 14),
        place="Orchard School",
    )
    actions.offer_task(actor=stage.actor("Rosa"), task=asthma, seat=stage.seat("Petra"))
    actions.add_task(
        actor=stage.actor("Kwame"),
        goal=air,
        title="Weekly readings in plain words at each gate",
        done_when="Eighteen gates show last week’s figure by Monday noon.",
        due_on=_day(stage, 51),
    )
    hall = actions.add_task(
        actor=stage.actor("Petra"),
        goal=air,
        title="Book the school hall for the air and asthma day",
        done_when="The hall is confirmed in writing, with heating.",
        due_on=_day(stage, 13),
        place="Orchard School",
    )
    actions.offer_task(actor=stage.actor("Petra"), task=hall, seat=stage.seat("Amina"))
    guards = actions.add_task(
        actor=stage.actor("Tomasz"),
        goal=streets,
        title="Train twelve crossing guards",
        done_when="Twelve people hold the city’s certificate.",
        due_on=_day(stage, 70),
    )
    _accepted(stage, guards, "Nora")
    counts = actions.add_task(
        actor=stage.actor("Joan"),
        goal=streets,
        title="Count shop visits on three streets",
        done_when="Two weeks of counts are with the traders.",
        due_on=_day(stage, 9),
        place="Old market",
    )
    actions.offer_task(actor=stage.actor("Joan"), task=counts, seat=stage.seat("Farid"))


@scene(days=-6)
def trucks_are_stuck(stage: Stage) -> None:
    actions.block_task(
        actor=stage.actor("Omar"),
        task=Task.objects.get(title__startswith="Agree truck times"),
        note="The port has not named anybody who may decide.",
    )


def _accepted(stage: Stage, task: Task, who: str) -> None:
    offered = actions.offer_task(actor=stage.actor("Rosa"), task=task, seat=stage.seat(who))
    actions.accept_task(actor=stage.actor(who), assignment=Assignment.objects.get(pk=offered.pk))
