"""A proposal from draft to outcome: no phase is skipped, nothing is decided twice, everything is written down."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from manyhands.foundation.coalitions.models import Membership
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.governance import actions, queries
from manyhands.practice.governance.models import DecisionRule, Dissent, Eligibility, Proposal, SharedGoal, Stance
from manyhands.practice.governance.rules import PROPOSAL_STEPS, Terms
from manyhands.practice.governance.tasks import close_due_proposals

from . import factories

STATES = [state for state in PROPOSAL_STEPS if state in {"draft", "clarify", "react", "decide"}]


@pytest.mark.parametrize("start", STATES)
@pytest.mark.parametrize("to", ["draft", "clarify", "react", "decide", "adopted", "withdrawn", "nonsense"])
def test_no_phase_is_skipped_and_none_comes_back(clean_air, start, to):
    with clean_air.inside():
        proposal = factories.draft(clean_air) if start == "draft" else factories.in_phase(clean_air, start)
        follows = {"draft": "clarify", "clarify": "react", "react": "decide"}.get(start)
        if to == follows:
            actions.advance_proposal(actor=clean_air.actor["ben"], proposal=proposal, to=to)
            assert Proposal.objects.get().state == to
        else:
            with pytest.raises(actions.NotNow):
                actions.advance_proposal(actor=clean_air.actor["ben"], proposal=proposal, to=to)
            assert Proposal.objects.get().state == start


def test_a_decision_with_dissent_beside_it(clean_air):
    with clean_air.inside():
        proposal = factories.decided(clean_air)
        assert (proposal.state, proposal.force) == ("adopted with dissent", "in force")
        dissent = Dissent.objects.get()
        assert (dissent.number, dissent.organization, dissent.state) == (1, clean_air.organization["joan"], "recorded")
        entry = LedgerEntry.objects.get(kind="governance.ProposalDecided")
        assert entry.by_seat_id == clean_air.seat["mei"].pk
        assert entry.facts == {
            "proposal_id": proposal.pk,
            "outcome": "adopted with dissent",
            "eligible": 6,
            "cast": 6,
            "dissents": 1,
        }


def test_it_closes_only_once(clean_air):
    with clean_air.inside():
        proposal = factories.decided(clean_air)
        with pytest.raises(actions.NotNow):
            actions.close_proposal(actor=clean_air.actor["mei"], proposal=proposal)
        assert LedgerEntry.objects.filter(kind="governance.ProposalDecided").count() == 1
        assert Dissent.objects.count() == 1


def test_it_does_not_close_before_its_day_while_someone_is_silent(clean_air):
    with clean_air.inside():
        proposal = factories.in_phase(clean_air, "decide")
        factories.take(clean_air, proposal, ben="for", rosa="for", mei="for")
        with pytest.raises(actions.StancesMissing):
            actions.close_proposal(actor=clean_air.actor["mei"], proposal=proposal)
        with time_machine.travel(now() + timedelta(days=7)):
            assert actions.close_proposal(actor=clean_air.actor["mei"], proposal=proposal).state == "adopted"


def test_the_house_closes_what_is_due_and_nothing_else(clean_air, safe_streets):
    from manyhands.foundation.jobs.tasks import enqueue
    from manyhands.foundation.jobs.worker import run_waiting

    with clean_air.inside():
        due = factories.in_phase(clean_air, "decide", closes_in=timedelta(hours=1))
        later = factories.in_phase(clean_air, "decide", closes_in=timedelta(days=9))
    with time_machine.travel(now() + timedelta(hours=2)):
        for _ in range(2):  # at least once: repeating it changes nothing
            enqueue(close_due_proposals)
            run_waiting()
    with clean_air.inside():
        assert Proposal.objects.get(pk=due.pk).state == "no quorum"
        assert Proposal.objects.get(pk=later.pk).state == "decide"
        entry = LedgerEntry.objects.get(kind="governance.ProposalDecided")
        assert (entry.by_seat_id, entry.by_system) == (None, "closing day")


def test_stances_are_not_taken_after_the_day_even_before_someone_counts(clean_air):
    with clean_air.inside():
        proposal = factories.in_phase(clean_air, "decide")
        with time_machine.travel(now() + timedelta(days=7)), pytest.raises(actions.NotNow):
            factories.take(clean_air, proposal, ben="for")
        assert not Stance.objects.exists()


def test_who_may_decide_is_frozen_when_the_phase_opens(clean_air):
    with clean_air.inside():
        proposal = factories.in_phase(clean_air, "decide")
        Membership.objects.filter(organization=clean_air.organization["joan"]).update(state="withdrawn")
        Membership.objects.filter(organization=clean_air.organization["ben"]).update(votes=5)
        factories.take(clean_air, proposal, joan="against", ben="for")  # she was a member that day
        assert Eligibility.objects.filter(proposal=proposal).count() == 6
        stances = list(queries.current_stances(proposal))
        verdict = queries.verdict(proposal, stances, queries.votes_by_organization(proposal))
        assert (verdict.cast, verdict.in_favor, verdict.quorum) == (2, 1, 3)


def test_an_organization_that_came_later_has_no_stance(clean_air):
    with clean_air.inside():
        Membership.objects.filter(organization=clean_air.organization["joan"]).update(state="paused")
        proposal = factories.in_phase(clean_air, "decide")
        Membership.objects.filter(organization=clean_air.organization["joan"]).update(state="active")
        with pytest.raises(actions.NotEligible):
            factories.take(clean_air, proposal, joan="for")


def test_one_stance_per_organization_and_the_old_one_is_kept(clean_air):
    with clean_air.inside():
        proposal = factories.in_phase(clean_air, "decide")
        factories.take(clean_air, proposal, ben="against")
        factories.take(clean_air, proposal, ben="for")
        factories.take(clean_air, proposal, ben="for")  # the same again is nothing new
        assert [stance.choice for stance in queries.current_stances(proposal)] == ["for"]
        current, earlier = queries.now_and_earlier(queries.every_stance(proposal))
        assert ([s.choice for s in current], [s.choice for s in earlier]) == (["for"], ["against"])
        facts = LedgerEntry.objects.filter(kind="governance.StanceTaken").order_by("id").values_list("facts", flat=True)
        assert [fact["is_change"] for fact in facts] == [False, True]
        with pytest.raises(IntegrityError), transaction.atomic():
            Stance.objects.create(
                proposal=proposal,
                organization=clean_air.organization["ben"],
                seat=clean_air.seat["ben"],
                choice="against",
            )


def test_a_block_needs_a_reason_and_stops_it(clean_air):
    with clean_air.inside():
        proposal = factories.in_phase(clean_air, "decide")
        with pytest.raises(actions.NothingToSay):
            actions.take_stance(actor=clean_air.actor["joan"], proposal=proposal, choice="block", reason="  ")
        factories.take(clean_air, proposal, **factories.ALL | {"joan": "block"})
        closed = actions.close_proposal(actor=clean_air.actor["ben"], proposal=proposal)
        assert (closed.state, Dissent.objects.count()) == ("not adopted", 0)


def test_the_rule_is_frozen_when_it_opens(clean_air):
    with clean_air.inside():
        proposal = factories.in_phase(clean_air, "clarify")
        actions.set_rule(actor=clean_air.actor["amina"], kind="ordinary", name="Newer", terms=Terms(quorum=1))
        for phase in ("react", "decide"):
            proposal = actions.advance_proposal(actor=clean_air.actor["ben"], proposal=proposal, to=phase)
        assert proposal.rule.name == "Charter 4.2"
        assert DecisionRule.objects.filter(kind="ordinary", superseded_at=None).get().name == "Newer"


def test_there_is_one_live_rule_per_kind(clean_air):
    with clean_air.inside():
        actions.ensure_rules(actor=clean_air.actor["amina"])
        actions.ensure_rules(actor=clean_air.actor["amina"])
        assert sorted(DecisionRule.objects.values_list("kind", flat=True)) == ["charter", "goal", "ordinary"]
        with pytest.raises(IntegrityError), transaction.atomic():
            DecisionRule.objects.create(kind="goal", name="A second", in_force_from=now().date())


def test_nothing_closes_before_the_notice_is_over(clean_air):
    with clean_air.inside():
        with pytest.raises(actions.NoNotice):
            factories.in_phase(clean_air, "decide", notice_days=14)
        proposal = Proposal.objects.get()
        assert proposal.state == "react"
        opened = actions.advance_proposal(actor=clean_air.actor["ben"], proposal=proposal, to="decide")
        assert (opened.closes_at - opened.opened_at).days == 14


def test_changing_the_text_keeps_every_version_and_notices_another_hand(clean_air):
    with clean_air.inside():
        proposal = factories.in_phase(clean_air, "react")
        new = {"title": proposal.title, "text": "We gladly close them.", "because": "As Ben asked"}
        actions.change_text(actor=clean_air.actor["ben"], proposal=proposal, after_version=1, **new)
        with pytest.raises(actions.ChangedMeanwhile):
            actions.change_text(actor=clean_air.actor["mei"], proposal=proposal, after_version=1, title="x", text="y")
        assert [version.number for version in proposal.versions.all()] == [1, 2]
        opened = actions.advance_proposal(actor=clean_air.actor["ben"], proposal=proposal, to="decide")
        with pytest.raises(actions.NotNow):
            actions.change_text(actor=clean_air.actor["ben"], proposal=opened, title="x", text="y")


def test_a_goal_is_adopted_with_its_proposal(clean_air):
    with clean_air.inside():
        proposal = factories.draft(
            clean_air, kind="goal", title="Air at the school gate", source="alignment.Statement:4"
        )
        assert proposal.goal.state == "proposed"
        decided = factories.decided(clean_air, kind="goal", title="Cleaner buses")
        goal = SharedGoal.objects.get(pk=decided.goal_id)
        assert (goal.state, goal.title, goal.adopted_at is not None) == ("adopted", "Cleaner buses", True)
        assert LedgerEntry.objects.filter(
            kind="governance.GoalAdopted", about=f"governance.SharedGoal:{goal.pk}"
        ).exists()
        assert list(queries.adopted_goals()) == [goal]


@pytest.mark.parametrize("end", ["withdraw", "not adopted"])
def test_a_goal_goes_when_its_proposal_goes(clean_air, end):
    with clean_air.inside():
        if end == "withdraw":
            proposal = factories.in_phase(clean_air, "decide", kind="goal")
            proposal = actions.withdraw_proposal(actor=clean_air.actor["ben"], proposal=proposal)
        else:
            proposal = factories.decided(clean_air, dict.fromkeys(factories.ALL, "aside"), kind="goal")
        assert SharedGoal.objects.get().state == "retired"
        with pytest.raises(actions.NotNow):
            actions.withdraw_proposal(actor=clean_air.actor["ben"], proposal=proposal)


def test_dissent_is_answered_and_looked_at_again_in_that_order(clean_air):
    with clean_air.inside():
        factories.decided(clean_air)
        dissent = Dissent.objects.get()
        with pytest.raises(actions.NotNow):
            actions.review_dissent(actor=clean_air.actor["mei"], dissent=dissent, note="Too early")
        actions.answer_dissent(actor=clean_air.actor["ben"], dissent=dissent, reply="We count tills each week.")
        with pytest.raises(actions.NothingToSay):
            actions.review_dissent(actor=clean_air.actor["mei"], dissent=dissent, note=" ")
        actions.review_dissent(actor=clean_air.actor["mei"], dissent=dissent, note="Mornings fell by 4 %.")
        dissent.refresh_from_db()
        assert (dissent.state, dissent.stance.reply) == ("reviewed", "We count tills each week.")


def test_who_stood_aside_may_keep_their_doubt_and_who_agreed_may_not(clean_air):
    with clean_air.inside():
        proposal = factories.decided(clean_air)
        actions.record_dissent(actor=clean_air.actor["omar"], proposal=proposal)
        assert Dissent.objects.count() == 2
        with pytest.raises(actions.NotNow):
            actions.record_dissent(actor=clean_air.actor["omar"], proposal=proposal)
        with pytest.raises(actions.NotEligible):
            actions.record_dissent(actor=clean_air.actor["rosa"], proposal=proposal)


def test_a_doubt_answered_before_the_decision_is_an_answered_dissent(clean_air):
    with clean_air.inside():
        proposal = factories.in_phase(clean_air, "decide")
        factories.take(clean_air, proposal, **factories.ALL)
        doubt = Stance.objects.get(choice="against")
        actions.answer_stance(actor=clean_air.actor["ben"], stance=doubt, reply="We promise.")
        with pytest.raises(actions.NotNow):
            praise = Stance.objects.filter(choice="for").first()
            actions.answer_stance(actor=clean_air.actor["ben"], stance=praise, reply="Thank you.")
        actions.close_proposal(actor=clean_air.actor["ben"], proposal=proposal)
        assert Dissent.objects.get().state == "answered"


def test_a_repealed_decision_stays_repealed(clean_air):
    with clean_air.inside():
        proposal = factories.decided(clean_air)
        for finding in ("reaffirmed", "changed", "reaffirmed", "repealed"):
            proposal = actions.review_decision(actor=clean_air.actor["mei"], proposal=proposal, finding=finding)
        with pytest.raises(actions.NotNow):
            actions.review_decision(actor=clean_air.actor["mei"], proposal=proposal, finding="reaffirmed")
        assert proposal.state == "adopted with dissent"


def test_standing_for_a_goal_counts_once(clean_air):
    with clean_air.inside():
        goal = factories.decided(clean_air, kind="goal").goal
        for _ in range(2):
            actions.stand_for_goal(actor=clean_air.actor["rosa"], goal=goal)
        assert [each.seat.name for each in queries.sponsors(goal)] == ["Amina", "Mei", "Rosa"]
        actions.step_back_from_goal(actor=clean_air.actor["rosa"], goal=goal)
        assert queries.sponsors(goal).count() == 2
        with pytest.raises(actions.NotNow):
            actions.finish_goal(actor=clean_air.actor["amina"], goal=goal, state="proposed")
        assert actions.finish_goal(actor=clean_air.actor["amina"], goal=goal, state="reached").state == "reached"
        with pytest.raises(actions.NotNow):
            actions.stand_for_goal(actor=clean_air.actor["rosa"], goal=goal)


def test_rows_of_another_coalition_are_refused(clean_air, safe_streets):
    with clean_air.inside():
        ours = factories.in_phase(clean_air, "decide")
    with safe_streets.inside(), pytest.raises(PermissionDenied):
        actions.take_stance(actor=safe_streets.actor["zed"], proposal=ours, choice="for")


def test_personal_data_names_what_a_person_said_and_keeps_tallies(clean_air):
    with clean_air.inside():
        proposal = factories.decided(clean_air)
        about = queries.about_seats([clean_air.seat["joan"].pk])
        assert [stance["choice"] for stance in about["stances"]] == ["against"]
        assert queries.about_seats([clean_air.seat["ben"].pk])["proposals"][0]["title"] == proposal.title
