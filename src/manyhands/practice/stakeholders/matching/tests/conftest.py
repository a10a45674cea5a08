"""What tests of pairs and merges begin with."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.utils.timezone import localdate, now

from manyhands.foundation.tenancy.models import CoalitionOwned
from manyhands.practice.stakeholders import actions as deeds
from manyhands.practice.stakeholders import models
from manyhands.practice.stakeholders.models import Pair, Stakeholder

from ...tests.conftest import imported, tried  # noqa: F401  (fixtures)


@pytest.fixture
def ally(clean_air) -> Callable[..., Stakeholder]:
    """Write an ally down as Amina. Call it inside the coalition."""

    def write(name: str, **particulars: Any) -> Stakeholder:
        return deeds.add_ally(actor=clean_air.actor["amina"], name=name, **particulars)

    return write


@pytest.fixture
def two(clean_air, ally) -> tuple[Stakeholder, Stakeholder]:
    """Two records of one clinic, each with everything that a record can have, and a third that both know."""
    with clean_air.inside():
        one = ally("Northside Clinic", city="Linden", phone="1", tags="air")
        other = ally("North Side Clinic", street="4 Mill Lane", website="https://north.example", tags="lungs")
        third = ally("Mayor")
        hang_everything_on(clean_air, one, other, third)
        return one, other


def hang_everything_on(world: Any, one: Stakeholder, other: Stakeholder, third: Stakeholder) -> None:
    """One row of every kind that points at allies, on both, so that each way of joining is walked."""
    today, seats = localdate(), world.seat
    item = models.MenuItem.objects.create(text="Staff a gate")
    issue = models.Issue.objects.create(title="A school street")
    listing = models.Import.objects.create(filename="l.csv", fingerprint="x")
    for ally, days, interest in ((one, 3, 4), (other, 1, 2)):
        at, on = now() - timedelta(days=days), today - timedelta(days=days)
        said = {"source": "a talk"}
        for who in ("amina", "ben" if ally == one else "rosa"):
            rated = {"stakeholder": ally, "rater": seats[who], "rated_at": at}
            models.Rating.objects.create(**rated, interest=interest, influence=3, basis="we met")
            models.Claim.objects.create(
                **rated, has_power=True, has_legitimacy=ally == one, has_urgency=False, basis="we met"
            )
            swayed = {"rater": seats[who], "basis": "we met", "rated_at": at}
            models.Sway.objects.create(one=ally, other=third, level=2, **swayed)
            models.Sway.objects.create(one=third, other=ally, level=1, **swayed)
        for wedge, replaced in (("undecided", at), ("active ally", None)):
            models.Position.objects.create(
                stakeholder=ally, issue=issue, wedge=wedge, strength=2 if not replaced else 0, on=on,
                replaced_at=replaced, **said,
            )  # fmt: skip
        models.Tie.objects.create(one=ally, other=third, kind="funds", level=2, level_one=2, seen_on=on, **said)
        low, high = sorted((ally, third), key=lambda each: each.pk)
        models.Tie.objects.create(
            one=low, other=high, kind="works with", level=interest, level_other=interest, seen_on=on, **said
        )
        models.Tie.objects.create(one=third, other=ally, kind="informs", level=1, seen_on=on, ended_on=on, **said)
        models.ProfileEntry.objects.create(stakeholder=ally, about="motive", text="Lungs", said_on=on, **said)
        models.Contact.objects.create(stakeholder=ally, on=on, text="They called")
        models.Input.objects.create(stakeholder=ally, text="Do not forget us", on=on)
        models.Offer.objects.create(stakeholder=ally, text="Chairs", item=item)
        models.Disclosure.objects.create(stakeholder=ally, kind="funder", text="Pays us", on=on, **said)
        models.ImportRow.objects.create(
            listing=listing, row=days, outcome="update", stakeholder=ally, alike=ally, version_after=1, name="x"
        )
        low, high = sorted((ally.pk, third.pk))
        models.Pair.objects.create(
            one_id=low, other_id=high, score=0.8, verdict="different" if ally == other else "open"
        )
    low, high = sorted((one.pk, other.pk))
    models.Tie.objects.create(one_id=low, other_id=high, kind="knows", level=3, seen_on=today, source="a talk")
    models.Sway.objects.create(one=one, other=other, level=1, rater=seats["amina"], basis="we met")
    Pair.objects.create(one_id=low, other_id=high, score=0.93, reasons=["names differ by one letter"])
    from manyhands.practice.stakeholders.settling import settle

    settle(one)
    settle(other)


def everything() -> dict[str, str]:
    """Every row of every model of this coalition, as text, by model and key."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, CoalitionOwned) and not model.__module__.startswith("manyhands.foundation"):
            rows = Stakeholder.with_removed if model is Stakeholder else model.objects
            for row in serializers.serialize("python", rows.order_by("pk")):
                found[f"{row['model']} {row['pk']}"] = row["fields"]
    return found


def without(rows: dict[str, Any], *models_left_out: str) -> dict[str, Any]:
    """The same without some models, and without what counts up so that no open form overwrites anything."""
    kept = {key: dict(fields) for key, fields in rows.items() if key.split()[0] not in models_left_out}
    for fields in kept.values():
        for name in ("version", "updated_at"):
            fields.pop(name, None)
    return kept


LONG_AGO = date(2020, 1, 1)
