"""Objectives and what was measured for them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.plans import policies
from manyhands.practice.plans.events import Measured, ObjectiveSet
from manyhands.practice.plans.models import Measurement, Objective

from .refusals import AlreadyCorrected, NotNow


@transaction.atomic
def set_objective(*, actor: Actor, goal: SharedGoal, objective: Objective | None = None, **words: Any) -> Objective:
    """Set an objective for a goal, or change one. What it lacks may come later; its page says what.

    Parameters
    ----------
    words
        title, indicator, unit, baseline_value, baseline_on, target_value, due_on, direction, data_source, owner,
        horizon: fields of `Objective`; those left out stay as they are.

    Who: representatives, alternates, coordinators, facilitators (`policies.set_objective`).
    Refuses: a goal that is not adopted (`NotNow`); a target day that is not after the baseline (`ValueError`).
    Tells: `ObjectiveSet`.
    """
    require(actor, policies.set_objective, goal, objective)
    is_new = objective is None
    _check_adopted(goal)
    row = (
        Objective(goal=goal)
        if objective is None
        else Objective.objects.select_for_update(no_key=True).get(pk=objective.pk)
    )
    for name, value in words.items():
        if name not in CHANGEABLE:
            raise TypeError(f"An objective has no {name} that could be set.")
        setattr(row, name, value)
    if row.baseline_on and row.due_on and row.due_on <= row.baseline_on:
        raise ValueError(_("The target day must come after the day of the baseline."))
    row.save()
    record(ObjectiveSet(objective_id=row.pk, goal_id=row.goal_id, is_new=is_new), by=actor, about=row)
    return row


@transaction.atomic
def measure(*, actor: Actor, objective: Objective, value: Decimal, measured_on: date, source: str) -> Measurement:
    """Enter what was measured for an objective.

    Who: representatives, alternates, coordinators, facilitators (`policies.measure`).
    Refuses: a goal that is retired (`NotNow`).
    Tells: `Measured`.
    """
    require(actor, policies.measure, objective)
    _check_adopted(objective.goal)
    entered = Measurement.objects.create(
        objective=objective, value=value, measured_on=measured_on, source=source, entered_by_id=actor.seat_id
    )
    record(Measured(objective_id=objective.pk, measurement_id=entered.pk), by=actor, about=objective)
    return entered


@transaction.atomic
def correct_measurement(
    *, actor: Actor, measurement: Measurement, value: Decimal, measured_on: date, source: str, because: str = ""
) -> Measurement:
    """Enter the right value for one that was wrong; the wrong one is kept and no longer counts.

    Who: whoever entered it, and coordinators (`policies.correct_measurement`).
    Refuses: a measurement that was corrected already (`AlreadyCorrected`).
    Tells: `Measured`.
    """
    require(actor, policies.correct_measurement, measurement)
    old = Measurement.objects.select_for_update(no_key=True).get(pk=measurement.pk)
    if Measurement.objects.filter(corrects=old).exists():
        raise AlreadyCorrected
    right = Measurement.objects.create(
        objective_id=old.objective_id,
        value=value,
        measured_on=measured_on,
        source=source,
        because=because,
        corrects=old,
        entered_by_id=actor.seat_id,
    )
    fact = Measured(objective_id=old.objective_id, measurement_id=right.pk, is_correction=True)
    record(fact, by=actor, about=right.objective)
    return right


CHANGEABLE = {
    field.name for field in Objective._meta.concrete_fields if field.name not in {"id", "coalition", "goal", "set_at"}
}


def _check_adopted(goal: SharedGoal) -> None:
    if goal.state not in {"adopted", "reached"}:
        raise NotNow(
            _("Plans belong to goals that are adopted; this one is %(state)s.") % {"state": goal.get_state_display()}
        )
