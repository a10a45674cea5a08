"""Hands in a live round, played by its pages: who asks, who is called on, in which order, and what everyone sees."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment.hands import actions, queries
from manyhands.practice.alignment.live import actions as live_actions
from manyhands.practice.alignment.models import SpeakingTurn

from ...tests.factories import at
from .conftest import begin

HTMX = {"HX-Request": "true"}


def raise_one(world, client, queue, who):
    client.force_login(world.user[who])
    return client.post(at("raise_hand", queue.pk))


def call(world, client, queue, who, *, by="mei", instead_of=0):
    client.force_login(world.user[by])
    return client.post(at("call_on", queue.pk), {"seat": world.seat[who].pk, "instead_of": instead_of})


def running(queue):
    return SpeakingTurn.objects.filter(queue=queue, ended_at=None).exclude(called_at=None).first()


def test_a_hand_goes_up_and_down_on_the_phone_and_stands_in_the_facilitators_queue(inside, live, queue, client):
    # S2-30
    client.force_login(inside.user["rosa"])
    assert "Raise my hand" in client.get(at("live", live.pk)).text
    with time_machine.travel(now(), tick=False) as clock:
        assert client.post(at("raise_hand", queue.pk)).url == at("live", live.pk)
        assert "Your hand is up. You are next in line." in client.get(at("live", live.pk)).text
        client.post(at("raise_hand", queue.pk))
        assert SpeakingTurn.objects.count() == 1, "a double click is one hand"
        client.force_login(inside.user["mei"])
        desk = client.get(at("hands", queue.pk)).text
        assert "1 hand is up" in desk
        assert "Rosa, Northside Clinic" in desk
        assert "Those who have not spoken yet come first, then whoever waits longest." in desk
        clock.shift(60)
        client.force_login(inside.user["rosa"])
        fragment = client.post(at("lower_hand", queue.pk), headers=HTMX).text
        assert "Raise my hand" in fragment
        assert "<html" not in fragment
    client.force_login(inside.user["mei"])
    assert "No hand is up" in client.get(at("hands", queue.pk)).text
    assert SpeakingTurn.objects.get().ending == "lowered"


def test_a_hand_that_comes_down_at_once_was_not_meant(inside, queue):
    actions.raise_hand(actor=inside.actor["rosa"], queue=queue)
    actions.lower_hand(actor=inside.actor["rosa"], queue=queue)
    assert not SpeakingTurn.objects.exists()
    actions.lower_hand(actor=inside.actor["rosa"], queue=queue)  # nothing is up: nothing changes


def test_who_has_not_spoken_comes_first_then_who_waits_longest(inside, queue, client):
    # S2-30
    with time_machine.travel(now(), tick=False) as clock:
        for who in ("rosa", "omar"):
            raise_one(inside, client, queue, who)
            clock.shift(10)
        call(inside, client, queue, "rosa")
        client.post(at("end_turn", running(queue).pk))
        for who in ("rosa", "joan"):
            raise_one(inside, client, queue, who)
            clock.shift(10)
    assert [turn.seat.name for turn in queries.floor(queries.turns(queue)).queued] == ["Omar", "Joan", "Rosa"]
    client.force_login(inside.user["rosa"])
    assert "2 hands come before yours" in client.get(at("live", live_of(queue))).text


def live_of(queue):
    return queue.live.pk


def test_one_click_gives_the_floor_also_to_somebody_who_did_not_ask(inside, queue, client):
    # S2-30
    raise_one(inside, client, queue, "rosa")
    call(inside, client, queue, "joan")
    assert running(queue).asked_at is None
    client.force_login(inside.user["joan"])
    assert "You have the floor." in client.get(at("live", live_of(queue))).text
    call(inside, client, queue, "rosa", instead_of=running(queue).pk)
    assert running(queue).seat == inside.seat["rosa"], "one click ends one turn and begins the next"
    client.force_login(inside.user["rosa"])
    client.post(at("lower_hand", queue.pk))
    assert running(queue) is None, "whoever speaks may say that they have finished"
    assert SpeakingTurn.objects.filter(ending="spoke").count() == 2
    client.force_login(inside.user["mei"])
    assert client.post(at("call_on", queue.pk), {"seat": ""}, follow=True).status_code == 200
    assert running(queue) is None


def test_double_clicks_and_two_who_call_at_once_cut_nobody_off(inside, queue, client):
    raise_one(inside, client, queue, "rosa")
    raise_one(inside, client, queue, "omar")
    assert call(inside, client, queue, "rosa").status_code == 302
    assert call(inside, client, queue, "rosa").status_code == 302
    refused = call(inside, client, queue, "omar", by="amina")
    assert refused.status_code == 409
    assert "Look again who speaks" in refused.text
    turn = running(queue)
    assert turn.seat == inside.seat["rosa"]
    for _ in range(2):
        assert client.post(at("end_turn", turn.pk)).status_code == 302
    queued = SpeakingTurn.objects.get(seat=inside.seat["omar"])
    assert client.post(at("end_turn", queued.pk)).status_code == 409, "nobody has called on Omar"


def test_a_hand_raised_when_the_round_ends_is_told_so_and_what_was_up_was_in_vain(inside, live, queue, client):
    # S2-30
    raise_one(inside, client, queue, "rosa")
    raise_one(inside, client, queue, "omar")
    call(inside, client, queue, "rosa")
    live = live_actions.turn_phase(actor=inside.actor["mei"], live=live, phase="respond")
    live_actions.end_live(actor=inside.actor["mei"], live=live)
    late = raise_one(inside, client, queue, "joan")
    assert late.status_code == 409
    assert "It is over." in late.text
    assert "It is over." in client.post(at("raise_hand", queue.pk), headers=HTMX).text
    assert dict(SpeakingTurn.objects.values_list("seat__name", "ending")) == {"Rosa": "spoke", "Omar": "unheard"}
    assert client.get(at("live", live.pk)).status_code == 200
    client.force_login(inside.user["mei"])
    assert "It is over" in client.get(at("hands", queue.pk)).text
    assert client.post(at("call_on", queue.pk), {"seat": inside.seat["omar"].pk}).status_code == 409


def test_somebody_who_left_takes_the_hand_along_and_is_not_called_on(inside, live, queue, client):
    # S2-30
    with time_machine.travel(now(), tick=False) as clock:
        raise_one(inside, client, queue, "rosa")
        clock.shift(90)
        client.post(at("leave_live", live.pk))
    assert SpeakingTurn.objects.get().ending == "left"
    refused = call(inside, client, queue, "rosa")
    assert refused.status_code == 409
    assert "Rosa is no longer in the room." in refused.text
    raise_one(inside, client, queue, "omar")
    Seat.objects.filter(pk=inside.seat["omar"].pk).update(left_at=now())
    assert call(inside, client, queue, "omar").status_code == 409, "nor who has left the coalition"


def test_nobody_asks_in_the_silence_or_from_outside_the_room(inside, live, queue):
    live_actions.turn_phase(actor=inside.actor["mei"], live=live, phase="silent")
    with pytest.raises(actions.Refused, match="silent"):
        actions.raise_hand(actor=inside.actor["rosa"], queue=queue)
    live_actions.turn_phase(actor=inside.actor["mei"], live=live, phase="show")
    live_actions.leave_live(actor=inside.actor["rosa"], live=live)
    with pytest.raises(actions.Refused, match="in the room"):
        actions.raise_hand(actor=inside.actor["rosa"], queue=queue)
    for who in ("olu", "gus"):
        with pytest.raises(PermissionDenied):
            actions.raise_hand(actor=inside.actor[who], queue=queue)
    with pytest.raises(PermissionDenied):
        actions.call_on(actor=inside.actor["ben"], queue=queue, seat=inside.seat["ben"])


def test_the_big_screen_names_who_speaks_only_where_the_round_carries_names(inside, live, queue, client):
    # S2-30
    raise_one(inside, client, queue, "rosa")
    call(inside, client, queue, "rosa")
    client.force_login(inside.user["olu"])
    assert "Rosa, Northside Clinic has the floor" in client.get(at("live_screen", live.pk)).text
    nameless = begin(inside, is_anonymous=True)
    raise_one(inside, client, nameless.queue, "rosa")
    call(inside, client, nameless.queue, "rosa")
    assert "Rosa" not in client.get(at("live_screen", nameless.pk)).text.split('id="wall"')[1].split("wall-turn")[0]


def test_screens_that_ask_again_write_nothing_and_are_sent_nothing_while_nothing_changes(
    inside, live, queue, client, django_assert_max_num_queries
):
    raise_one(inside, client, queue, "rosa")
    client.force_login(inside.user["mei"])
    marked = f"?is={queries.floor(queries.turns(queue)).mark}"
    with django_assert_max_num_queries(6) as asked:
        assert client.get(at("hands", queue.pk) + marked, headers=HTMX).status_code == 204
    assert not [q for q in asked.captured_queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert "Rosa" in client.get(at("hands", queue.pk) + "?is=other", headers=HTMX).text
    people = f"?is={queries.present_mark(queries.present(queue))}"
    assert client.get(at("hands_present", queue.pk) + people).status_code == 204
    live_actions.leave_live(actor=inside.actor["omar"], live=live)
    assert "5 people are in the room" in client.get(at("hands_present", queue.pk) + people).text
    client.force_login(inside.user["rosa"])
    assert client.get(at("own_hand", queue.pk) + "?is=up-0", headers=HTMX).status_code == 204
    assert "next in line" in client.get(at("own_hand", queue.pk) + "?is=up-1", headers=HTMX).text
    assert client.get(at("own_hand", queue.pk)).url == at("live", live.pk), "by hand it leads back to the page"


def test_the_book_says_nothing_of_who_asked_and_who_spoke(inside, queue, client):
    lines = LedgerEntry.objects.count()
    raise_one(inside, client, queue, "rosa")
    call(inside, client, queue, "rosa")
    client.post(at("end_turn", running(queue).pk))
    assert LedgerEntry.objects.count() == lines


def test_the_page_asks_no_more_often_with_more_hands(inside, queue, client, django_assert_max_num_queries):
    for who in ("rosa", "omar", "joan", "ben", "amina"):
        raise_one(inside, client, queue, who)
    client.force_login(inside.user["mei"])
    with django_assert_max_num_queries(10):
        client.get(at("hands", queue.pk))


def test_a_live_round_from_before_hands_goes_on_without_them(inside, live, client):
    live.queue.delete()
    live.refresh_from_db()
    client.force_login(inside.user["rosa"])
    assert "Raise my hand" not in client.get(at("live", live.pk)).text
    live_actions.leave_live(actor=inside.actor["rosa"], live=live)
    live = live_actions.turn_phase(actor=inside.actor["mei"], live=live, phase="respond")
    live_actions.end_live(actor=inside.actor["mei"], live=live)
    assert timedelta(0) <= now() - live.phase_at
