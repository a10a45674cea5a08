"""What tests of success begin with: three members, two adopted goals, two outcomes that conflict."""

import pytest
from django.utils.timezone import now

from manyhands.practice.alignment.success import actions
from manyhands.practice.governance.actions import ensure_rules, put_forward_proposal
from manyhands.practice.governance.models import SharedGoal


@pytest.fixture
def goals(inside):
    """Two goals that were adopted."""
    made = []
    ensure_rules(actor=inside.actor["amina"])
    for title in ("School streets", "Cleaner buses"):
        proposal = put_forward_proposal(actor=inside.actor["amina"], title=title, text="We do it.", kind="goal")
        goal = SharedGoal.objects.filter(title=title).first() or SharedGoal(title=title, proposal=proposal)
        goal.state, goal.adopted_at = SharedGoal.State.ADOPTED, now()
        goal.save()
        made.append(goal)
    return made


@pytest.fixture
def stalls(inside):
    """What Joan's guild must see."""
    return actions.write_definition(
        actor=inside.actor["joan"], text="Stalls sell as much as before.", horizon="short", is_shared=True
    )


@pytest.fixture
def quiet(inside):
    """What Amina's parents must see."""
    return actions.write_definition(
        actor=inside.actor["amina"], text="Children walk without vans beside them.", horizon="long", is_shared=True
    )
