"""What operators see of background work, and what members see of theirs."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import now

from manyhands.foundation.access.rules import Visitor
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.jobs import actions
from manyhands.foundation.jobs.models import JobRun


@pytest.fixture
def failed(db) -> JobRun:
    return JobRun.objects.create(
        name="manyhands.practice.stakeholders.tasks.commit_import",
        state="failed",
        tries=3,
        error="ValueError: <b>amina@linden.example</b>",
        finished_at=now(),
    )


@pytest.fixture
def operator(client, db):
    client.force_login(Person.objects.create_user("olive@house.example", name="Olive", is_operator=True))
    return client


def test_an_operator_sees_what_went_wrong_and_starts_it_again(operator, failed):
    page = operator.get(reverse("jobs:list"))
    assert page.status_code == 200
    text = page.content.decode()
    assert "1 piece of work has failed" in text
    assert "&lt;b&gt;amina@linden.example&lt;/b&gt;" in text
    answer = operator.post(reverse("jobs:retry", args=[failed.pk]), follow=True)
    assert "waits for a worker again" in answer.content.decode()
    failed.refresh_from_db()
    assert (failed.state, failed.tries) == ("waiting", 0)


def test_starting_again_twice_is_a_conflict_not_a_second_run(operator, failed):
    address = reverse("jobs:retry", args=[failed.pk])
    assert operator.post(address).status_code == 302
    assert operator.post(address).status_code == 409


def test_the_list_is_searched_and_filtered(operator, failed):
    JobRun.objects.create(name="manyhands.foundation.ledger.spine.deliver")
    assert b"Commit import" not in operator.get(reverse("jobs:list") + "?state=waiting").content
    found = operator.get(reverse("jobs:list") + "?q=deliver").content
    assert b"Deliver" in found
    assert b"Commit import" not in found
    assert operator.get(reverse("jobs:list") + "?q=nothing-like-it").status_code == 200


def test_members_and_strangers_find_no_such_page(client, clean_air, failed):
    assert client.get(reverse("jobs:list")).status_code == 302
    client.force_login(clean_air.user["amina"])
    assert client.get(reverse("jobs:list")).status_code == 404
    assert client.post(reverse("jobs:retry", args=[failed.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.retry_run(actor=Visitor(clean_air.user["amina"].pk), run=failed)


class TestProgressForMembers:
    def run_in(self, world, **fields) -> str:
        run = JobRun.objects.create(name="a.b.work", coalition_id=world.coalition.pk, **fields)
        return reverse("jobs:progress", args=[world.coalition.slug, run.pk])

    def test_running_work_is_asked_about_again_and_finished_work_is_not(self, client, clean_air):
        client.force_login(clean_air.user["olu"])
        running = self.run_in(clean_air, state="running", done=3, of=12)
        answer = client.get(running, headers={"HX-Request": "true"})
        text = answer.content.decode()
        assert "<html" not in text
        assert 'hx-trigger="every 1s"' in text
        assert "3 of 12" in text
        assert "HX-Trigger-After-Settle" not in answer
        done = client.get(self.run_in(clean_air, state="done", done=12, of=12), headers={"HX-Request": "true"})
        assert "every 1s" not in done.content.decode()
        assert done["HX-Trigger-After-Settle"] == "job-over"
        assert "<html" in client.get(running).content.decode(), "without scripts it is a page of its own"

    def test_what_went_wrong_is_for_operators_only(self, client, clean_air):
        client.force_login(clean_air.user["olu"])
        answer = client.get(self.run_in(clean_air, state="failed", error="ValueError: secret"))
        assert answer.status_code == 200
        assert b"secret" not in answer.content

    def test_other_coalitions_work_does_not_exist(self, client, clean_air, safe_streets):
        theirs = JobRun.objects.create(name="a.b.work", coalition_id=safe_streets.coalition.pk)
        houses = JobRun.objects.create(name="a.b.work")
        client.force_login(clean_air.user["amina"])
        for run in (theirs, houses):
            assert client.get(reverse("jobs:progress", args=["clean-air", run.pk])).status_code == 404
        assert client.get(reverse("jobs:progress", args=["safe-streets", theirs.pk])).status_code == 404
