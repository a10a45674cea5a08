"""People without an account answer by a link: one set per link, and nothing else opens."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment import actions as rounds
from manyhands.practice.alignment import policies
from manyhands.practice.alignment.doors import actions, rules, seals
from manyhands.practice.alignment.models import AnswerLink, Participant, Response, Statement
from manyhands.practice.alignment.tests.factories import open_round


def at(name, *ids, slug="clean-air"):
    return reverse(f"alignment:{name}", args=[slug, *ids])


@pytest.fixture
def round(inside):
    return open_round(inside)


def make(world, round, kind="open", most=50):
    return actions.make_link(actor=world.actor["mei"], round=round, kind=kind, label="Market stall", most=most)


def answer_first(browser, page, answer="agree"):
    """Answer whatever card the page shows."""
    text = browser.get(page).text
    statement = re.search(r'name="statement" value="(\d+)"', text)[1]
    return browser.post(page + "answer/", {"statement": statement, "answer": answer})


def test_somebody_without_an_account_answers_by_an_open_link_and_finds_their_answers_again(inside, round):
    # Responding: account-free participation
    page = at("by_link", seals.seal(make(inside, round)))
    browser = Client()
    first = browser.get(page)
    assert first.status_code == 200
    assert "No account and no name" in first.text
    assert not Participant.objects.exists(), "looking leaves nothing"
    for _ in range(3):
        assert answer_first(browser, page).url == page
    assert "You have answered everything there is" in browser.get(page).text
    assert Participant.objects.count() == 1
    assert Response.objects.count() == 3
    changed = Statement.objects.first()
    text = browser.get(f"{page}?statement={changed.pk}").text
    assert "You answered: agree" in text
    browser.post(page + "answer/", {"statement": changed.pk, "answer": "disagree", "important": "1"})
    assert Response.objects.count() == 3, "changing one's mind adds no voice"
    given = Response.objects.get(statement=changed)
    assert (given.answer, given.is_important) == (-1, True)


def test_another_browser_is_another_person_and_sees_nothing_of_the_first(inside, round):
    page = at("by_link", seals.seal(make(inside, round)))
    one, other = Client(), Client()
    answer_first(one, page)
    assert "0 of about 3" in other.get(page).text
    answer_first(other, page)
    assert Participant.objects.count() == 2


def test_a_personal_link_holds_one_set_of_answers_whatever_the_browser(inside, round):
    link = make(inside, round, "personal", 3)
    page = at("by_link", seals.seal(link, 2))
    one, other = Client(), Client()
    answer_first(one, page)
    assert not one.cookies.get(f"answers-{link.pk}"), "no cookie is needed"
    assert "1 of about 3" in other.get(page).text
    answer_first(other, page)
    assert Participant.objects.count() == 1
    answer_first(Client(), at("by_link", seals.seal(link, 3)))
    assert Participant.objects.count() == 2


@pytest.mark.parametrize(
    "break_it", ["x", "1-0-", "{seal}0", "{pk}-9-{mark}", "{pk}-0-{mark}", "²-0-{mark}", "9" * 30 + "-0-a"]
)
def test_an_address_that_was_not_sealed_here_does_not_exist(inside, round, break_it):
    link = make(inside, round, "personal", 3)
    sealed = seals.seal(link, 1)
    bad = break_it.format(seal=sealed, pk=link.pk, mark=sealed.split("-")[2])
    for method in (Client().get, Client().post):
        assert method(at("by_link", bad)).status_code in {404, 405}
        assert method(at("answer_by_link", bad)).status_code in {404, 405}


def test_a_seal_of_one_coalition_opens_nothing_in_another(inside, round, safe_streets):
    sealed = seals.seal(make(inside, round))
    assert Client().get(at("by_link", sealed, slug="safe-streets")).status_code == 404


def test_nothing_else_opens_by_a_link_and_nobody_can_write(inside, round):
    browser = Client()
    page = at("by_link", seals.seal(make(inside, round)))
    answer_first(browser, page)
    for name in ("round", "card", "statements", "results", "write_statement", "own_answers"):
        assert browser.get(at(name, round.pk)).status_code == 302, name
    assert "Write your own" not in browser.get(page).text


def test_what_is_kept_names_nobody(inside, round):
    lines = LedgerEntry.objects.count()
    link = make(inside, round, "personal", 3)
    answer_first(Client(REMOTE_ADDR="203.0.113.7"), at("by_link", seals.seal(link, 1)))
    assert LedgerEntry.objects.count() == lines + 1, "only that links were made"
    kept = str(list(Participant.objects.values())) + str(list(Response.objects.values()))
    assert "203.0.113.7" not in kept
    assert "None" in str(Participant.objects.values_list("seat_id", flat=True)[0])


def test_one_address_begins_so_many_sets_and_no_more(inside, round, monkeypatch):
    # Responding: rate limits
    monkeypatch.setattr("manyhands.practice.alignment.doors.limits.NEW_SETS", 2)
    page = at("by_link", seals.seal(make(inside, round)))
    browsers = [Client(REMOTE_ADDR="198.51.100.4") for _ in range(3)]
    assert [answer_first(each, page).status_code for each in browsers] == [302, 302, 429]
    assert answer_first(browsers[0], page).status_code == 302, "who has begun may go on"
    assert answer_first(Client(REMOTE_ADDR="198.51.100.5"), page).status_code == 302
    assert Participant.objects.count() == 3


def test_a_link_takes_as_many_people_as_it_was_made_for(inside, round):
    page = at("by_link", seals.seal(make(inside, round, most=1)))
    answer_first(Client(), page)
    refused = answer_first(Client(), page)
    assert refused.status_code == 409
    assert "as it was made for" in refused.text
    assert Participant.objects.count() == 1


def test_a_changed_cookie_counts_as_none(inside, round):
    link = make(inside, round)
    page = at("by_link", seals.seal(link))
    browser = Client()
    answer_first(browser, page)
    browser.cookies[f"answers-{link.pk}"] = "forged:value"
    assert "0 of about 3" in browser.get(page).text


def test_a_stopped_link_and_a_closed_round_say_so(inside, round, client):
    link, other = make(inside, round), make(inside, round)
    browser, page = Client(), at("by_link", seals.seal(link))
    statement = Statement.objects.first().pk
    client.force_login(inside.user["mei"])
    assert client.post(at("stop_link", link.pk)).url == at("doors", round.pk)
    assert client.post(at("stop_link", link.pk)).status_code == 409
    assert "This link was stopped" in browser.get(page).text
    assert browser.post(page + "answer/", {"statement": statement, "answer": "agree"}).status_code == 409
    rounds.close_round(actor=inside.actor["amina"], round=round)
    late = browser.post(at("answer_by_link", seals.seal(other)), {"statement": statement, "answer": "agree"})
    assert late.status_code == 409
    assert "This round is closed" in late.text
    assert not Response.objects.exists()
    with pytest.raises(actions.RoundIsClosed):
        make(inside, round)


@pytest.mark.parametrize("body", [{}, {"answer": "agree"}, {"statement": "x", "answer": "agree"}, {"answer": "maybe"}])
def test_what_is_no_answer_comes_back_with_a_sentence(inside, round, body):
    page = at("by_link", seals.seal(make(inside, round)))
    refused = Client().post(page + "answer/", body)
    assert refused.status_code == 422
    assert "Choose agree, disagree or pass" in refused.text


def test_statements_of_another_round_are_not_answered_by_this_link(inside, round):
    other = open_round(inside)
    page = at("by_link", seals.seal(make(inside, round)))
    refused = Client().post(page + "answer/", {"statement": other.statements.first().pk, "answer": "agree"})
    assert refused.status_code == 409
    assert not Response.objects.exists()


def test_only_the_door_acts_as_somebody_with_a_link(inside, round):
    link, statement = make(inside, round), Statement.objects.first()
    for actor in (inside.actor["amina"], Actor(inside.coalition.pk, None, system="a round's last day")):
        with pytest.raises(PermissionDenied):
            actions.answer_by_link(actor=actor, link=link, key="k", statement=statement, answer=1)
    by_link = Actor(inside.coalition.pk, None, system=policies.BY_LINK)
    with pytest.raises(PermissionDenied):
        rounds.close_round(actor=by_link, round=round)


def test_the_sheet_of_personal_links_prints_one_slip_each(inside, round, client):
    client.force_login(inside.user["ben"])
    assert client.get(at("doors", round.pk)).status_code == 403
    client.force_login(inside.user["mei"])
    page = client.post(at("make_link", round.pk), {"label": "Parents' evening", "kind": "personal", "most": "14"}).url
    first, second = client.get(page).text, client.get(page + "?page=2").text
    assert first.count("<svg viewBox") == 12
    assert "Slip 14." in second
    assert seals.seal(AnswerLink.objects.get(), 14) in second
    too_many = client.post(at("make_link", round.pk), {"label": "All", "kind": "personal", "most": "201"})
    assert too_many.status_code == 422
    assert f"At most {rules.MOST_PERSONAL}" in too_many.text
