"""A closed talk: only for those in it, only for a time, nothing taken out, nothing kept."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import get_resolver
from django.utils.timezone import now

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment import actions as rounds
from manyhands.practice.alignment import personal
from manyhands.practice.alignment.compact import actions as compact
from manyhands.practice.alignment.compact.tests.conftest import in_force
from manyhands.practice.alignment.models import ClosedTalk, TalkPost
from manyhands.practice.alignment.talks import actions, limits, queries
from manyhands.practice.alignment.talks.waiting import awaiting
from tests.architecture.house import addresses

from ...tests.factories import at


def begin(world, *, days=3, **more):
    return actions.begin_talk(
        actor=world.actor["ben"],
        title="How the last meeting went",
        closes_at=now() + timedelta(days=days),
        seats=[world.seat["rosa"], world.seat["olu"]],
        **more,
    )


def test_only_those_who_were_asked_in_know_that_there_is_a_talk(inside, client):
    # S0-34
    lines = LedgerEntry.objects.count()
    talk = begin(inside)
    actions.say_in_talk(actor=inside.actor["rosa"], talk=talk, text="I was not heard.")
    assert LedgerEntry.objects.count() == lines, "the book tells nobody"
    for who in ("ben", "rosa", "olu"):
        client.force_login(inside.user[who])
        assert "I was not heard." in client.get(at("talk", talk.pk)).text
        assert talk.title in client.get(at("talks")).text
        assert awaiting(inside.actor[who])
    for who in ("amina", "mei", "joan"):  # coordinators and facilitators too
        client.force_login(inside.user[who])
        assert client.get(at("talk", talk.pk)).status_code == 404
        assert client.post(at("end_talk", talk.pk)).status_code == 404
        assert talk.title not in client.get(at("talks")).text
        assert not awaiting(inside.actor[who])
        with pytest.raises(PermissionDenied):
            actions.say_in_talk(actor=inside.actor[who], talk=talk, text="Let me in.")


def test_on_its_day_it_ends_and_every_word_is_erased(inside, client):
    # S0-34
    talk = begin(inside)
    actions.say_in_talk(actor=inside.actor["rosa"], talk=talk, text="I was not heard.")
    with time_machine.travel(talk.closes_at + timedelta(minutes=1)):
        client.force_login(inside.user["rosa"])
        assert client.get(at("talk", talk.pk)).status_code == 404, "gone at once, before the job ran"
        with pytest.raises(actions.TalkIsOver):
            actions.say_in_talk(actor=inside.actor["rosa"], talk=talk, text="Too late.")
        run_waiting()
    assert not TalkPost.objects.exists()
    ended = ClosedTalk.objects.get()
    assert (ended.title, ended.why) == ("", "")
    entry = LedgerEntry.objects.get(kind="talks.TalkErased")
    assert entry.facts == {"posts": 1}


def test_whoever_began_it_can_end_it_before(inside, client):
    talk = begin(inside)
    actions.say_in_talk(actor=inside.actor["rosa"], talk=talk, text="I was not heard.")
    client.force_login(inside.user["rosa"])
    assert client.post(at("end_talk", talk.pk)).status_code == 404
    client.force_login(inside.user["ben"])
    assert client.post(at("end_talk", talk.pk)).url == at("talks")
    assert not TalkPost.objects.exists()
    with pytest.raises(actions.TalkIsOver):
        actions.end_talk(actor=inside.actor["ben"], talk=talk)


def test_nameless_posts_keep_no_author_and_no_hour(inside, client):
    # S0-34
    talk = begin(inside, is_anonymous=True)
    post = actions.say_in_talk(actor=inside.actor["rosa"], talk=talk, text="I was not heard.")
    assert (post.author_id, post.posted_at) == (None, None)
    client.force_login(inside.user["ben"])
    page = client.get(at("talk", talk.pk)).text
    assert "Someone in this talk" in page
    words = page[page.index("talk-words") : page.index("talk-print")]
    assert "Rosa" not in words


def test_nothing_of_it_can_be_taken_out_or_quoted(inside, client):
    # S0-34
    talk = begin(inside)
    post = actions.say_in_talk(actor=inside.actor["rosa"], talk=talk, text="I was not heard.")
    client.force_login(inside.user["rosa"])
    page = client.get(at("talk", talk.pk) + "?format=csv")
    assert page["Content-Type"].startswith("text/html"), "there is no file"
    assert "no-store" in page["Cache-Control"], "no browser keeps it"
    assert f"post-{post.pk}" not in page.text, "no address of a single post"
    assert not [name for _p, name, _v, converters in addresses(get_resolver()) if "talk_post_id" in converters]
    kept = personal.personal_data([inside.seat["rosa"].pk])
    assert "I was not heard." not in str(kept), "not in the file about oneself either"
    assert kept["closed_talks"][0]["posts_under_my_name"] == 1


def test_one_voice_does_not_drown_the_others(inside, client, monkeypatch):
    monkeypatch.setattr(limits, "MOST_POSTS", 2)
    talk = begin(inside, is_anonymous=True)
    client.force_login(inside.user["rosa"])
    said = [client.post(at("talk", talk.pk), {"text": f"Word {n}"}).status_code for n in range(3)]
    assert said == [302, 302, 429]
    client.force_login(inside.user["ben"])
    assert client.post(at("talk", talk.pk), {"text": "Mine."}).status_code == 302


@pytest.mark.parametrize("days", [-1, 91])
def test_it_ends_in_time_and_not_too_far_away(inside, client, days):
    with pytest.raises(actions.TooLong):
        begin(inside, days=days)
    client.force_login(inside.user["ben"])
    ends = (now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")
    page = client.post(at("begin_talk"), {"title": "Hard things", "closes_at": ends, "seats": [inside.seat["rosa"].pk]})
    assert page.status_code == 422
    assert "Hard things" in page.text
    assert not ClosedTalk.objects.exists()


def test_a_talk_is_begun_by_a_form_and_an_empty_word_comes_back(inside, client):
    client.force_login(inside.user["ben"])
    ends = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    body = {"title": "Hard things", "closes_at": ends, "seats": [inside.seat["rosa"].pk], "is_anonymous": "on"}
    page = client.post(at("begin_talk"), body).url
    assert client.post(page, {"text": "   "}).status_code == 422
    assert "Hard things" in client.get(page).text
    talk = ClosedTalk.objects.get()
    assert {place.seat_id for place in talk.places.all()} == {inside.seat["ben"].pk, inside.seat["rosa"].pk}
    client.force_login(inside.user["gus"])
    assert client.get(at("begin_talk")).status_code == 403


def test_ground_rules_come_before_the_first_word_here_too(inside):
    # S0-03
    talk = begin(inside)
    in_force(inside)
    with pytest.raises(rounds.GroundRulesFirst):
        actions.say_in_talk(actor=inside.actor["rosa"], talk=talk, text="I was not heard.")
    from manyhands.practice.alignment.compact.queries import in_force as find

    compact.accept_compact(actor=inside.actor["rosa"], compact=find("behaviour"))
    actions.say_in_talk(actor=inside.actor["rosa"], talk=talk, text="I was not heard.")


def test_a_person_who_is_forgotten_leaves_the_talk_with_their_words(inside):
    talk = begin(inside)
    actions.say_in_talk(actor=inside.actor["rosa"], talk=talk, text="I was not heard.")
    personal.forget([inside.seat["rosa"].pk])
    assert not TalkPost.objects.exists()
    assert not queries.talks_for(inside.actor["rosa"]).exists()
