"""A goal's evidence is one click away: from its proposal and its plan to how everyone answered."""

import re

import pytest
from django.urls import reverse

from manyhands.foundation.ui.sources import source_of
from manyhands.practice.alignment.models import VisionRound
from manyhands.practice.alignment.tests import factories as rounds
from manyhands.practice.governance.tests import factories as governance


@pytest.fixture
def statement(clean_air):
    """What everyone agreed on in a round that is over and counted."""
    with clean_air.inside():
        round = rounds.open_round(clean_air)
        actors = [clean_air.actor[who] for who in governance.ALL]
        rounds.answer_all(round, actors, lambda person, at: 1 if at == 0 else (-1) ** person)
        return rounds.close(clean_air, round).statements.first()


def test_one_click_leads_from_a_goal_to_how_everyone_answered(clean_air, client, statement):
    with clean_air.inside():
        goal = governance.decided(
            clean_air, kind="goal", source=f"alignment.Statement:{statement.pk}", quote=statement.text
        ).goal
    client.force_login(clean_air.user["rosa"])
    results = reverse("alignment:results", args=["clean-air", statement.round_id])
    for name, pk in (("governance:proposal", goal.proposal.pk), ("plans:goal", goal.pk)):
        page = client.get(reverse(name, args=["clean-air", pk])).text
        assert reverse("alignment:statement", args=["clean-air", statement.pk]) in page
        assert re.search(rf'href="{results}"[^>]*>(?:\s|<[^>]+>)*See how everyone answered', page), name
        assert "6 people answered it; agreement" in page
        assert client.get(results).status_code == 200


def test_an_open_round_leads_to_the_statement_and_shows_no_figure(clean_air, client, statement):
    with clean_air.inside():
        VisionRound.objects.update(state="open", closed_at=None)
        draft = governance.draft(clean_air, source=f"alignment.Statement:{statement.pk}")
    client.force_login(clean_air.user["ben"])
    page = client.get(reverse("governance:proposal", args=["clean-air", draft.pk])).text
    assert reverse("alignment:statement", args=["clean-air", statement.pk]) in page
    assert "See how everyone answered" not in page
    assert "agreement" not in page


def test_a_source_that_nobody_knows_leads_nowhere(clean_air, rf, statement):
    request = rf.get("/")
    request.actor, request.coalition = clean_air.actor["rosa"], clean_air.coalition
    with clean_air.inside():
        for name in ("", "alignment.Statement:", f"alignment.Statement:{statement.pk}\n", "alignment.Statement:999999",
                     "accounts.Person:1", "alignment.Statement:٣", "alignment.Statement:" + "9" * 18):  # fmt: skip
            assert source_of(request, name) is None, name
