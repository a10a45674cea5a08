"""Rounds compared: with the one before, between organizations, across groups; whose voice counts."""

import re

import pytest

from manyhands.practice.alignment import actions, insights
from manyhands.practice.alignment.changes import Level, direction
from manyhands.practice.alignment.models import Finding, Statement, VisionRound
from manyhands.practice.alignment.voices import one_voice_each, pairs

from .factories import add_people, answer_all, answered, at, close, open_round, two_camps

PEOPLE = ("amina", "ben", "mei", "rosa", "omar", "joan")
EIGHT = [f"Sentence {at} about something of its own." for at in range(8)]


def follow(world, before, **more):
    draft = actions.draft_round(
        actor=world.actor["amina"], question="And now?", follows=before, keeps=True, seeds=["Something new."], **more
    )
    return actions.open_round(actor=world.actor["amina"], round=draft)


# --- S1-08: change between rounds -----------------------------------------------------------------


def test_a_second_round_asks_the_same_statements_and_shows_what_rose_and_fell_in_every_group(inside, client):
    # S1-08
    first = open_round(inside, seeds=EIGHT)
    answered(first, two_camps(14))
    close(inside, first)
    second = follow(inside, first)
    assert list(second.statements.values_list("text", flat=True)) == [*EIGHT, "Something new."]
    answered(second, two_camps(48))
    close(inside, second)
    client.force_login(inside.user["ben"])
    page = client.get(at("results", second.pk)).text
    assert "Since round 1, agreement of every group rose on 1 and fell on 0" in page
    part = page[page.index("h-change") :]
    row = part[part.index(EIGHT[0]) : part.index("</tr>", part.index(EIGHT[0]))]
    assert re.sub(r"<[^>]+>|\s+", " ", row).split()[-3:] == ["0.24", "0.79", "rose"], (
        "(14+1)/(60+2), then (48+1)/(60+2)"
    )
    assert "Something new." not in part[: part.index("</table>")], "only what was asked in both"
    assert first.question in client.get(at("round", second.pk)).text
    kept = first.statements.first()
    assert "Put to everyone again in:" in client.get(at("statement", kept.pk)).text


def test_change_is_claimed_only_where_it_can_be_told():
    # S1-08
    exact, bound = Level(0.6, 0.6), Level(0.5, 0.7)
    assert direction(exact, Level(0.65, 0.9)) == "rose", "at least that much more"
    assert direction(exact, bound) == "", "it may be more or less"
    assert direction(bound, Level(0.74, 0.8)) == "", "it may have been nearly as high before"
    assert direction(bound, Level(0.4, 0.44)) == "fell", "it was surely higher"
    assert direction(exact, Level(0.57, 0.64)) == "same"
    assert direction(exact, None) == ""
    few, many = Level(0.5, 0.5, spread=0.2), Level(0.5, 0.5, spread=0.02)
    assert direction(few, Level(0.66, 0.66, spread=0.2)) == "chance", "other people may have answered"
    assert direction(many, Level(0.66, 0.66, spread=0.02)) == "rose"


def test_a_round_follows_only_one_that_is_over_and_a_rewrite_keeps_or_lets_go(inside, client):
    first = open_round(inside)
    with pytest.raises(actions.WrongStep):
        actions.draft_round(actor=inside.actor["amina"], question="Too soon?", follows=first, keeps=True)
    close(inside, first)
    client.force_login(inside.user["amina"])
    body = {"question": "And now?", "follows": first.pk, "keeps": "on", "seeds": "New.\nGuards before gates."}
    client.post(at("draft_round"), body)
    second = VisionRound.objects.get(question="And now?")
    assert second.statements.count() == 4, "the same words stand there once"
    page = client.get(at("rewrite_round", second.pk)).text
    assert f'<option value="{first.pk}" selected>' in page
    client.post(at("rewrite_round", second.pk), {**body, "keeps": "", "seeds": "New."})
    assert list(second.statements.values_list("text", flat=True)) == ["New."]


def test_a_predecessor_too_small_for_figures_leaves_the_page_whole(inside, client):
    first = close(inside, open_round(inside))
    second = follow(inside, first)
    answer_all(second, [inside.actor[who] for who in PEOPLE], lambda person, statement: 1)
    close(inside, second)
    client.force_login(inside.user["ben"])
    page = client.get(at("results", second.pk))
    assert page.status_code == 200
    assert "h-change" not in page.text


# --- S2-13: bridges -------------------------------------------------------------------------------


def test_statements_accepted_by_groups_that_otherwise_disagree_are_named_and_their_authors_in_named_rounds(
    inside, client
):
    # S2-13, S0-06
    named = open_round(inside, seeds=EIGHT[1:], is_anonymous=False)
    actions.contribute_statement(actor=inside.actor["rosa"], round=named, text=EIGHT[0])
    people = add_people(inside, 40)

    def answer(person, statement):
        return 1 if statement == 7 else (1 if (person % 2 == 0) == (statement % 2 == 0) else -1)

    answer_all(named, people, answer)
    close(inside, named)
    written = Statement.objects.get(text=EIGHT[0])
    assert Finding.objects.get().payload["bridging"] == [written.pk]
    client.force_login(inside.user["ben"])
    page = client.get(at("results", named.pk)).text
    bridges = page[page.index("h-bridges") : page.index("h-part")]
    assert EIGHT[0] in bridges
    assert "written by Rosa, Northside Clinic" in bridges
    assert EIGHT[1] not in bridges


