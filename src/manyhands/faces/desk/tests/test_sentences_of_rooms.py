"""Every deed of every room reads as a sentence, and names nothing that its reader may not see."""

import pytest
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.ledger.events import KINDS
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import _sentences, describe, lines
from manyhands.practice.alignment.models import VisionRound
from manyhands.practice.governance.models import Proposal
from manyhands.practice.governance.tests.factories import draft
from manyhands.practice.plans.events import TaskOffered
from manyhands.practice.stakeholders.models import Stakeholder

ROOMS = ("stakeholders.", "alignment.", "governance.", "plans.", "coalitions.")


def line(kind: str, actor: Actor | None = None, **facts: object):
    entry = LedgerEntry(at=now(), kind=kind, by_system="demo", about="x:1", facts=facts)
    return lines([entry], "clean-air", actor=actor)[0]


def test_every_kind_of_line_of_every_room_has_a_sentence():
    dumb = sorted(kind for kind in KINDS if kind.startswith(ROOMS) and kind not in _sentences)
    assert dumb == []


@pytest.mark.parametrize("phase", ["clarify", "react", "decide"])
def test_a_phase_reads_by_what_it_opens(clean_air, phase):
    with clean_air.inside():
        read = line("governance.PhaseOpened", proposal_id=1, phase=phase, eligible=3)
        assert read.text != describe("governance.PhaseOpened")
        assert "a draft" in read.text  # nothing has number one yet


def test_a_stance_links_to_the_proposal_it_names(clean_air):
    with clean_air.inside():
        made = draft(clean_air, title="Close {three} more streets")
        facts = {"proposal_id": made.pk, "organization_id": 1, "is_change": False}
        assert "three" not in line("governance.StanceTaken", **facts).text, "a draft is named to nobody"
        Proposal.objects.filter(pk=made.pk).update(opened_at=now())
        read = line("governance.StanceTaken", **facts)
    assert read.text == "Took a stance on “Close {three} more streets”."
    assert read.url == f"/c/clean-air/decisions/{made.pk}/"


def test_an_ally_is_named_only_to_those_who_may_see_allies(clean_air):
    with clean_air.inside():
        ally = Stakeholder.objects.create(name="Linden School Board")
        kind, facts = "stakeholders.AllyRated", {"stakeholder_id": ally.pk, "raters": 2}
        assert line(kind, clean_air.actor["amina"], **facts).text == "Rated Linden School Board."
        assert line(kind, clean_air.actor["gus"], **facts).text == "Rated an ally."
        assert line(kind, None, **facts).text == "Rated an ally."


def test_a_statement_in_the_book_has_neither_author_nor_words(clean_air):
    with clean_air.inside():
        asked = VisionRound.objects.create(number=1, question="What would make it safe?", state="open", opened_at=now())
        read = line("alignment.StatementContributed", round_id=asked.pk, statement_id=1)
    assert read.text == "A statement was added to “What would make it safe?”."


def test_titles_of_all_kinds_cost_one_query(clean_air, django_assert_max_num_queries):
    entries = [
        LedgerEntry(at=now(), kind=kind, by_system="demo", about="x:1", facts=facts)
        for kind, facts in [
            (TaskOffered.kind, {"task_id": 1, "assignment_id": 1, "part": "A"}),
            ("governance.StanceTaken", {"proposal_id": 1, "organization_id": 1, "is_change": True}),
            ("stakeholders.AllyRated", {"stakeholder_id": 1, "raters": 1}),
            ("alignment.RoundOpened", {"round_id": 1}),
            ("governance.GoalAdopted", {"goal_id": 1, "proposal_id": 1}),
            ("plans.Measured", {"objective_id": 1, "measurement_id": 1}),
        ]
    ]
    known = {"seat_id": {}, "organization_id": {}}
    with clean_air.inside(), django_assert_max_num_queries(1):
        assert len(lines(entries, "clean-air", known, clean_air.actor["amina"])) == 6
