"""Every role and every deed of governance."""

import pytest

from manyhands.practice.governance import policies

from . import factories

#: Deed → who of the small world may do it. Ben put the proposal forward.
EVERYONE = ("amina", "ben", "mei", "rosa", "olu", "gus")
MAY = {
    "set_rule": {"amina"},
    "ensure_rules": {"amina", "ben", "mei", "rosa"},
    "put_forward_proposal": {"amina", "ben", "mei", "rosa"},
    "change_text": {"ben", "mei"},
    "advance_proposal": {"amina", "ben", "mei"},
    "take_stance": {"amina", "ben", "mei", "rosa"},
    "record_consulted": {"amina", "ben", "mei", "rosa"},
    "close_proposal": {"ben", "mei"},
    "withdraw_proposal": {"amina", "ben"},
    "answer_doubt": {"amina", "ben", "mei"},
    "record_dissent": {"amina", "ben", "mei", "rosa"},
    "review_dissent": {"amina", "mei"},
    "review_decision": {"amina", "mei"},
    "stand_for_goal": {"amina", "ben", "mei", "rosa"},
    "join_for_goals": {"amina"},
    "finish_goal": {"amina"},
}
ABOUT_NOTHING = {"set_rule", "ensure_rules", "put_forward_proposal"}


@pytest.mark.parametrize("deed", MAY)
def test_who_may(clean_air, deed):
    with clean_air.inside():
        proposal = factories.draft(clean_air)
        about = () if deed in ABOUT_NOTHING else (proposal,)
        needed = getattr(policies, deed)
        assert {who for who in EVERYONE if needed.holds(clean_air.actor[who], *about)} == MAY[deed]


def test_no_deed_is_forgotten_here():
    from manyhands.foundation.access.rules import REGISTRY

    assert {name.split(".")[1] for name in REGISTRY if name.startswith("governance.")} == set(MAY)
