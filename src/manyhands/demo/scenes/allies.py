"""Whom they know, what they think of them, and a list that was brought in."""

import csv
import io

from django.core.files.base import ContentFile
from django.utils.timezone import localdate

from manyhands.demo.allies import ALLIES, RATERS
from manyhands.demo.lists import CLINIC, LIBRARY
from manyhands.demo.stage import Stage, scene
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.stakeholders import actions, tasks
from manyhands.practice.stakeholders.importing import actions as lists
from manyhands.practice.stakeholders.models import Import, Stakeholder


@scene(days=-175)
def a_list_is_made(stage: Stage) -> None:
    amina = stage.actor("Amina")
    for ally in ALLIES:
        actions.add_ally(
            actor=amina,
            looked_after_by=stage.seat(ally.looked_after_by) if ally.looked_after_by else None,
            name=ally.name,
            sector=ally.sector,
            about=ally.note or ally.basis,
            city="Linden",
            stance=ally.wedge,
            stance_source=ally.basis if ally.wedge in {"leaning away", "against"} else "",
            stance_on=localdate() if ally.wedge in {"leaning away", "against"} else None,
            source="Brainstorm of the first meeting",
        )


@scene(days=-12)
def six_people_rate(stage: Stage) -> None:
    allies = {ally.name: ally for ally in Stakeholder.objects.all()}
    for place, rater in enumerate(RATERS):
        actor = stage.actor(rater)
        for ally in ALLIES:
            if ally.interest[place] and ally.influence[place]:
                actions.rate_ally(
                    actor=actor,
                    stakeholder=allies[ally.name],
                    interest=ally.interest[place],
                    influence=ally.influence[place],
                    basis=ally.basis,
                )


@scene(days=-9)
def joan_knows_better(stage: Stage) -> None:
    """A rating changes when somebody learns more; the earlier one is kept."""
    chamber = Stakeholder.objects.get(name="Chamber of Commerce")
    actions.rate_ally(
        actor=stage.actor("Tomasz"),
        stakeholder=chamber,
        interest=3,
        influence=4,
        basis="They asked for our shop counts after the market meeting.",
    )


@scene(days=-20)
def a_list_is_brought_in(stage: Stage) -> None:
    """Three rows are refused, two are here already; the rest come in."""
    listing = _tried(stage, "clinic-newsletter-2025.csv", CLINIC)
    tasks.start_and_commit(
        actor=stage.actor("Amina"),
        listing=listing,
        source="Northside Clinic newsletter, consent 2025",
        has_consent=True,
    )


@scene(days=-1, hour=16)
def another_list_waits_for_a_decision(stage: Stage) -> None:
    _tried(stage, "library-partners.csv", LIBRARY)


def _tried(stage: Stage, filename: str, rows: list[list[str]]) -> Import:
    amina, sheet = stage.actor("Amina"), io.StringIO()
    csv.writer(sheet).writerows(rows)
    listing = lists.bring_list(actor=amina, file=ContentFile(sheet.getvalue().encode()), filename=filename)
    listing = tasks.match_and_try(actor=amina, listing=listing, mapping=listing.mapping, existing="fill")
    run_waiting()
    return Import.objects.get(pk=listing.pk)
