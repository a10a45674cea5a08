"""What tests of positions and influence begin with."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.models import Issue, Position, Stakeholder
from manyhands.practice.stakeholders.positions import actions


@pytest.fixture
def known(inside) -> Callable[..., Stakeholder]:
    """An ally by name; added the first time it is asked for."""

    def find(name: str, **particulars: object) -> Stakeholder:
        found = Stakeholder.objects.filter(name=name).first()
        particulars = {"sector": "Government", **particulars}
        return found or allies.add_ally(actor=inside.actor["amina"], name=name, **particulars)

    return find


@pytest.fixture
def streets(inside) -> Issue:
    return actions.name_issue(actor=inside.actor["amina"], title="Streets closed at drop-off")


@pytest.fixture
def write(inside, known) -> Callable[..., Position]:
    """Somebody's position, so many days ago."""

    def go(name: str, issue: Issue, wedge: str, strength: int, days: int = 0, who: str = "ben") -> Position:
        return actions.write_position(
            actor=inside.actor[who],
            stakeholder=known(name),
            issue=issue,
            wedge=wedge,
            strength=strength,
            source="Minutes, page 4",
            on=localdate() - timedelta(days=days),
        )

    return go


@pytest.fixture
def three(inside, known, streets, write) -> list[Stakeholder]:
    """Three actors, every pair rated by one member, and where each stands: a whole picture."""
    actors = [known("Mayor"), known("Council"), known("Police")]
    table = {(0, 1): 3, (0, 2): 4, (1, 0): 1, (1, 2): 3, (2, 0): 0, (2, 1): 1}
    for one in range(3):
        levels = {actors[other].pk: level for (first, other), level in table.items() if first == one}
        actions.rate_sways(actor=inside.actor["amina"], one=actors[one], levels=levels, basis="Eleven meetings")
    write("Mayor", streets, "leaning our way", 2)
    write("Council", streets, "against", -3)
    write("Police", streets, "undecided", 0)
    return actors


def some_years_ago(years: int, days: int = 0) -> date:
    """So many whole years and days before today."""
    from manyhands.practice.stakeholders.positions.rules import months_before

    return months_before(localdate(), 12 * years) - timedelta(days=days)
