"""What an agenda takes, whom it reaches, and what is told of those it leaves out."""

import json

import pytest

from manyhands.practice.alignment.agenda.insights import find_agenda
from manyhands.practice.alignment.agenda.rules import told_number
from manyhands.practice.alignment.agenda.sentences import audit_in_words, headline

from .conftest import TOPICS, sixty_forty

TEXTS = {at: (str(at), text) for at, text in enumerate(TOPICS, start=1)}


def asked(answer, people, size, statements=10, **options):
    rows = [(n, at + 1, answer(n, at)) for n in range(people) for at in range(statements)]
    kept = [row for row in rows if row[2] is not None]
    answers = tuple(map(list, zip(*kept, strict=True))) if kept else ([], [], [])
    return find_agenda(answers, {}, list(range(1, statements + 1)), size, **options) | {"counts_by": "person"}


def ways(found) -> dict:
    return {way["way"]: way for way in found["ways"]}


# S2-19
def test_sixty_and_forty_get_three_and_two_and_the_audit_names_the_forty_for_the_plain_list():
    found = asked(sixty_forty, 100, 5)
    by = ways(found)
    assert sorted(by["plain"]["chosen"]) == [1, 2, 3, 4, 5]
    for way in ("equal-shares", "pav", "phragmen"):
        assert sum(pk <= 5 for pk in by[way]["chosen"]) == 3, way
        assert sum(pk > 5 for pk in by[way]["chosen"]) == 2, way
        assert by[way]["fair"] is True, way
        assert by[way]["left_out"] is None, way
    left = by["plain"]["left_out"]
    assert (left["people"], left["owed"], left["most_served"]) == (40, 2, 0)
    assert left["agree_on"] == [6, 7, 8, 9, 10]
    assert left["mostly"] == found["groups"][1]["name"]
    assert headline(found) == "A plain list of five leaves at least 40 of us with nothing. Equal Shares does not."
    said = audit_in_words(by["plain"], found, TEXTS)
    assert "At least 40 of us agree on “Fewer want sentence 0”, “Fewer want sentence 1”" in said
    assert "They are enough for 2 places." in said
    assert "None of them agrees with anything on this list. Most of them are in group" in said
    assert "Equal Shares, Proportional approval and Phragmén give a place to “Fewer want sentence 0”" in said


def test_who_is_reached_is_told_in_steps_and_never_near_to_all():
    by = ways(asked(sixty_forty, 100, 5))
    assert by["plain"]["reached"] == 60
    assert by["equal-shares"]["reached"] == 95  # all hundred, of whom the last five are not told
    assert by["plain"]["reached_by_group"] == [55, None]


@pytest.mark.parametrize("few", range(5, 10))
def test_a_group_that_is_too_small_is_not_told_nor_what_it_agrees_on(few):
    # So many want only the last, which would be owed a place; beside them so many that nothing is left for it.
    found = asked(lambda p, s: 1 if (p < few) == (s == 9) else -1, few * 5, 5)
    left = ways(found)["plain"]["left_out"]
    if told_number(few, few * 5) is None:
        assert left == {"people": None}
    else:
        assert left["people"] == 5


def test_four_who_are_left_out_are_not_told():
    found = asked(lambda p, s: 1 if (p < 4) == (s == 9) else -1, 20, 5)
    left = ways(found)["plain"]["left_out"]
    assert left == {"people": None}, "a group of four is said to exist and nothing more"
    assert "too small for us to say more" in audit_in_words(ways(found)["plain"], found, TEXTS)
    assert headline(found) == "A plain list of five leaves out a group too small to name."


def test_what_is_told_says_never_how_the_last_few_answered():
    # 30 of the 32 who answered the last statement agree with it, and none of them finds anything else.
    def answer(person, statement):
        if statement == 9:
            return None if person < 68 else 1 if person < 98 else -1
        return 1 if person < 68 else -1

    left = ways(asked(answer, 100, 5))["plain"]["left_out"]
    assert left["people"] == 25, "at least 25 of 32, though they are 30"


def test_where_nearly_all_who_answered_are_left_out_nothing_is_told_of_them():
    # Seven want the last and nobody else was asked about it: "seven agree" would say how each of them answered.
    def answer(person, statement):
        if statement == 9:
            return 1 if person < 7 else None
        return -1 if person < 7 else 1

    found = asked(answer, 35, 5)
    assert ways(found)["plain"]["left_out"] == {"people": None}
    assert TOPICS[9] not in audit_in_words(ways(found)["plain"], found, TEXTS)


def test_a_group_without_any_statement_in_common_is_owed_nothing_and_ties_go_by_number():
    found = asked(lambda p, s: 1 if s < 6 else -1, 20, 3)
    for way in found["ways"]:
        assert way["chosen"] == [1, 2, 3]
        assert way["fair"] is True
    assert headline(found) == "Whichever way we choose three, it is the same three."


@pytest.mark.parametrize(
    ("answer", "people", "size", "problem", "most"),
    [
        (lambda p, s: 0, 20, 3, "size", 0),  # everyone passes
        (lambda p, s: 1, 1, 3, "few", 0),  # one person
        (lambda p, s: 1, 4, 3, "few", 0),
        (lambda p, s: None, 0, 3, "few", 0),  # nobody at all
        (lambda p, s: 1 if s < 2 else -1, 20, 3, "size", 2),  # more places than anybody wants
        (lambda p, s: 1, 20, 11, "size", 10),
        (lambda p, s: 1, 20, 0, "size", 10),
    ],
)
def test_where_no_agenda_can_be_made_it_says_why(answer, people, size, problem, most):
    found = asked(answer, people, size)
    assert (found["problem"], found["most"]) == (problem, most)
    assert "ways" not in found


def test_a_statement_nobody_saw_is_never_taken_and_troubles_nothing():
    found = asked(lambda p, s: None if s == 4 else sixty_forty(p, s), 100, 5)
    assert all(5 not in way["chosen"] for way in found["ways"])


def test_what_is_kept_is_fit_for_json_and_holds_nobody():
    found = asked(sixty_forty, 100, 5)
    text = json.dumps(found)
    assert "NaN" not in text
    assert "members" not in text
    assert json.loads(text) == found


def test_an_agenda_has_at_most_twenty_places():
    assert asked(lambda p, s: 1, 10, 21, statements=30)["problem"] == "size"
    found = asked(lambda p, s: 1, 10, 20, statements=30)
    assert found["most"] == 20
    assert all(len(way["chosen"]) == 20 for way in found["ways"])


@pytest.mark.shared_data
def test_a_real_conversation_gets_an_agenda_that_leaves_nobody_out(shared_data):
    from manyhands.analysis.responses import read_responses

    found = read_responses(shared_data / "polis-opendata/brexit-consensus/participants-votes.csv")
    cells = found.votes.tocoo()
    answers = (cells.row.tolist(), cells.col.tolist(), cells.data.tolist())
    agenda = find_agenda(answers, {}, list(range(len(found.statements))), 5)
    assert (agenda["people"], agenda["problem"]) == (204, "")
    by = ways(agenda)
    assert by["equal-shares"]["fair"] is True
    assert by["pav"]["fair"] is True
    assert by["equal-shares"]["reached"] >= by["plain"]["reached"]
    told = [n for way in agenda["ways"] for n in (way["reached"], *way["reached_by_group"]) if n is not None]
    assert told
    assert all(n % 5 == 0 for n in told)
