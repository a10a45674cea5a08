"""A round in one room: silence first, who has not yet written, what is alike, found true on the same day."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment import actions as rounds
from manyhands.practice.alignment.compact import actions as compact
from manyhands.practice.alignment.compact.tests.conftest import in_force
from manyhands.practice.alignment.live import actions, queries
from manyhands.practice.alignment.models import LiveRound, Overlap, Presence, Response, Statement, VisionRound
from manyhands.practice.alignment.personal import personal_data
from manyhands.practice.alignment.vision import actions as vision

from ...tests.factories import at

PEOPLE = ("amina", "ben", "mei", "rosa", "omar", "joan")
ALIKE = "Trained guards stand at every school gate."
ALIKE_TOO = "Every school gate has trained guards."


def begin(world, *, is_anonymous=True, seeds=()):
    round = rounds.draft_round(
        actor=world.actor["mei"], question="What should 2030 look like?", is_anonymous=is_anonymous, seeds=list(seeds)
    )
    live = actions.begin_live(actor=world.actor["mei"], round=round)
    return live


def turn(world, live, *phases):
    for phase in phases:
        live = actions.turn_phase(actor=world.actor["mei"], live=live, phase=phase)
    return live


def write(world, live, who, text):
    return rounds.contribute_statement(actor=world.actor[who], round=live.round, text=text)


# --- S1-23: silent first, anonymous, who has not yet contributed ----------------------------------


def test_in_silence_nobody_reads_what_another_wrote_until_it_ends(inside, client):
    # S1-23
    live = begin(inside)
    written = write(inside, live, "ben", ALIKE)
    assert written.state == "moderated"
    pages = [
        at("live_screen", live.pk),
        at("live", live.pk),
        at("card", live.round_id),
        at("statements", live.round_id),
    ]
    client.force_login(inside.user["rosa"])
    for page in pages:
        assert ALIKE not in client.get(page).text, page
    assert ALIKE not in client.post(at("similar", live.round_id), {"text": ALIKE}).text
    client.force_login(inside.user["ben"])
    assert ALIKE in client.get(at("live", live.pk)).text, "one's own words"
    turn(inside, live, "show")
    client.force_login(inside.user["rosa"])
    for page in pages[:2]:
        assert ALIKE in client.get(page).text, page
    written.refresh_from_db()
    assert written.state == "live"


def test_the_screen_counts_who_has_written_and_names_nobody_in_a_nameless_round(inside, client):
    # S1-23
    live = begin(inside, is_anonymous=True)
    for who in ("ben", "rosa", "omar"):
        actions.join_live(actor=inside.actor[who], live=live)
    actions.join_live(actor=inside.actor["ben"], live=live)
    write(inside, live, "ben", ALIKE)
    room = queries.in_the_room(live, queries.present(live))
    assert (room.present, room.contributed, room.left, room.not_yet) == (3, 1, 2, [])
    client.force_login(inside.user["mei"])
    page = client.get(at("live_screen", live.pk)).text
    wall = page[page.index('id="wall"') :]
    assert "of 3 people in the room have written" in wall
    for who in ("Ben", "Rosa", "Omar"):
        assert who not in wall


def test_the_screen_names_who_has_not_yet_written_where_statements_carry_names(inside, client):
    # S1-23
    live = begin(inside, is_anonymous=False)
    for who in ("ben", "rosa", "omar"):
        actions.join_live(actor=inside.actor[who], live=live)
    write(inside, live, "ben", ALIKE)
    client.force_login(inside.user["olu"])
    part = client.get(at("live_screen", live.pk) + "?is=silent", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "Rosa, Northside Clinic" in part.text
    assert "Omar, Harbor Freight Workers" in part.text
    assert "Ben, " not in part.text
    actions.leave_live(actor=inside.actor["rosa"], live=live)
    assert "Rosa" not in client.get(at("live_screen", live.pk)).text


def test_what_stands_on_the_wall_tells_nothing_of_who_was_first(inside):
    # S1-23
    live = begin(inside)
    for at_, who in enumerate(PEOPLE):
        write(inside, live, who, f"Sentence number {at_} about something else entirely {'x' * at_}.")
    live = turn(inside, live, "show")
    shown = [each.position for each in queries.wall(live, queries.written(live)).statements]
    assert sorted(shown) == list(range(6))
    assert shown != sorted(shown)


def test_a_long_wall_says_how_many_more_there_are(inside, client):
    live = turn(inside, begin(inside), "show")
    for at_ in range(queries.ON_THE_WALL + 4):
        write(inside, live, "ben", f"Sentence {at_} of many.")
    client.force_login(inside.user["mei"])
    assert "and 4 more, on your phone" in client.get(at("live_screen", live.pk)).text


# --- phones ---------------------------------------------------------------------------------------


def test_two_phones_and_a_big_screen_run_a_round_by_its_pages(inside, client):
    # S1-09, S1-23
    client.force_login(inside.user["mei"])
    client.post(at("draft_round"), {"question": "What should 2030 look like?", "is_anonymous": "on"})
    round = VisionRound.objects.get()
    screen = client.post(at("begin_live", round.pk), {"silent_minutes": "3"}).url
    live = LiveRound.objects.get()
    page = client.get(screen).text
    code = re.search(r"<code>(\w{5})</code>", page)[1]
    assert "<svg" in page
    assert f"/live/join/{code}/" in page
    for who, text in [("ben", ALIKE), ("rosa", ALIKE_TOO)]:
        client.force_login(inside.user[who])
        phone = client.get(at("live_by_code", code.lower())).url
        assert client.post(at("find_live"), {"code": f" {code.lower()} "}).url == phone
        assert "I am here" in client.get(phone).text
        assert client.post(at("join_live", live.pk)).url == phone
        assert client.post(at("live_say", live.pk), {"text": ""}).status_code == 422
        assert client.post(at("live_say", live.pk), {"text": text}).url == phone
        assert client.post(at("answer", Statement.objects.get(text=text).pk), {"answer": "agree"}).status_code == 409, (
            "nobody answers yet"
        )
    assert not Response.objects.exists()
    client.force_login(inside.user["mei"])
    client.post(at("turn_phase", live.pk), {"phase": "show"})
    assert client.get(at("live_phase", live.pk) + "?is=silent")["HX-Refresh"] == "true"
    assert "HX-Refresh" not in client.get(at("live_phase", live.pk) + "?is=show")
    client.post(at("turn_phase", live.pk), {"phase": "respond"})
    client.force_login(inside.user["ben"])
    assert client.post(at("answer", Statement.objects.first().pk), {"answer": "agree"}).status_code == 302
    client.force_login(inside.user["mei"])
    client.post(at("turn_phase", live.pk), {"phase": "overlaps"})
    overlap = Overlap.objects.get()
    assert overlap.statements.count() == 2
    for who in ("ben", "rosa"):
        client.force_login(inside.user[who])
        assert "true to what you meant" in client.get(at("live", live.pk)).text
        done = client.post(at("voice_overlap", overlap.pk), {"fits": "1", "next": "live"})
        assert done.url == at("live", live.pk)
    client.force_login(inside.user["mei"])
    client.post(at("count_overlap", overlap.pk))
    client.post(at("end_live", live.pk), {"close": "1"})
    assert "found true by those who spoke" in client.get(screen).text
    round.refresh_from_db()
    assert round.state == "clustered"


def test_phases_come_in_order_and_only_those_who_lead_turn_them(inside, client):
    live = begin(inside)
    with pytest.raises(actions.WrongStep):
        turn(inside, live, "respond")
    with pytest.raises(PermissionDenied):
        actions.turn_phase(actor=inside.actor["ben"], live=live, phase="show")
    live = turn(inside, live, "show", "silent", "show", "respond")
    client.force_login(inside.user["mei"])
    assert client.post(at("turn_phase", live.pk), {"phase": "silent"}).status_code == 409
    assert client.post(at("turn_phase", live.pk), {"phase": "nonsense"}).status_code == 409
    actions.end_live(actor=inside.actor["mei"], live=live)
    live.round.refresh_from_db()
    assert live.round.state == "open", "it stays open for those who were not there"
    assert client.post(at("end_live", live.pk)).status_code == 409


def test_a_round_that_is_over_cannot_be_held_live_and_one_is_held_once(inside, client):
    live = begin(inside)
    with pytest.raises(actions.WrongStep):
        actions.begin_live(actor=inside.actor["mei"], round=live.round)
    client.force_login(inside.user["mei"])
    assert client.get(at("begin_live", live.round_id)).url == at("live_screen", live.pk)
    closed = rounds.open_round(
        actor=inside.actor["mei"], round=rounds.draft_round(actor=inside.actor["mei"], question="Over?")
    )
    rounds.close_round(actor=inside.actor["mei"], round=closed)
    with pytest.raises(actions.WrongStep):
        actions.begin_live(actor=inside.actor["mei"], round=closed)
    assert client.post(at("begin_live", closed.pk), {"silent_minutes": "0"}).status_code == 422


def test_observers_watch_and_are_not_counted(inside, client):
    live = begin(inside)
    client.force_login(inside.user["olu"])
    assert client.get(at("live", live.pk)).status_code == 200
    assert client.post(at("join_live", live.pk)).status_code == 403
    assert client.post(at("live_say", live.pk), {"text": "Hello."}).status_code == 403
    assert not Presence.objects.exists()


def test_ground_rules_come_before_the_first_word_in_the_room_too(inside, client):
    # S0-03
    live = begin(inside)
    in_force(inside)
    client.force_login(inside.user["ben"])
    sent = client.post(at("join_live", live.pk)).url
    assert sent.startswith(at("accept_compact"))
    refused = client.post(at("live_say", live.pk), {"text": ALIKE})
    assert refused.status_code == 409
    assert ALIKE in refused.text
    compact.accept_compact(actor=inside.actor["ben"], compact=compact_in_force())
    assert client.post(at("live_say", live.pk), {"text": ALIKE}).status_code == 302


def test_the_ground_rules_open_every_evening_not_only_the_first(inside, client):
    # S0-03, S3-25
    in_force(inside)
    told = compact_in_force().points.first()
    compact.accept_compact(actor=inside.actor["ben"], compact=compact_in_force())
    for evening in ("first", "second"):
        live = begin(inside)
        for who, page in (("ben", at("live", live.pk)), ("mei", at("live_screen", live.pk))):
            client.force_login(inside.user[who])
            shown = client.get(page).text
            assert shown.index('id="ground-rules"') < shown.index(told.text), (evening, who)
            assert f'href="{at("ground_rules")}"' in shown[shown.index('id="ground-rules"') :]
            if who == "ben":
                assert shown.index(told.text) < shown.index('name="text"'), "before the first word is written"
        polled = client.get(at("live_screen", live.pk) + "?is=silent", headers={"HX-Request": "true"})
        assert told.text not in polled.text, "they stand still beside the wall that changes"
        turn(inside, live, "show")
        for page in (at("live", live.pk), at("live_screen", live.pk)):
            assert told.text not in client.get(page).text, "only while the evening opens"


def test_without_ground_rules_an_evening_begins_as_before(inside, client):
    client.force_login(inside.user["ben"])
    assert 'id="ground-rules"' not in client.get(at("live", begin(inside).pk)).text


def compact_in_force():
    from manyhands.practice.alignment.compact.queries import in_force as find

    return find("behaviour")


def test_the_book_says_that_it_happened_and_not_who_was_there(inside):
    live = begin(inside)
    lines = LedgerEntry.objects.count()
    actions.join_live(actor=inside.actor["ben"], live=live)
    actions.leave_live(actor=inside.actor["ben"], live=live)
    assert LedgerEntry.objects.count() == lines


# --- S1-09: the same day --------------------------------------------------------------------------


def test_that_one_was_in_the_room_is_in_ones_own_download_alone(inside):
    live = begin(inside)
    actions.join_live(actor=inside.actor["rosa"], live=live)
    told = {who: personal_data([inside.seat[who].pk])["live_rounds"] for who in ("rosa", "ben")}
    assert [line["question"] for line in told["rosa"]] == ["What should 2030 look like?"]
    assert told["ben"] == []


def test_what_is_alike_is_gathered_and_found_true_on_the_day_it_was_written(inside, client):
    # S1-09
    live = begin(inside)
    for who, text in zip(
        PEOPLE, [ALIKE, ALIKE_TOO, "Trained guards at the gate of every school.", "Free bus passes."], strict=False
    ):
        write(inside, live, who, text)
    live = turn(inside, live, "show", "respond", "overlaps")
    overlap = Overlap.objects.get()
    assert overlap.statements.count() == 3
    for who in PEOPLE:
        vision.voice_overlap(actor=inside.actor[who], overlap=overlap, fits=True)
    client.force_login(inside.user["ben"])
    before = client.get(at("overlaps", live.round_id)).text
    assert "6 have spoken" in before
    assert "say that it fits" not in before, "no direction while it is being said"
    vision.count_overlap(actor=inside.actor["mei"], overlap=overlap)
    page = client.get(at("overlaps", live.round_id)).text
    assert "6 of 6 say that it fits" in page
    assert "written and found true on one day" in page
    assert "Free bus passes." in page, "what one person said is not lost"
