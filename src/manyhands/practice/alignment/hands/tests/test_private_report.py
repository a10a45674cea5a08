"""The private report: for the one who called and nobody else, in plain words, for ninety days."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.practice.alignment.hands import actions, personal, queries, tasks, words
from manyhands.practice.alignment.live import actions as live_actions
from manyhands.practice.alignment.models import LiveRound, Presence, SpeakerQueue, SpeakingTurn

from ...tests.factories import at


@pytest.fixture
def evening(inside, live, queue):
    """Nine asked. Mei called on six of them, one minute apart, and on Joan, who did not ask."""
    from manyhands.foundation.accounts.models import Person
    from manyhands.foundation.coalitions.middleware import actor_for

    names = ["Rosa", "Omar", "Ben", "Ana", "Bo", "Cy", "Di", "Ed", "Flo"]
    clinic = inside.organization["rosa"]
    for name in names[3:]:
        person = Person.objects.create_user(f"{name}@clean-air.example", name=name)
        standing = "alternate" if name in {"Ed", "Flo"} else "representative"
        seat = Seat.objects.create(person=person, organization=clinic, standing=standing, name=name)
        inside.user[name.lower()], inside.seat[name.lower()] = person, seat
        inside.actor[name.lower()] = actor_for(seat)
        live_actions.join_live(actor=inside.actor[name.lower()], live=live)
    with time_machine.travel(now(), tick=False) as clock:
        for name in names:
            actions.raise_hand(actor=inside.actor[name.lower()], queue=queue)
        for name in names[:6]:
            clock.shift(60)
            _call(inside, queue, name.lower())
        _call(inside, queue, "joan")
        clock.shift(60)
        actions.lower_hand(actor=inside.actor["flo"], queue=queue)
    return queue


def _call(world, queue, who, by="mei"):
    speaking = queries.speaking(queue)
    return actions.call_on(
        actor=world.actor[by], queue=queue, seat=world.seat[who], instead_of=speaking.pk if speaking else None
    )


def end(world, live):
    live = live_actions.turn_phase(actor=world.actor["mei"], live=live, phase="respond")
    return live_actions.end_live(actor=world.actor["mei"], live=live)


def test_the_facilitator_reads_whom_they_called_on_compared_with_who_asked(inside, live, evening, client):
    # S2-30
    client.force_login(inside.user["mei"])
    running = client.get(at("hands_report", evening.pk)).text
    assert "You called on 6 of 9 who asked" in running
    assert "Waiting now: Di (Northside Clinic) and Ed (Northside Clinic)." in running
    end(inside, live)
    page = client.get(at("hands_report", evening.pk)).text
    assert "You called on 6 of 9 who asked" in page
    assert (
        "The three who waited in vain were Di (Northside Clinic), Ed (Northside Clinic) and Flo (Northside Clinic)."
        in page
    )
    assert "One of them took their hand down, or left, before it was over." in page
    assert "waited 4 minutes (the middle wait), at most 6 minutes" in page
    assert "You called once on somebody who had not asked: Joan (Market Traders&#x27; Guild)." in page
    assert "Method: hands 1" in page
    made = queries.report(evening, [inside.seat["mei"].pk]).found
    clinic = next(each for each in made.organizations if each.name == "Northside Clinic")
    assert (clinic.hands, clinic.turns, clinic.percent_hands, clinic.percent_turns) == (7, 4, 78, 57)
    alternates = next(each for each in made.standings if each.name == "Alternate")
    assert (alternates.hands, alternates.turns, alternates.percent_turns) == (2, 0, 0)
    reports = client.get(at("hands_reports")).text
    assert "How do we begin the school year?" in reports


def test_nobody_but_the_one_who_called_can_open_it(inside, live, evening, client):
    # S2-30
    end(inside, live)
    Seat.objects.filter(pk=inside.seat["ben"].pk).update(is_facilitator=True)
    for who in ("amina", "ben", "rosa", "olu"):
        client.force_login(inside.user[who])
        assert client.get(at("hands_report", evening.pk)).status_code == 404, who
        assert "How do we begin" not in client.get(at("hands_reports")).text, who
    for page in (at("live", live.pk), at("live_screen", live.pk), at("round", live.round_id)):
        text = client.get(page).text
        assert "who asked" not in text
        assert "in vain" not in text


def test_each_of_two_facilitators_sees_only_whom_they_called_on_themselves(inside, live, evening, client):
    # S2-30
    _call(inside, evening, "di", by="amina")
    end(inside, live)
    client.force_login(inside.user["amina"])
    hers = client.get(at("hands_report", evening.pk)).text
    assert "You called on 1 of 3 who asked" in hers
    assert "Rosa" not in hers
    client.force_login(inside.user["mei"])
    own = client.get(at("hands_report", evening.pk)).text
    assert "You called on 6 of 8 who asked" in own
    assert "Di (" not in own, "a hand that another took up is left out"


def test_with_few_hands_no_shares_are_compared(inside, live, queue, client):
    # S2-30
    for who in ("rosa", "omar"):
        actions.raise_hand(actor=inside.actor[who], queue=queue)
    _call(inside, queue, "rosa")
    end(inside, live)
    client.force_login(inside.user["mei"])
    page = client.get(at("hands_report", queue.pk)).text
    assert "You called on 1 of 2 who asked" in page
    assert "The one who waited in vain was Omar (Harbor Freight Workers)." in page
    assert "Not enough yet to compare shares: that takes 5 people who ask." in page
    assert "50 %" not in page


def test_where_nobody_asked_or_everybody_was_called_on_it_says_so(inside, live, queue, client):
    client.force_login(inside.user["mei"])
    assert "Nobody asked to speak" in client.get(at("hands_report", queue.pk)).text
    actions.raise_hand(actor=inside.actor["rosa"], queue=queue)
    assert "You called on nobody; one asked" in client.get(at("hands_report", queue.pk)).text
    _call(inside, queue, "rosa")
    assert "You called on the one who asked" in client.get(at("hands_report", queue.pk)).text
    _call(inside, queue, "mei")  # what one says oneself is nobody's business
    assert queries.report(queue, [inside.seat["mei"].pk]).found.turns == 1


def test_the_meeting_reads_sums_of_five_or_more_and_only_when_it_is_over(inside, live, evening, client):
    # S2-30
    client.force_login(inside.user["rosa"])
    assert "asked to speak" not in client.get(at("live", live.pk)).text
    end(inside, live)
    for page in (at("live", live.pk), at("live_screen", live.pk)):
        text = client.get(page).text
        assert "9 people asked to speak; most of them were called on. They waited 4 minutes" in text
        assert "Flo" not in text, page
    SpeakingTurn.objects.filter(seat__name__in=["Ana", "Bo", "Cy", "Di", "Ed"]).delete()
    assert "asked to speak" not in client.get(at("live", live.pk)).text, "four are too few"


def test_it_deletes_itself_after_ninety_days(inside, live, evening, client):
    # S2-30
    live = end(inside, live)
    evening.refresh_from_db()
    house = Actor(inside.coalition.pk, None, system="a test")
    with pytest.raises(actions.Refused):
        actions.erase_hands(actor=house, queue=evening)
    with pytest.raises(PermissionDenied):
        actions.erase_hands(actor=inside.actor["mei"], queue=evening)
    day = (evening.ended_at + timedelta(days=90)).date()
    client.force_login(inside.user["mei"])
    assert f"deletes itself on {day.day} {day:%B %Y}" in client.get(at("hands_report", evening.pk)).text
    with time_machine.travel(evening.ended_at + timedelta(days=89), tick=False):
        tasks.erase_old_hands(progress=None)
        assert SpeakerQueue.objects.filter(pk=evening.pk).exists()
    with time_machine.travel(evening.ended_at + timedelta(days=91), tick=False):
        assert not queries.reports_of(inside.actor["mei"]).exists(), "gone on its day, also before the job has come"
        tasks.erase_old_hands(progress=None)
    assert not SpeakingTurn.objects.exists()
    assert client.get(at("hands_report", evening.pk)).status_code == 404
    assert LiveRound.objects.get(pk=live.pk).queue is None
    assert client.get(at("live", live.pk)).status_code == 200


def test_the_report_is_in_the_facilitators_download_and_own_turns_in_each_participants(inside, live, evening):
    # S2-30
    end(inside, live)
    mei = personal.export([inside.seat["mei"].pk])
    assert mei["whom I called on"][0]["in words"][0] == "You called on 6 of 9 who asked"
    rosa = personal.export([inside.seat["rosa"].pk])
    assert rosa["whom I called on"] == []
    (turn,) = rosa["my turns to speak"]
    assert turn["about"] == "How do we begin the school year?"
    assert turn["called on"]
    assert turn["how it ended"] == "spoke"
    assert "Mei" not in str(rosa)
    assert personal.export([inside.seat["amina"].pk]) == {"my turns to speak": [], "whom I called on": []}


def test_it_stands_in_the_file_of_everything_about_me(inside, live, evening, client):
    # S2-30
    from manyhands.foundation.accounts.personal_data import REGISTER

    end(inside, live)
    assert "You called on 6 of 9 who asked" in str(REGISTER["hands"].export([inside.seat["mei"].pk]))


def test_erasing_a_person_cuts_the_link_and_changes_no_tally(inside, live, evening):
    for who in ("di", "rosa"):
        _call(inside, evening, who)
        actions.raise_hand(actor=inside.actor["joan"], queue=evening)
    actions.raise_hand(actor=inside.actor["rosa"], queue=evening)  # speaks: nothing more goes up
    _call(inside, evening, "omar")
    actions.raise_hand(actor=inside.actor["rosa"], queue=evening)
    end(inside, live)
    before = queries.report(evening, [inside.seat["mei"].pk]).found
    sums = queries.meeting_sums(evening)
    personal.forget([inside.seat["rosa"].pk, inside.seat["joan"].pk])  # Rosa was heard once, and once not
    after = queries.report(evening, [inside.seat["mei"].pk])
    for tally in ("asked", "called", "in_vain"):
        assert len(getattr(after.found, tally)) == len(getattr(before, tally)), tally
    assert after.found.organizations == before.organizations
    assert "somebody who has left for good" in " ".join(words.sentences(after))
    personal.forget([inside.seat["mei"].pk])
    assert queries.meeting_sums(evening) == sums
    assert not queries.reports_of(inside.actor["mei"]).exists()


def test_somebody_erased_with_the_hand_up_holds_nobody_up(inside, queue):
    actions.raise_hand(actor=inside.actor["rosa"], queue=queue)
    _call(inside, queue, "rosa")
    actions.raise_hand(actor=inside.actor["omar"], queue=queue)
    personal.forget([inside.seat["rosa"].pk, inside.seat["omar"].pk])
    found = queries.floor(queries.turns(queue))
    assert (found.speaking, found.queued) == (None, [])
    assert Presence.objects.count() == 6
    assert Organization.objects.count() == 6
