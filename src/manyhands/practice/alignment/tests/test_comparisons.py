"""Rounds compared: with the one before, between organizations, across groups; whose voice counts; files as Polis's."""

import csv
import io
import json
import re

import pytest
from django.urls import reverse

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.alignment import actions, insights, queries
from manyhands.practice.alignment.changes import Level, direction
from manyhands.practice.alignment.models import Finding, Participant, Response, Statement, VisionRound
from manyhands.practice.alignment.voices import one_voice_each, pairs

from .factories import add_people, answer_all, open_round

PEOPLE = ("amina", "ben", "mei", "rosa", "omar", "joan")
EIGHT = [f"Sentence {at} about something of its own." for at in range(8)]


def at(name, *ids):
    return reverse(f"alignment:{name}", args=["clean-air", *ids])


@pytest.fixture
def inside(clean_air):
    with clean_air.inside():
        yield clean_air


def close(world, round):
    actions.close_round(actor=world.actor["amina"], round=round)
    run_waiting()
    round.refresh_from_db()
    return round


def two_camps(first):
    """Two camps of sixty that part on every statement but the first, each with some of another mind.

    ``first`` of the sixty in each camp accept the first statement.
    """

    def answer(person, statement):
        camp, place = person % 2, person // 2
        if statement == 0:
            return 1 if (place * 7) % 60 < first else -1
        with_camp = (place * 7 + statement * 8) % 60 >= 8
        return 1 if (camp == statement % 2) == with_camp else -1

    return answer


def answered(round, answer, people=120):
    """So many people of two declared groups answer everything, written straight into the tables."""
    rows = [Participant(round=round, imported_id=f"p{n}", declared_group="AB"[n % 2]) for n in range(people)]
    Participant.objects.bulk_create(rows)
    statements = list(round.statements.filter(state="live"))
    Response.objects.bulk_create(
        Response(participant=row, statement=statement, answer=answer(person, at_))
        for person, row in enumerate(rows)
        for at_, statement in enumerate(statements)
    )


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
    assert (payload["people"], payload["answers"], payload["uncounted"]) == (6, 18, 1)
    client.force_login(inside.user["ben"])
    for name in ("results", "report"):
        page = client.get(at(name, round.pk)).text
        assert "One organization, one voice" in page
        assert "1 person answered for no organization and is not counted" in page
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


# --- report and files -----------------------------------------------------------------------------


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_report_holds_everything_on_one_page(inside, client):
    # Common ground: report
    round = open_round(inside, seeds=EIGHT)
    client.force_login(inside.user["ben"])
    assert "shows when the round closes" in client.get(at("report", round.pk)).text
    answered(round, two_camps(48))
    close(inside, round)
    page = client.get(at("report", round.pk)).text
    for text in (*EIGHT, "One person, one voice.", "Method:"):
        assert text in page
    assert client.get(at("results", round.pk)).text.count(at("report", round.pk)) == 1


def test_files_have_the_columns_of_polis_and_no_count_that_may_not_be_shown(inside, client):
    # Common ground: CSV in Polis's columns
    round = open_round(inside, seeds=EIGHT[:3])
    people = [*add_people(inside, 10)]
    # Five agree with the first, and five do not, who are joined with those who pass. Two disagree with the second
    # and all agree with the third, which must not be told.
    answer_all(round, people, lambda person, statement: -1 if person < (5, 2, 0)[statement] else 1)
    client.force_login(inside.user["ben"])
    assert client.get(at("polis_file", round.pk, "comments")).status_code == 404, "nothing before the close"
    close(inside, round)
    header, *rows = rows_of(client.get(at("polis_file", round.pk, "comments")))
    assert header == [
        "timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body",
    ]  # fmt: skip
    assert [row[2:] for row in rows] == [
        ["1", "", "5", "", "1", EIGHT[0]],
        ["2", "", "", "", "1", EIGHT[1]],
        ["3", "", "", "", "1", EIGHT[2]],
    ]
    assert ["voters", "10"] in rows_of(client.get(at("polis_file", round.pk, "summary")))
    assert client.get(at("polis_file", round.pk, "votes")).status_code == 404, "single answers never leave"
    assert client.get(at("polis_file", round.pk, "anything")).status_code == 404


def test_votes_leave_only_from_a_round_that_was_published_and_come_in_again_as_they_went_out(inside, client):
    # Common ground: CSV in Polis's columns
    from manyhands.practice.alignment.models import RoundImport

    votes = "timestamp,datetime,comment-id,voter-id,vote\n" + "".join(
        f"17000000{p:02},x,{s},{p},{1 if (p + s) % 3 else -1}\n" for p in range(6) for s in range(3)
    )
    comments = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n" + "".join(
        f"1,x,{s},0,0,0,1,Sentence {s}\n" for s in range(3)
    )
    arriving = actions.check_import(
        actor=inside.actor["mei"],
        question="From elsewhere?",
        votes=votes.encode(),
        comments=comments.encode(),
        is_published=True,
    )
    actions.begin_import(actor=inside.actor["mei"], arriving=RoundImport.objects.get(pk=arriving.pk))
    run_waiting()
    round = VisionRound.objects.get()
    client.force_login(inside.user["ben"])
    out = client.get(at("polis_file", round.pk, "votes")).content
    texts = client.get(at("polis_file", round.pk, "comments")).content
    again = actions.check_import(
        actor=inside.actor["mei"], question="Again?", votes=out.removeprefix(b"\xef\xbb\xbf"), comments=texts
    )
    assert (again.summary["people"], again.summary["statements"], again.summary["answers"]) == (6, 3, 18)


def test_what_is_kept_of_a_finding_is_fit_for_json_and_stays_small(inside):
    round = open_round(inside, seeds=EIGHT, shows_organizations=True)
    answer_all(round, [inside.actor[who] for who in PEOPLE], lambda person, statement: 1)
    close(inside, round)
    payload = Finding.objects.get().payload
    assert "NaN" not in json.dumps(payload)
    assert len(payload["pairs"]) == 15
    assert queries.finding(round).payload == payload
