"""What came of a round: fit beside popularity, sorted by either, frozen at the close, with method, count and date."""

import csv
import io

import pytest
from django.urls import reverse

from manyhands.foundation.coalitions.models import Membership
from manyhands.practice.alignment.models import PriorityAnswer, PriorityCandidate
from manyhands.practice.alignment.prioritizing import actions, queries

from .conftest import CLAUSES, PEOPLE, TITLES, say
from .test_rounds_from_the_vision import at, candidate

GATE, AIR, SHOPS, PUPILS = CLAUSES
VANS, TREES, HOUR = TITLES


@pytest.fixture
def answered(inside, asked):
    """Six members. Vans: five want it, most see two clauses served. Trees: four want it, three see clean air (half).

    The hour: one wants it, all see two clauses served.
    """
    for at_, who in enumerate(PEOPLE):
        say(inside, who, candidate(asked, VANS), at_ < 5, *([GATE, AIR] if at_ < 4 else []))
        say(inside, who, candidate(asked, TREES), at_ < 4, *([AIR] if at_ < 3 else []))
        say(inside, who, candidate(asked, HOUR), at_ < 1, GATE, PUPILS)
    return asked


def close(world, round):
    return actions.close_priority_round(actor=world.actor["mei"], round=round)


def test_fit_stands_beside_popularity_and_both_extremes_are_named(inside, answered, client):
    # S2-31
    client.force_login(inside.user["ben"])
    before = client.get(at("priority_results", answered.pk))
    assert before.url == at("priority_round", answered.pk), "nothing is seen before the close"
    assert "5 of 6" not in client.get(before.url).text
    client.force_login(inside.user["mei"])
    assert client.post(at("close_priority_round", answered.pk)).url == at("priority_results", answered.pk)
    client.force_login(inside.user["olu"])
    page = client.get(at("priority_results", answered.pk)).text
    assert "5 of 6 members (83 %)" in page
    assert "2 of 4 clauses (50 %)" in page
    assert "0 of 4 clauses (0 %)" in page, "half of us is not most"
    assert "Popular, with little fit (less than a quarter of the clauses): “Trees on twelve streets”." in page
    assert "Much fit, and few chose it (less than half of us): “A pupils’ hour”." in page
    assert "A priority for Harbor Freight Workers, Northside Clinic, Parents of Linden, Two Wheels Club, Youth" in page
    assert 'class="plot plot-fit"' in page
    assert "6 of 6 members answered; one member, one voice. Vision: version 1. Counted on" in page
    assert "Method: fit beside popularity 1." in page
    table = page[page.index("<tbody") :]
    assert table.index(VANS) < table.index(TREES) < table.index(HOUR)
    by_fit = client.get(at("priority_results", answered.pk) + "?sort=fit").text
    table = by_fit[by_fit.index("<tbody") :]
    assert table.index(HOUR) < table.index(VANS) < table.index(TREES), "twelve ticks before eight"


def test_it_leads_on_to_the_agenda_of_priorities(inside, answered, client):
    # S2-31
    round = close(inside, answered)
    client.force_login(inside.user["mei"])
    page = client.get(at("priority_results", round.pk)).text
    assert f'href="{at("priority_agenda")}"' in page
    assert client.get(at("priority_agenda")).status_code == 200


def test_answers_change_until_the_close_and_never_after(inside, answered, client):
    # S2-31
    say(inside, "joan", candidate(answered, VANS), True, GATE)
    round = close(inside, answered)
    vans = next(each for each in queries.counted(round) if each.candidate == candidate(round, VANS).pk)
    assert (vans.chosen, dict(vans.clauses)[next(iter(dict(vans.clauses)))]) == (6, 5)
    with pytest.raises(actions.RoundIsClosed):
        say(inside, "joan", candidate(round, VANS), False)
    client.force_login(inside.user["joan"])
    late = client.post(at("answer_candidate", candidate(round, VANS).pk), {"choice": "no"})
    assert late.status_code == 409
    assert "This round is closed. Everything you said before is counted." in late.text
    swapped = client.post(
        at("answer_candidate", candidate(round, VANS).pk), {"choice": "no"}, headers={"HX-Request": "true"}
    )
    assert swapped.status_code == 409
    assert "<html" not in swapped.text
    client.force_login(inside.user["mei"])
    assert client.post(at("close_priority_round", round.pk)).status_code == 409


def test_below_five_there_is_no_figure_and_nobody_at_all_is_no_mistake(inside, asked, client):
    # S2-31
    for who in PEOPLE[:4]:
        say(inside, who, candidate(asked, VANS), True, GATE)
    for who in PEOPLE[:5]:
        say(inside, who, candidate(asked, TREES), True, AIR)
    round = close(inside, asked)
    client.force_login(inside.user["ben"])
    page = client.get(at("priority_results", round.pk)).text
    assert "not enough yet: 4 answered" in page
    assert "not enough yet: 0 answered" in page
    assert "5 of 5 members (100 %)" in page
    assert "Not enough yet: “Vans leave early” and “A pupils’ hour”." in page
    assert page.count("For whom, and which clauses") == 1, (
        "for whom it is a priority is told of the one with enough answers alone"
    )


def test_a_round_that_nobody_answered_says_so(inside, asked, client):
    round = close(inside, asked)
    client.force_login(inside.user["ben"])
    page = client.get(at("priority_results", round.pk)).text
    assert "Not enough members have answered yet" in page
    assert "here 0 did" in page
    assert "plot-fit" not in page


def test_a_member_that_left_before_the_close_is_not_counted_and_one_that_leaves_after_changes_nothing(inside, answered):
    # S2-31
    Membership.objects.filter(organization=inside.organization["joan"]).update(state="withdrawn")
    round = close(inside, answered)
    assert round.payload["asked"] == 5
    before = queries.counted(round)
    assert all(each.answered == 5 for each in before)
    Membership.objects.filter(organization=inside.organization["ben"]).update(state="withdrawn")
    PriorityAnswer.objects.all().delete()
    round.refresh_from_db()
    assert queries.counted(round) == before


def test_the_file_holds_what_the_page_shows_with_method_and_date(inside, answered, client):
    # S2-31
    round = close(inside, answered)
    client.force_login(inside.user["ben"])
    text = client.get(at("priority_results", round.pk) + "?format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["priority"] == VANS
    assert rows[0]["popularity, percent"] == "83"
    assert rows[0]["fit, percent"] == "50"
    assert rows[0]["clauses by number"] == "1; 2"
    assert rows[0]["method"] == "fit beside popularity 1"
    assert rows[0]["counted on"]


def test_pages_ask_no_more_often_with_more_answers(inside, answered, client, django_assert_max_num_queries):
    client.force_login(inside.user["ben"])
    with django_assert_max_num_queries(13):
        client.get(at("priority_round", answered.pk))
    with django_assert_max_num_queries(9):
        client.get(at("priority_card", answered.pk) + "?begin")
    round = close(inside, answered)
    with django_assert_max_num_queries(9):
        client.get(at("priority_results", round.pk))
    with django_assert_max_num_queries(9):
        client.get(at("priority_rounds"))
    assert PriorityCandidate.objects.count() == 3
    assert reverse("alignment:priority_rounds", args=["clean-air"])
