"""A goal with a plan, made through the actions that people use."""

from datetime import date
from decimal import Decimal

from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.governance.tests import factories as governance
from manyhands.practice.plans import actions
from manyhands.practice.plans.models import Objective, Task

AIR = {
    "title": "No more than 20 µg/m³ at 18 gates",
    "indicator": "Nitrogen dioxide",
    "unit": "µg/m³",
    "direction": "down",
    "baseline_value": Decimal(38),
    "baseline_on": date(2026, 3, 1),
    "target_value": Decimal(20),
    "due_on": date(2027, 12, 31),
    "data_source": "City air network",
}


def adopted_goal(world, title: str = "Air at the school gate") -> SharedGoal:
    return governance.decided(world, kind="goal", title=title).goal


def objective(world, goal: SharedGoal, **words) -> Objective:
    said = AIR | {"owner": world.seat["rosa"]} | words
    return actions.set_objective(actor=world.actor["rosa"], goal=goal, **said)


def task(world, goal: SharedGoal, title: str = "Lend 18 air meters", **words) -> Task:
    return actions.add_task(actor=world.actor["amina"], goal=goal, title=title, **words)


def accepted_task(world, goal: SharedGoal, who: str = "rosa") -> Task:
    made = task(world, goal)
    actions.take_on_task(actor=world.actor[who], task=made)
    return Task.objects.get(pk=made.pk)
