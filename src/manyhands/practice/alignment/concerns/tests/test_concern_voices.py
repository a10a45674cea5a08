"""Whose concern it is: how many voices are told, and who may read where it was heard."""

import pytest

from manyhands.practice.alignment.concerns import actions, personal, queries, rules
from manyhands.practice.alignment.models import (
    ConcernVoice,
)

from ...tests.factories import at, open_round
from .factories import CONCERNS, order, shared, write


def test_people_are_told_in_steps_of_five_and_the_largest_count_is_taken(inside, kept, told, client):
    statement = kept.round.statements.order_by("position").first()
    sixty = write(inside, "Sixty worry.", statement=statement)
    for name in range(8):
        person = told(f"Person {name}", "It is too loud.", kind="person")
        actions.add_source(actor=inside.actor["amina"], concern=sixty, heard=person)
    few = write(inside, "Four worry.")
    shared(inside, few, "ben", "rosa", "omar", "joan")
    client.force_login(inside.user["ben"])
    found = {row[1]: row[3:5] for row in order(client)}
    (row,) = [each for each in kept.round.finding.payload["statements"] if each["id"] == statement.pk]
    least = rules.agreed_at_least(row["groups"])
    assert 50 <= least <= 60, "sixty agree; the finding says of a group that is of one mind only that most do"
    told_number = str((least + 8) // 5 * 5)
    assert found["Sixty worry."] == ["0", told_number], "with the eight who told us, in steps of five"
    assert found["Four worry."] == ["0", "fewer than five"]
    shared(inside, sixty, "ben", "rosa", "omar", "joan")
    assert {row[1]: row[4] for row in order(client)}["Sixty worry."] == told_number, (
        "the same people are not counted twice"
    )
    page = client.get(CONCERNS).text
    assert "Person 0" not in page
    assert f"at least {told_number} people" in page


def test_a_hidden_count_does_not_show_in_the_order(inside, client):
    """With none, two and four behind them they stand in the order in which they were written down."""
    for text, who in [("First.", []), ("Second.", ["ben", "rosa"]), ("Third.", ["ben", "rosa", "omar", "joan"])]:
        shared(inside, write(inside, text), *who)
    client.force_login(inside.user["olu"])
    assert [row[1] for row in order(client)] == ["First.", "Second.", "Third."]


def test_of_the_table_so_many_are_never_told_that_the_rest_could_be_named(inside):
    concern = write(inside, "Everyone worries.")
    shared(inside, concern, "amina", "ben", "mei", "rosa", "omar", "joan")
    assert ConcernVoice.objects.count() == 6
    (shown,) = queries.concerns(inside.actor["olu"])
    assert shown.voices.people is None, "six of six would tell of each that they share it"


def test_a_round_that_is_open_tells_no_voices_yet(inside, client):
    round = open_round(inside, seeds=["Guards at four crossings."])
    concern = write(inside, "Crossings without guards.", statement=round.statements.get())
    (shown,) = queries.concerns(inside.actor["ben"])
    assert (shown.pk, shown.voices.told) == (concern.pk, 0)
    client.force_login(inside.user["mei"])
    listed = client.get(at("statements", round.pk)).text
    assert f"{CONCERNS}write/?statement={round.statements.get().pk}" in listed


def test_where_it_was_heard_is_read_by_those_who_may_read_it(inside, told, client):
    steep = write(inside, "The hill is too steep.", heard=told("Wheelchair Users", "Too steep!"))
    write(inside, "It is too loud at night.", heard=told("Ines Roth", "My son cannot sleep.", kind="person"))
    for who, sees in (("ben", True), ("olu", True), ("gus", False)):
        client.force_login(inside.user[who])
        page = client.get(CONCERNS).text
        assert ("told by Wheelchair Users" in page) is sees, who
        assert "Ines" not in page
        assert "My son" not in page
    mei = inside.actor["mei"]  # leads, but may not read what a person said
    secret = told("Omar Diaz", "I am afraid.", kind="person")
    with pytest.raises(actions.Refused):
        actions.add_source(actor=mei, concern=steep, heard=secret)
    client.force_login(inside.user["mei"])
    assert client.get(f"{CONCERNS}write/?input={secret.pk}").status_code == 404
    assert "Omar Diaz" not in client.get(CONCERNS).text


def test_a_persons_copy_holds_theirs_and_erasing_changes_no_count(inside):
    steep = write(inside, "The hill is too steep.", who="ben", shares=True)
    shared(inside, steep, "rosa")
    ben = inside.seat["ben"].pk
    copy = personal.export([ben])
    assert copy["concerns written down"][0]["text"] == "The hill is too steep."
    assert copy["concerns shared"][0]["concern__text"] == "The hill is too steep."
    personal.forget([ben])
    steep.refresh_from_db()
    assert (steep.written_by_id, steep.voices.count()) == (None, 2)
    assert personal.export([ben]) == {"concerns written down": [], "concerns shared": []}
