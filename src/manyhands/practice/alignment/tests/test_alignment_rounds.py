"""The life of a round and its statements: who may do what, in which order, and what is written down."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from manyhands.foundation.coalitions.next_steps import next_steps
from manyhands.foundation.coalitions.waiting import awaiting
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment import actions, queries
from manyhands.practice.alignment.models import Participant, Response, Statement, VisionRound
from manyhands.practice.alignment.rules import UnfitStatement

from .factories import QUESTION, SEEDS, open_round

LEADERS = {"amina", "mei"}
VOICES = {"amina", "ben", "mei", "rosa", "omar", "joan"}
EVERYONE = [*sorted(VOICES), "olu", "gus"]


def kinds():
    return list(LedgerEntry.objects.order_by("id").values_list("kind", flat=True))


def allowed(call) -> bool:
    try:
        call()
    except PermissionDenied:
        return False
    return True


@pytest.mark.parametrize("who", EVERYONE)
def test_only_those_who_lead_ask_open_close_and_validate(inside, who):
    actor = inside.actor[who]
    leads = who in LEADERS
    assert allowed(lambda: actions.draft_round(actor=actor, question=QUESTION)) == leads
    draft = actions.draft_round(actor=inside.actor["amina"], question=QUESTION, seeds=SEEDS)
    assert allowed(lambda: actions.rewrite_round(actor=actor, round=draft, question="Another?")) == leads
    assert allowed(lambda: actions.open_round(actor=actor, round=draft)) == leads
    open_one = open_round(inside)
    assert allowed(lambda: actions.close_round(actor=actor, round=open_one)) == leads
    closed = open_round(inside)
    actions.close_round(actor=inside.actor["amina"], round=closed)
    assert allowed(lambda: actions.validate_round(actor=actor, round=closed)) == leads


@pytest.mark.parametrize("who", EVERYONE)
def test_observers_and_guests_read_and_everyone_else_writes_and_answers(inside, who):
    actor, has_voice = inside.actor[who], who in VOICES
    round = open_round(inside)
    first = round.statements.first()
    assert allowed(lambda: actions.contribute_statement(actor=actor, round=round, text="More trees.")) == has_voice
    assert allowed(lambda: actions.answer_statement(actor=actor, statement=first, answer=1)) == has_voice
    assert allowed(lambda: actions.undo_answer(actor=actor, round=round)) == has_voice
    assert Response.objects.count() == 0


@pytest.mark.parametrize("who", EVERYONE)
def test_only_those_who_lead_moderate(inside, who):
    actor, leads = inside.actor[who], who in LEADERS
    round = open_round(inside, reads_first=True)
    statement = actions.contribute_statement(actor=inside.actor["ben"], round=round, text="More trees.")
    a, b = round.statements.filter(is_seed=True)[:2]
    assert allowed(lambda: actions.let_in_statement(actor=actor, statement=statement)) == leads
    assert allowed(lambda: actions.retire_statement(actor=actor, statement=statement, why="twice")) == leads
    assert allowed(lambda: actions.merge_statement(actor=actor, statement=a, into=b)) == leads
    Statement.objects.filter(pk=statement.pk).update(state="retired")
    assert allowed(lambda: actions.restore_statement(actor=actor, statement=statement)) == leads


def test_a_round_goes_one_way_and_skips_nothing(inside):
    amina = inside.actor["amina"]
    round = actions.draft_round(actor=amina, question=QUESTION, seeds=SEEDS)
    for action in (actions.close_round, actions.validate_round):
        with pytest.raises(actions.WrongStep):
            action(actor=amina, round=round)
    assert set(round.statements.values_list("state", flat=True)) == {"moderated"}
    actions.open_round(actor=amina, round=round)
    assert set(round.statements.values_list("state", flat=True)) == {"live"}
    with pytest.raises(actions.WrongStep):
        actions.rewrite_round(actor=amina, round=round, question="Changed after the fact?")
    actions.close_round(actor=amina, round=round)
    for action in (actions.open_round, actions.close_round):
        with pytest.raises(actions.WrongStep):
            action(actor=amina, round=round)
    actions.validate_round(actor=amina, round=round)
    assert kinds() == [f"alignment.Round{step}" for step in ("Drafted", "Opened", "Closed", "Validated")]


def test_rounds_are_numbered_from_one(inside):
    assert [open_round(inside).number for _ in range(3)] == [1, 2, 3]


def test_a_closed_round_takes_nothing_more(inside):
    round = open_round(inside)
    ben, first = inside.actor["ben"], round.statements.first()
    actions.answer_statement(actor=ben, statement=first, answer=1)
    actions.close_round(actor=inside.actor["amina"], round=round)
    for call in (
        lambda: actions.answer_statement(actor=ben, statement=first, answer=-1),
        lambda: actions.undo_answer(actor=ben, round=round),
        lambda: actions.contribute_statement(actor=ben, round=round, text="Late."),
        lambda: actions.merge_statement(actor=inside.actor["amina"], statement=first, into=round.statements.last()),
    ):
        with pytest.raises(actions.RoundIsClosed):
            call()
    assert Response.objects.get().answer == 1


def test_a_round_closes_by_itself_on_its_last_day(inside):
    round = open_round(inside, closes_at=now() + timedelta(hours=1))
    run_waiting()
    assert VisionRound.objects.get().state == "open"
    VisionRound.objects.update(closes_at=now() - timedelta(minutes=1))
    with pytest.raises(actions.RoundIsClosed):  # even before the work has been done
        actions.answer_statement(actor=inside.actor["ben"], statement=round.statements.first(), answer=1)
    from manyhands.foundation.jobs.models import JobRun

    JobRun.objects.update(due_at=now())
    run_waiting()
    assert VisionRound.objects.get().state == "clustered"
    assert LedgerEntry.objects.get(kind="alignment.RoundClosed").by_system


def test_the_latest_answer_counts_and_undo_takes_back_the_last(inside):
    round, ben = open_round(inside), inside.actor["ben"]
    first, second = round.statements.all()[:2]
    for answer in (1, 0, -1):
        actions.answer_statement(actor=ben, statement=first, answer=answer, is_important=answer == -1)
    given = Response.objects.get()
    assert (given.answer, given.is_important) == (-1, True)
    actions.answer_statement(actor=ben, statement=second, answer=1)
    assert actions.undo_answer(actor=ben, round=round) == second
    assert actions.undo_answer(actor=ben, round=round) == first
    with pytest.raises(actions.NothingToUndo):
        actions.undo_answer(actor=ben, round=round)


def test_statements_that_say_the_same_are_joined_with_their_answers(inside):
    round = open_round(inside)
    gone, stays, _ = round.statements.all()
    actions.answer_statement(actor=inside.actor["ben"], statement=gone, answer=1)
    actions.answer_statement(actor=inside.actor["rosa"], statement=gone, answer=1)
    actions.answer_statement(actor=inside.actor["rosa"], statement=stays, answer=-1)
    actions.merge_statement(actor=inside.actor["mei"], statement=gone, into=stays)
    _people, statements, answers = queries.answers_to_count(round)
    assert sorted(answers) == [-1, 1]  # Ben's came along, Rosa's own answer to the one that stays won
    assert set(statements) == {stays.pk}
    with pytest.raises(actions.AnswerElsewhere):
        actions.answer_statement(actor=inside.actor["ben"], statement=gone, answer=1)


def test_a_statement_that_is_read_first_waits_until_it_was(inside):
    round = open_round(inside, reads_first=True)
    statement = actions.contribute_statement(actor=inside.actor["ben"], round=round, text="More trees.")
    assert statement not in queries.statements_for(inside.actor["rosa"], round)
    assert statement in queries.statements_for(inside.actor["ben"], round)
    with pytest.raises(actions.AnswerElsewhere):
        actions.answer_statement(actor=inside.actor["rosa"], statement=statement, answer=1)
    assert [item.kind for item in awaiting(inside.actor["mei"])].count("Statements to read") == 1
    actions.let_in_statement(actor=inside.actor["mei"], statement=statement)
    assert statement in queries.statements_for(inside.actor["rosa"], round)
    actions.retire_statement(actor=inside.actor["mei"], statement=statement, why="Names a neighbor.")
    assert statement not in queries.statements_for(inside.actor["rosa"], round)
    assert queries.statements_for(inside.actor["ben"], round).get(pk=statement.pk).why_retired == "Names a neighbor."


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u2060 \ufeff", "\n\t", "a" * 281, "a\x00b", "\ud800"])
def test_what_is_no_statement_is_refused_and_leaves_nothing(inside, text):
    round = open_round(inside)
    with pytest.raises(UnfitStatement):
        actions.contribute_statement(actor=inside.actor["ben"], round=round, text=text)
    assert round.statements.count() == len(SEEDS)


def test_the_desk_asks_until_everything_is_answered(inside):
    round, ben = open_round(inside), inside.actor["ben"]
    asked = [item for item in awaiting(ben) if item.kind == "A question for everyone"]
    assert [item.text for item in asked] == ["3 statements wait for your answer."]
    assert asked[0].url.endswith(f"/common-ground/{round.pk}/card/")
    for statement in round.statements.all():
        actions.answer_statement(actor=ben, statement=statement, answer=0)
    assert not [item for item in awaiting(ben) if item.kind == "A question for everyone"]
    assert not [item for item in awaiting(inside.actor["olu"]) if item.kind == "A question for everyone"]
    step = next(step for step in next_steps(inside.actor["amina"]) if step.order == 30)
    assert step.is_done


def test_a_deck_comes_in_an_order_of_ones_own_and_stays_in_it(inside):
    round = open_round(inside, seeds=[f"Statement number {n}." for n in range(12)])
    orders = {}
    for who in ("ben", "rosa", "omar"):
        order = []
        while (card := queries.deck(inside.actor[who], round).card) is not None:
            assert queries.deck(inside.actor[who], round).card == card
            order.append(card.pk)
            actions.answer_statement(actor=inside.actor[who], statement=card, answer=1)
        orders[who] = order
        assert sorted(order) == sorted(round.statements.values_list("pk", flat=True))
    assert len({tuple(order) for order in orders.values()}) == 3


def test_who_was_heard_is_told_by_organization_only(inside):
    round = open_round(inside)
    actions.answer_statement(actor=inside.actor["ben"], statement=round.statements.first(), answer=1)
    actions.contribute_statement(actor=inside.actor["rosa"], round=round, text="More trees.")
    heard = queries.heard(round)
    assert heard.spoken == ["Northside Clinic", "Two Wheels Club"]
    assert heard.asked == 6
    assert Participant.objects.count() == 2
