"""A vision whose every clause is traced to contributions, adopted only once every member was asked."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions.models import Membership, Organization, Seat
from manyhands.practice.alignment import actions as rounds
from manyhands.practice.alignment import asked
from manyhands.practice.alignment.models import ClauseSource, Overlap, OverlapVoice, Statement, Vision, VisionRound
from manyhands.practice.alignment.tests.factories import at, open_round
from manyhands.practice.alignment.vision import actions, queries

PEOPLE = ("amina", "ben", "mei", "rosa", "omar", "joan")


@pytest.fixture
def round(inside):
    return open_round(inside)


@pytest.fixture
def vision(inside, round):
    made = actions.begin_vision(actor=inside.actor["mei"], round=round)
    first, second, _third = round.statements.all()
    clause(inside, made, "Every gate is safe.", [first, second])
    return made


def clause(world, vision, text, sources):
    return actions.write_clause(actor=world.actor["mei"], vision=vision, text=text, sources=sources)


def join(name, *, seated=True, taken_at=None):
    """Another active member, with somebody to answer or without."""
    organization = Organization.objects.create(name=name, state="active")
    Membership.objects.create(organization=organization, state="active", since=now().date())
    if seated:
        person = Person.objects.create_user(f"{name.lower().replace(' ', '')}@x.example", name=name)
        Seat.objects.create(person=person, organization=organization, name=name, taken_at=taken_at or now())
    return organization


# --- S1-10 ----------------------------------------------------------------------------------------


def test_every_clause_shows_its_contributions_and_every_contribution_its_clauses(inside, client, round, vision):
    # S1-10
    first, second, third = round.statements.all()
    client.force_login(inside.user["ben"])
    page = client.get(at("vision", vision.pk)).text
    assert first.text in page
    assert second.text in page
    assert third.text not in page
    assert at("statement", first.pk) in page
    way_back = client.get(at("statement", first.pk)).text
    assert "Every gate is safe." in way_back
    assert at("vision", vision.pk) in way_back
    assert "Every gate is safe." not in client.get(at("statement", third.pk)).text
    file = client.get(at("vision", vision.pk) + "?format=csv").content.decode()
    assert f"1,Every gate is safe.,1,{first.text}" in file


def test_a_clause_without_a_contribution_is_refused(inside, client, round, vision):
    # S1-10
    with pytest.raises(actions.NoSource):
        clause(inside, vision, "Out of thin air.", [])
    other = open_round(inside)
    with pytest.raises(actions.NoSource):
        clause(inside, vision, "From elsewhere.", [other.statements.first()])
    client.force_login(inside.user["mei"])
    for numbers, says in [("", "required"), ("99", "no statement 99"), (" , ", "at least one")]:
        page = client.post(at("write_clause", vision.pk), {"text": "Trees everywhere.", "numbers": numbers})
        assert page.status_code == 422
        assert says in page.text
        assert "Trees everywhere." in page.text
    done = client.post(at("write_clause", vision.pk), {"text": "Trees everywhere.", "numbers": "3 and 1"})
    assert done.url == at("vision", vision.pk)
    assert ClauseSource.objects.filter(clause__text="Trees everywhere.").count() == 2


def test_a_vision_cannot_be_adopted_while_a_clause_lost_its_contributions(inside, round, vision):
    # S1-10
    ClauseSource.objects.all().delete()
    with pytest.raises(actions.NoSource):
        actions.adopt_vision(actor=inside.actor["mei"], vision=vision)


def test_what_members_found_true_stands_in_the_vision_with_its_statements(inside, round):
    # S1-09, S1-10
    first, second, third = round.statements.all()
    good = actions.make_overlap(actor=inside.actor["mei"], round=round, text="Safe gates everywhere.")
    bad = actions.make_overlap(actor=inside.actor["mei"], round=round, text="Trees above all.")
    for statement, overlap in [(first, good), (second, good), (third, bad)]:
        actions.move_statement(actor=inside.actor["mei"], statement=statement, overlap=overlap)
    for who in PEOPLE:
        actions.voice_overlap(actor=inside.actor[who], overlap=good, fits=True)
        actions.voice_overlap(actor=inside.actor[who], overlap=bad, fits=who == "mei")
    for overlap in (good, bad):
        actions.count_overlap(actor=inside.actor["mei"], overlap=overlap)
    vision = actions.begin_vision(actor=inside.actor["mei"], round=round)
    (traced,) = queries.clauses(vision)
    assert (traced.clause.text, traced.statements) == ("Safe gates everywhere.", [first, second])


def test_an_adopted_vision_replaces_the_one_before_and_its_words_stay(inside, client, round, vision):
    actions.adopt_vision(actor=inside.actor["mei"], vision=vision)
    client.force_login(inside.user["mei"])
    assert "Every gate is safe." in client.get(at("our_vision")).text
    assert client.get(at("change_clause", vision.clauses.first().pk)).status_code == 409
    assert client.post(at("drop_clause", vision.clauses.first().pk)).status_code == 409
    assert client.post(at("adopt_vision", vision.pk)).status_code == 409
    assert client.post(at("leave_vision", vision.pk)).status_code == 409
    second = actions.begin_vision(actor=inside.actor["mei"], round=round)
    with pytest.raises(actions.BeingWritten):
        actions.begin_vision(actor=inside.actor["mei"], round=round)
    clause(inside, second, "And trees.", [round.statements.last()])
    actions.adopt_vision(actor=inside.actor["mei"], vision=second)
    assert list(Vision.objects.values_list("number", "state")) == [(2, "adopted"), (1, "superseded")]
    assert queries.adopted() == second


# --- S0-24 ----------------------------------------------------------------------------------------


def test_nothing_is_adopted_until_every_active_member_was_asked(inside, client, round, vision):
    # S0-24
    late = join("Late Union", seated=False)
    with pytest.raises(actions.NotEveryoneAsked) as stopped:
        actions.adopt_vision(actor=inside.actor["mei"], vision=vision)
    assert [each.organization for each in stopped.value.members] == [late]
    client.force_login(inside.user["mei"])
    refused = client.post(at("adopt_vision", vision.pk))
    assert refused.status_code == 409
    assert "Late Union" in refused.text
    assert "Late Union" in client.get(at("vision", vision.pk)).text
    assert "Late Union" in client.get(at("round", round.pk)).text
    person = Person.objects.create_user("late@x.example", name="Lena")
    Seat.objects.create(person=person, organization=late, name="Lena")
    assert not asked.not_yet_asked(round), "somebody who sits for it can answer now"
    assert actions.adopt_vision(actor=inside.actor["mei"], vision=vision).state == "adopted"


def test_who_joins_after_the_close_was_not_asked_and_who_left_before_the_opening_cannot_be(inside, round):
    # S0-24
    rounds.close_round(actor=inside.actor["amina"], round=round)
    round.refresh_from_db()
    late = join("Late Union")
    assert [each.organization for each in asked.not_yet_asked(round)] == [late]
    gone = join("Gone Club", taken_at=round.opened_at - timedelta(days=9))
    Seat.objects.filter(organization=gone).update(left_at=round.opened_at - timedelta(days=2))
    assert {each.organization for each in asked.not_yet_asked(round)} == {late, gone}


def test_non_responders_are_listed_with_the_day_they_were_asked(inside, client, round):
    # S0-24
    rounds.answer_statement(actor=inside.actor["ben"], statement=round.statements.first(), answer=1)
    silent = asked.silent_members(round)
    assert inside.organization["ben"] not in [each.organization for each in silent]
    assert len(silent) == 5
    assert {each.asked_at for each in silent} == {round.opened_at}
    client.force_login(inside.user["olu"])
    page = client.get(at("round", round.pk)).text
    assert "5 were asked and have not taken part" in page
    assert f"asked since {round.opened_at:%-d %B %Y}" in page


def test_before_any_round_nobody_was_asked_and_a_draft_asks_nobody(inside):
    # S0-24
    assert len(asked.not_yet_asked()) == 6
    draft = rounds.draft_round(actor=inside.actor["amina"], question="Soon?")
    assert len(asked.not_yet_asked(draft)) == 6
    opened = rounds.open_round(actor=inside.actor["amina"], round=draft)
    assert not asked.not_yet_asked(opened)
    assert not asked.not_yet_asked()
    Membership.objects.filter(organization=inside.organization["ben"]).update(state="paused")
    assert len(asked.asked_members(opened)) == 5, "only active members"


# --- overlaps -------------------------------------------------------------------------------------


def test_a_counted_sentence_stays_as_people_were_asked(inside, client, round):
    overlap = actions.make_overlap(actor=inside.actor["mei"], round=round, text="Safe gates.")
    statement = round.statements.first()
    actions.voice_overlap(actor=inside.actor["ben"], overlap=overlap, fits=True)
    actions.rename_overlap(actor=inside.actor["mei"], overlap=overlap, text="Safe gates and guards.")
    assert not OverlapVoice.objects.exists(), "other words are asked anew"
    actions.move_statement(actor=inside.actor["mei"], statement=statement, overlap=overlap)
    actions.count_overlap(actor=inside.actor["mei"], overlap=overlap)
    overlap.refresh_from_db()
    assert overlap.validated_at is None, "nobody said that it fits"
    client.force_login(inside.user["mei"])
    for name, body in [
        ("voice_overlap", {"fits": "1"}),
        ("count_overlap", {}),
        ("drop_overlap", {}),
        ("rename_overlap", {"text": "Other."}),
    ]:
        assert client.post(at(name, overlap.pk), body).status_code == 409, name
    assert client.post(at("move_statement", statement.pk), {"overlap": ""}).status_code == 409
    assert client.post(at("gather_overlaps", round.pk)).status_code == 409


@pytest.mark.parametrize(("fits", "says"), [(6, "6 of 6 say that it fits"), (5, "fewer than five on one side")])
def test_few_on_one_side_are_never_told(inside, client, round, fits, says):
    overlap = actions.make_overlap(actor=inside.actor["mei"], round=round, text="Safe gates.")
    for at_, who in enumerate(PEOPLE):
        actions.voice_overlap(actor=inside.actor[who], overlap=overlap, fits=at_ < fits)
    actions.count_overlap(actor=inside.actor["mei"], overlap=overlap)
    client.force_login(inside.user["mei"])
    page = client.get(at("overlaps", round.pk)).text
    assert says in page
    assert ("5 of 6" in page) is False


def test_a_statement_of_another_round_is_not_put_under_a_sentence(inside, round):
    other = open_round(inside)
    overlap = actions.make_overlap(actor=inside.actor["mei"], round=round, text="Safe gates.")
    with pytest.raises(actions.WrongStep):
        actions.move_statement(actor=inside.actor["mei"], statement=other.statements.first(), overlap=overlap)


def test_gathering_again_begins_anew_and_nothing_alike_is_said(inside, client, round):
    Statement.objects.filter(round=round).delete()
    client.force_login(inside.user["mei"])
    assert "Nothing has been put together yet" in client.get(at("overlaps", round.pk)).text
    with pytest.raises(actions.NothingAlike):
        actions.gather_overlaps(actor=inside.actor["mei"], round=round)
    assert client.post(at("gather_overlaps", round.pk)).status_code == 302
    assert not Overlap.objects.exists()
    assert client.post(at("make_overlap", round.pk), {"text": ""}).status_code == 422
    assert VisionRound.objects.count() == 1
