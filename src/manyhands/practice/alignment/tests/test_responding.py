"""Answering: changing one’s mind, one’s own answers and fates, the order of cards, and what was said before."""

import re

import pytest

from manyhands.practice.alignment import actions, insights, queries, tasks
from manyhands.practice.alignment.models import Response, Statement, VisionRound
from manyhands.practice.alignment.rules import Band, card_order

from .factories import SEEDS, add_people, answer_all, at, open_round


@pytest.fixture
def round(inside):
    return open_round(inside)


def weigh(progress=None):
    tasks.weigh_statements(progress)


# --- the order of cards ---------------------------------------------------------------------------


def test_what_few_have_seen_comes_first_then_what_is_undecided_then_what_may_join():
    # Responding: the order that learns most
    bands = {1: Band.KNOWN, 2: Band.MAY_JOIN, 3: Band.UNDECIDED, 4: Band.SEEN_BY_FEW}
    for reader in ("a", "b", "c"):
        assert card_order([1, 2, 3, 4, 5], reader, bands)[2:] == [3, 2, 1]
        assert set(card_order([1, 2, 3, 4, 5], reader, bands)[:2]) == {4, 5}
        assert card_order([5, 3, 1], reader, bands) == card_order([1, 3, 5], reader, bands), "the same for one reader"


def test_a_job_weighs_open_rounds_and_the_next_reader_gets_the_undecided_first(inside, client, round):
    people = add_people(inside, 14)
    known, split, unseen = round.statements.all()
    for at_, actor in enumerate(people):
        actions.answer_statement(actor=actor, statement=known, answer=1)
        actions.answer_statement(actor=actor, statement=split, answer=1 if at_ % 2 else -1)
    weigh()
    round.refresh_from_db()
    assert queries.bands(round) == {known.pk: Band.KNOWN, split.pk: Band.UNDECIDED}
    client.force_login(inside.user["ben"])
    seen = []
    for _ in range(3):
        page = client.get(at("card", round.pk)).text
        action = re.search(r'action="([^"]*/answer/(\d+)/)"', page)
        seen.append(int(action[2]))
        client.post(action[1], {"answer": "agree"})
    assert seen == [unseen.pk, split.pk, known.pk]
    assert "in the order that teaches most" in page


def test_one_more_answer_never_changes_the_order_of_another_persons_cards(inside, round):
    people = add_people(inside, 12)
    answer_all(round, people, lambda person, statement: 1 if (person + statement) % 2 else -1)
    weigh()
    before = VisionRound.objects.get(pk=round.pk)
    actions.answer_statement(actor=inside.actor["ben"], statement=round.statements.first(), answer=-1)
    weigh()
    after = VisionRound.objects.get(pk=round.pk)
    assert (after.card_bands, after.bands_from) == (before.card_bands, before.bands_from), "fewer than ten new answers"


def test_statements_that_every_group_accepts_are_told_from_those_that_only_most_accept(inside):
    # 40 people in two camps: both accept 1, they part on 2 to 8.
    people = list(range(40))
    rows = [(p, 1, 1) for p in people]
    for statement in range(2, 9):
        rows += [(p, statement, 1 if (p < 20) == (statement % 2 == 0) else -1) for p in people]
    answers = tuple(map(list, zip(*rows, strict=True)))
    bands = insights.card_bands(answers)
    assert bands[1] == Band.MAY_JOIN
    assert all(bands[statement] == Band.UNDECIDED for statement in range(2, 9))
    assert insights.card_bands(([], [], [])) == {}


# --- said before ----------------------------------------------------------------------------------


