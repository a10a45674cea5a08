"""Whom to invite next among very many: a job works it out, pages show the last suggestion and turn when one is new."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils.timezone import localdate, now

from manyhands.foundation.jobs.leases import take_next
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.stakeholders.actions import add_ally
from manyhands.practice.stakeholders.coverage import actions, insights, tasks
from manyhands.practice.stakeholders.coverage.insights import kept
from manyhands.practice.stakeholders.models import CoverageItem, InviteFinding, InviteWeights, Stakeholder

ADDRESS = reverse("stakeholders:invite_next", args=["clean-air"])
ASKS_AGAIN = f'hx-get="{ADDRESS}?waiting=1"'


@pytest.fixture
def inside(clean_air, monkeypatch, client):
    """Three allies, and more than two are too many to choose among while somebody waits."""
    monkeypatch.setattr(kept, "AT_ONCE", 2)
    client.force_login(clean_air.user["amina"])
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        actions.write_own_list(actor=amina, kind="sectors", name="Ours", items=["Health", "Media", "Youth"])
        for name, sector in (("Clinic", "Health"), ("Linden Daily", "Media"), ("Scouts", "Youth")):
            add_ally(actor=amina, name=name, sector=sector)
        yield clean_air


@pytest.fixture
def worked_out(inside, client):
    """The first suggestion is there."""
    client.get(ADDRESS)
    run_waiting()
    return inside


def runs():
    return JobRun.objects.filter(name=tasks.work_out_invitations.name).order_by("pk")


def a_minute_passes():
    InviteFinding.objects.update(made_at=now() - timedelta(minutes=1, seconds=1))


def test_nobody_waits_for_the_first_and_it_comes_by_itself(inside, client):
    page = client.get(ADDRESS).text
    assert "Being worked out." in page
    assert "Nobody to suggest yet" not in page
    assert ASKS_AGAIN in page
    assert f'<noscript><a href="{ADDRESS}">Look again</a></noscript>' in page
    waiting = client.get(ADDRESS + "?waiting=1")
    assert (waiting.status_code, waiting.content) == (204, b"")
    assert runs().count() == 1, "three looks at the page ask once"
    run_waiting()
    page = client.get(ADDRESS + "?waiting=1").text
    assert "Clinic" in page
    assert "Nobody here speaks for Media yet." in page
    assert "Worked out on" in page
    assert ASKS_AGAIN not in page
    assert "Linden Daily" in client.get(ADDRESS + "?format=csv").content.decode()
    assert runs().count() == 1


def test_what_a_job_keeps_is_what_would_be_chosen_now_and_holds_no_names(worked_out):
    [found] = InviteFinding.objects.all()
    assert kept._read(found.payload) == kept.choose_among_all(InviteWeights())
    assert not any(name in json.dumps(found.payload) for name in ("Clinic", "Daily", "Scouts", "Health"))


def test_after_a_change_the_last_one_stands_with_its_day_until_the_next(worked_out, client):
    add_ally(actor=worked_out.actor["ben"], name="Choir", sector="Youth")
    assert ASKS_AGAIN not in client.get(ADDRESS).text, "one suggestion stands for a minute"
    a_minute_passes()
    page = client.get(ADDRESS).text
    assert "Being worked out anew." in page
    assert "What stands below is of" in page
    assert "Clinic" in page
    assert "all 3 allies one may invite" in page
    client.get(ADDRESS)
    assert runs().count() == 2
    run_waiting()
    assert "all 4 allies one may invite" in client.get(ADDRESS).text


def test_other_weights_are_asked_for_at_once(worked_out, client):
    given = {"coverage": "1", "assets": "1", "reach": "1", "paths": "1", "a_month": "1"}
    page = client.post(reverse("stakeholders:set_weights", args=["clean-air"]), given, follow=True).text
    assert "Being worked out anew." in page
    run_waiting()
    page = client.get(ADDRESS).text
    assert "Being worked out" not in page
    assert page.count('id="pick-') == 1


def test_whoever_may_not_be_asked_any_more_is_not_suggested_meanwhile(worked_out, client, monkeypatch):
    monkeypatch.setattr(kept, "AT_ONCE", 0)
    Stakeholder.objects.filter(name="Clinic").update(not_before=localdate() + timedelta(days=9))
    Stakeholder.objects.filter(name="Scouts").update(never_because="They asked us not to")
    CoverageItem.objects.filter(name="Media").delete()
    page = client.get(ADDRESS).text
    assert page.count('id="pick-') == 1
    assert "Linden Daily" in page


def test_work_of_a_worker_that_was_killed_is_done_by_the_next(inside, client):
    client.get(ADDRESS)
    run = take_next()
    assert run.name == tasks.work_out_invitations.name
    client.get(ADDRESS)
    assert runs().count() == 1, "not asked for again while somebody is at it"
    JobRun.objects.filter(pk=run.pk).update(due_at=now(), lease_until=now() - timedelta(seconds=1))
    run_waiting()
    run.refresh_from_db()
    assert (run.state, run.deaths) == ("done", 1)
    assert "Clinic" in client.get(ADDRESS).text
    made = InviteFinding.objects.get()
    enqueue(tasks.work_out_invitations)
    run_waiting()
    assert InviteFinding.objects.get().made_at == made.made_at, "the same is not worked out twice"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_many_who_look_in_the_same_moment_ask_once(clean_air):
    with clean_air.inside():
        mark, told, ready = kept.mark_of(InviteWeights()), [], threading.Barrier(6)
        InviteFinding.objects.create()  # or the first who looks would hold up the others by making it

    def look() -> None:
        try:
            with clean_air.inside():
                ready.wait()
                told.append(tasks.ask_for_invitations(mark).pk)
        except Exception as problem:
            told.append(repr(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert told == [runs().get().pk] * 6


def test_what_failed_is_said_and_tried_again_after_the_next_change(worked_out, client, monkeypatch):
    def goes_wrong(weights):
        raise RuntimeError("no memory")

    add_ally(actor=worked_out.actor["ben"], name="Choir", sector="Youth")
    a_minute_passes()
    client.get(ADDRESS)
    with monkeypatch.context() as broken:
        broken.setattr(kept, "choose_among_all", goes_wrong)
        for _ in range(3):
            runs().filter(state="waiting").update(due_at=now())
            run_waiting()
    page = client.get(ADDRESS).text
    assert "It could not be worked out anew." in page
    assert "Clinic" in page
    assert ASKS_AGAIN not in page
    assert [run.state for run in runs()] == ["done", "failed"]
    add_ally(actor=worked_out.actor["ben"], name="Band", sector="Youth")
    assert "Being worked out anew." in client.get(ADDRESS).text
    run_waiting()
    assert "all 5 allies one may invite" in client.get(ADDRESS).text


def test_a_small_coalition_is_answered_at_once_and_nothing_is_kept(inside, client, monkeypatch):
    monkeypatch.setattr(kept, "AT_ONCE", 3)
    page = client.get(ADDRESS).text
    assert "Clinic" in page
    assert "Worked out on" not in page
    assert not runs().exists()
    assert not InviteFinding.objects.exists()


def test_one_that_nobody_looked_at_for_a_week_is_forgotten(worked_out):
    enqueue(tasks.forget_old_invitations)
    run_waiting()
    InviteFinding.objects.update(made_at=InviteFinding.objects.get().made_at - timedelta(days=8))
    enqueue(tasks.forget_old_invitations)
    run_waiting()
    assert not InviteFinding.objects.exists()


def test_several_looks_are_as_many_questions_whatever_was_found(worked_out, client, django_assert_max_num_queries):
    assert insights.weights_and_finding()[1] is not None
    client.get(ADDRESS)
    with django_assert_max_num_queries(12):
        client.get(ADDRESS)