def test_without_camps_there_are_no_bridges_and_nameless_rounds_name_nobody(inside, client):
    # S2-13
    round = open_round(inside, seeds=EIGHT[1:])
    actions.contribute_statement(actor=inside.actor["rosa"], round=round, text=EIGHT[0])
    people = add_people(inside, 40)
    answer_all(round, people, lambda p, s: 1 if s == 7 else (1 if (p % 2 == 0) == (s % 2 == 0) else -1))
    close(inside, round)
    client.force_login(inside.user["ben"])
    page = client.get(at("results", round.pk)).text
    assert EIGHT[0] in page[page.index("h-bridges") :]
    assert "Rosa" not in page
    alike = insights.find_common_ground(
        tuple(map(list, zip(*[(p, s, 1) for p in range(40) for s in range(8)], strict=True))), {}
    )
    assert alike["bridging"] == []


# --- whose voice counts ---------------------------------------------------------------------------


def test_one_organization_one_voice_counts_each_organization_once_and_says_so(inside, client):
    # Common ground: weights
    from manyhands.foundation.accounts.models import Person
    from manyhands.foundation.coalitions.middleware import actor_for
    from manyhands.foundation.coalitions.models import Seat

    round = open_round(inside, counts_by="organization")
    crowd = []
    for number in range(9):  # nine colleagues of Ben's against five other organizations
        person = Person.objects.create_user(f"c{number}@x.example", name=f"C {number}")
        seat = Seat.objects.create(person=person, organization=inside.organization["ben"], name=person.name)
        crowd.append(actor_for(seat))
    answer_all(round, crowd, lambda person, statement: -1)
    answer_all(round, [inside.actor[who] for who in PEOPLE], lambda person, statement: 1)
    alone = Seat.objects.create(person=Person.objects.create_user("d@x.example", name="D"), name="D")
    answer_all(round, [actor_for(alone)], lambda person, statement: -1)
    close(inside, round)
    payload = Finding.objects.get().payload
    assert (payload["people"], payload["answers"], payload["uncounted"]) == (6, 18, None)
    client.force_login(inside.user["ben"])
    for name in ("results", "report"):
        page = client.get(at(name, round.pk)).text
        assert "One organization, one voice" in page
        assert "Fewer than five people answered for no organization; they are not counted." in page
    other = open_round(inside)
    assert "One organization, one voice" in client.get(at("card", round.pk)).text
    assert "One person, one voice" in client.get(at("card", other.pk)).text


def test_one_voice_each_is_what_most_say_and_a_tie_is_a_pass():
    # Common ground: weights
    answers = ([1, 2, 3, 4, 5], [9, 9, 9, 9, 9], [1, 1, -1, -1, 0])
    assert one_voice_each(answers, dict.fromkeys(range(1, 6), 70)) == ([70], [9], [0])
    assert one_voice_each(answers, {1: 70, 2: 70, 3: 70, 4: 80}) == ([70, 80], [9, 9], [1, -1])
    assert one_voice_each(([], [], []), {}) == ([], [], [])


# --- organizations two by two ---------------------------------------------------------------------


def test_organizations_are_compared_two_by_two_only_where_it_was_said_before(inside, client):
    # Common ground: pairwise agreement under 30 voices
    quiet, told = open_round(inside, seeds=EIGHT), open_round(inside, seeds=EIGHT, shows_organizations=True)
    people = [inside.actor[who] for who in PEOPLE]
    for round in (quiet, told):
        answer_all(round, people, lambda person, statement: 1 if person != 4 or statement % 2 else -1)
    client.force_login(inside.user["ben"])
    assert "we show for each two organizations how alike" in client.get(at("card", told.pk)).text
    assert "we show for each two" not in client.get(at("card", quiet.pk)).text
    for round in (quiet, told):
        close(inside, round)
    assert "pairs" not in Finding.objects.get(round=quiet).payload
    assert "How alike organizations answered" not in client.get(at("results", quiet.pk)).text
    page = client.get(at("results", told.pk)).text
    table = page[page.index("h-pairs") :]
    assert "100 %" in table
    assert "50 %" in table


def test_thirty_voices_and_more_are_looked_at_as_groups_not_as_pairs(inside):
    # Common ground: pairwise agreement under 30 voices
    round = open_round(inside, seeds=EIGHT, shows_organizations=True)
    answer_all(round, add_people(inside, 30), lambda person, statement: 1)
    close(inside, round)
    assert Finding.objects.get().payload["pairs"] == []


def test_too_few_statements_in_common_say_nothing():
    rows = [(one, s, 1) for one in (1, 2) for s in range(4)]
    (pair,) = pairs(tuple(map(list, zip(*rows, strict=True))))
    assert (pair.shared, pair.same, pair.share) == (4, None, None)


def test_whether_organizations_are_shown_cannot_change_after_the_opening(inside, client):
    round = open_round(inside)
    client.force_login(inside.user["amina"])
    answer = client.post(at("rewrite_round", round.pk), {"question": "x", "shows_organizations": "on"})
    assert answer.status_code == 409
    round.refresh_from_db()
    assert not round.shows_organizations
