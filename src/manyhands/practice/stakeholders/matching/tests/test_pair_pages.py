"""The queue and the comparison as coordinators meet them, with and without scripts."""

import pytest
from django.urls import reverse

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.stakeholders import actions as deeds
from manyhands.practice.stakeholders.models import Merge, Pair, Stakeholder


def url(name, *args):
    return reverse(f"stakeholders:{name}", args=["clean-air", *args])


@pytest.fixture
def pair(clean_air, two):
    with clean_air.inside():
        return Pair.objects.select_related("one", "other").get(one=two[0], other=two[1])


@pytest.fixture
def amina(clean_air, client):
    client.force_login(clean_air.user["amina"])
    return client


def versions(pair):
    return {"version_one": pair.one.version, "version_other": pair.other.version}


@pytest.mark.parametrize("who", ["ben", "olu", "gus"])
def test_the_queue_is_for_coordinators_and_stewards(clean_air, client, pair, who):
    client.force_login(clean_air.user[who])
    assert client.get(url("pairs")).status_code == 403
    assert client.post(url("merge_pair", pair.pk), versions(pair)).status_code == 403


def test_the_queue_can_be_searched_filtered_sorted_and_downloaded(clean_air, amina, pair):
    page = amina.get(url("pairs")).text
    assert "names differ by one letter" in page
    assert "Northside Clinic" in page
    assert "Nothing fits that" in amina.get(url("pairs") + "?q=nowhere").text
    assert "names differ by one letter" not in amina.get(url("pairs") + "?verdict=different").text
    assert amina.get(url("pairs") + "?sort=-name").status_code == 200
    lines = amina.get(url("pairs") + "?format=csv&verdict=open").text.strip().splitlines()
    assert any("Northside Clinic" in line and "names differ by one letter" in line for line in lines)


def test_an_empty_queue_teaches_and_the_button_looks_through_the_list(clean_air, amina, ally):
    assert "No two records look alike" in amina.get(url("pairs")).text
    with clean_air.inside():
        ally("Linden Clinic")
        ally("The Linden Clinic")
    assert amina.post(url("find_pairs")).status_code == 302
    assert "Looking for pairs" in amina.get(url("pairs")).text
    with clean_air.inside():
        run_waiting()
    page = amina.get(url("pairs")).text
    assert "Looking for pairs" not in page
    assert "Linden Clinic" in page


def test_what_differs_is_marked_and_can_be_chosen(amina, pair):
    page = amina.get(url("pair", pair.pk)).text
    assert "<mark>Northside</mark>" in page
    assert page.count('name="address"') == 2
    assert page.count('name="tags"') == 3, "both makes sense for words"
    assert "The same: join them" in page


def test_joining_goes_on_to_the_next_pair_and_can_be_undone(clean_air, amina, pair):
    chosen = {"name": "other", "address": "one", "tags": "both"}
    answer = amina.post(url("merge_pair", pair.pk), {**versions(pair), **chosen}, follow=True)
    assert "Joined: North Side Clinic." in answer.text
    with clean_air.inside():
        merge = Merge.objects.get()
        kept = Stakeholder.objects.get(pk=merge.kept_id)
        assert (kept.name, kept.city, kept.also_known_as) == ("North Side Clinic", "Linden", "Northside Clinic")
    assert "Take it back" in amina.get(url("pairs")).text
    assert "Taken back" in amina.post(url("undo_merge", merge.pk), follow=True).text
    assert amina.post(url("undo_merge", merge.pk)).status_code == 409
    with clean_air.inside():
        assert Pair.objects.get(pk=pair.pk).verdict == "open"


def test_a_stale_page_and_a_wrong_choice_are_sent_back_filled(clean_air, amina, pair):
    stale = {**versions(pair), "version_one": 99}
    answer = amina.post(url("merge_pair", pair.pk), stale)
    assert (answer.status_code, "Somebody has changed one of the two" in answer.text) == (409, True)
    wrong = amina.post(url("merge_pair", pair.pk), {**versions(pair), "name": "both"})
    assert wrong.status_code == 422
    with clean_air.inside():
        assert not Merge.objects.exists()


def test_not_the_same_can_be_asked_again(clean_air, amina, pair):
    answer = amina.post(url("judge_different", pair.pk), follow=True)
    assert "Not the same. You are not asked again." in answer.text
    assert amina.post(url("judge_different", pair.pk)).status_code == 409
    assert "Ask again" in amina.get(url("pair", pair.pk)).text
    assert amina.post(url("reopen_pair", pair.pk)).status_code == 302
    assert amina.post(url("reopen_pair", pair.pk)).status_code == 409


def test_two_records_can_be_put_side_by_side_by_hand(clean_air, amina, two, ally):
    one = two[0]
    with clean_air.inside():
        other = ally("Quite another name")
    page = url("compare", one.pk)
    assert "Quite another name" in amina.get(page + "?q=quite").text
    assert "North Side Clinic" in amina.get(page).text
    assert amina.post(page, {"other": other.pk}).status_code == 302
    assert amina.post(page, {"other": one.pk}).status_code == 409
    assert amina.post(page, {"other": "x"}).status_code == 422
    with clean_air.inside():
        assert Pair.objects.filter(one=one, other=other, verdict="open").exists()


def test_the_form_for_a_new_ally_hints_at_close_names_and_never_stops_anybody(clean_air, client, two):
    # import and matching: while typing
    client.force_login(clean_air.user["ben"])
    form = client.get(url("add")).text
    assert f'hx-get="{url("close_names")}"' in form
    hint = client.get(url("close_names"), {"name": "northside cli"}).text
    assert "Is it one of these?" in hint
    assert url("ally", two[0].pk) in hint
    assert client.get(url("close_names"), {"name": "Somebody quite new"}).text.strip() == ""
    assert client.get(url("close_names"), {"name": "\x00\x00"}).status_code == 200
    new = {"name": "Northside Clinic", "kind": "organization", "sector": "Health", "stage": "identified"}
    assert client.post(url("add"), new).status_code == 302


def test_no_page_shows_a_tie_to_somebody_who_is_off_the_list(clean_air, amina, two):
    # import and matching: organization deletion leaves no dangling tie
    with clean_air.inside():
        mayor = Stakeholder.objects.get(name="Mayor")
        deeds.remove_ally(actor=clean_air.actor["amina"], stakeholder=two[1])
    for page in (url("ally_ties", mayor.pk), url("network"), url("gaps"), url("pairs")):
        assert "North Side Clinic" not in amina.get(page).text, page


def test_a_joined_record_is_not_put_back_by_a_second_road(clean_air, amina, pair):
    amina.post(url("merge_pair", pair.pk), versions(pair))
    with clean_air.inside():
        gone = Merge.objects.get().gone_id
    assert amina.post(url("restore", gone)).status_code == 409


def test_what_waits_is_on_the_desk_of_whoever_may_judge(clean_air, client, pair):
    home = reverse("desk:home", args=["clean-air"])
    client.force_login(clean_air.user["amina"])
    assert "Allies that look alike" in client.get(home).text
    client.force_login(clean_air.user["ben"])
    assert "Allies that look alike" not in client.get(home).text