def test_while_somebody_types_what_is_near_is_shown(inside, client, round):
    # Responding: similar statements found while typing
    client.force_login(inside.user["ben"])
    part = client.post(at("similar", round.pk), {"text": "Guards before the gates"}, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert SEEDS[0] in part.text
    assert SEEDS[1] not in part.text
    assert SEEDS[0] not in client.post(at("similar", round.pk), {"text": "More trees"}).text
    assert client.post(at("similar", round.pk), {}).status_code == 200
    client.force_login(inside.user["olu"])
    assert client.post(at("similar", round.pk), {"text": "Guards"}).status_code == 403


def test_what_was_said_already_is_asked_about_once_and_can_be_added_all_the_same(inside, client, round):
    client.force_login(inside.user["ben"])
    page = client.post(at("write_statement", round.pk), {"text": "guards before gates"})
    assert page.status_code == 422
    assert "Add mine all the same" in page.text
    assert 'name="anyway" value="1"' in page.text
    assert Statement.objects.count() == 3
    done = client.post(at("write_statement", round.pk), {"text": "guards before gates", "anyway": "1"})
    assert done.status_code == 302
    assert Statement.objects.count() == 4


# --- joining and taking apart ---------------------------------------------------------------------


def test_a_join_is_undone_with_the_answers_it_carried_and_no_others(inside, client, round):
    # Responding: merge undo
    into, gone, _ = round.statements.all()
    for who in ("ben", "rosa", "omar"):
        actions.answer_statement(actor=inside.actor[who], statement=gone, answer=1)
    actions.answer_statement(actor=inside.actor["joan"], statement=into, answer=-1)
    actions.merge_statement(actor=inside.actor["mei"], statement=gone, into=into)
    assert into.responses.count() == 4
    actions.answer_statement(actor=inside.actor["rosa"], statement=into, answer=0)  # she answers it herself now
    client.force_login(inside.user["mei"])
    assert "Take apart again" in client.get(at("statements", round.pk)).text
    assert client.post(at("split", gone.pk)).status_code == 302
    gone.refresh_from_db()
    assert (gone.state, gone.merged_into) == ("live", None)
    assert sorted(into.responses.values_list("answer", flat=True)) == [-1, 0]
    assert gone.responses.count() == 3
    assert client.post(at("split", gone.pk)).status_code == 409
    actions.merge_statement(actor=inside.actor["mei"], statement=gone, into=into)
    actions.close_round(actor=inside.actor["amina"], round=round)
    with pytest.raises(actions.RoundIsClosed):
        actions.split_statement(actor=inside.actor["mei"], statement=gone)


# --- my answers, my statements --------------------------------------------------------------------


def test_i_change_my_mind_any_time_and_only_i_see_my_answers(inside, client, round):
    # Responding: change my mind, my answers
    client.force_login(inside.user["ben"])
    statement = round.statements.first()
    client.post(at("answer", statement.pk), {"answer": "agree", "important": "1"})
    page = client.get(at("own_answers", round.pk)).text
    assert statement.text in page
    assert "important" in page
    client.post(at("answer", statement.pk), {"answer": "disagree"})
    assert list(Response.objects.values_list("answer", "is_important")) == [(-1, False)]


def test_i_see_what_became_of_what_i_wrote(inside, client):
    # Responding: my statement's fate
    round = open_round(inside, reads_first=True)
    ben = inside.actor["ben"]
    texts = ["More trees.", "Benches at every stop.", "Close everything."]
    trees, benches, close = (actions.contribute_statement(actor=ben, round=round, text=text) for text in texts)
    client.force_login(inside.user["ben"])
    assert "A facilitator reads it before others do" in client.get(at("own_statements", round.pk)).text
    for statement in (trees, benches):
        actions.let_in_statement(actor=inside.actor["mei"], statement=statement)
    actions.retire_statement(actor=inside.actor["mei"], statement=close, why="Names a person.")
    actions.merge_statement(actor=inside.actor["mei"], statement=benches, into=round.statements.get(text=SEEDS[0]))
    page = client.get(at("own_statements", round.pk)).text
    for words in ("Everyone can answer it", "Names a person.", "Answers to yours count there"):
        assert words in page
    client.force_login(inside.user["rosa"])
    assert "More trees." not in client.get(at("own_statements", round.pk)).text
    assert client.get(at("statement", close.pk)).status_code == 404
    assert "written by you" not in client.get(at("statement", trees.pk)).text


def test_a_page_that_shows_fates_adds_nothing_to_what_results_show(inside, client, round):
    from manyhands.foundation.jobs.worker import run_waiting

    people = [inside.actor[who] for who in ("amina", "ben", "mei", "rosa", "omar", "joan")]
    answer_all(round, people, lambda person, statement: 1)
    client.force_login(inside.user["ben"])
    first = round.statements.first()
    assert "agrees with it" not in client.get(at("statement", first.pk)).text
    actions.close_round(actor=inside.actor["amina"], round=round)
    run_waiting()
    page = client.get(at("statement", first.pk)).text
    assert "Every group agrees with it" in page
    assert not re.search(r"\b6 of 6\b", page)
