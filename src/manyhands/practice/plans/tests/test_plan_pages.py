"""The pages of plans: what they show, what they answer, how many questions they ask the database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.practice.plans import actions, waiting
from manyhands.practice.plans.models import Assignment, Measurement, Objective, Task

from . import factories


def url(name, *args):
    return reverse(f"plans:{name}", args=["clean-air", *args])


@pytest.fixture
def goal(clean_air):
    with clean_air.inside():
        return factories.adopted_goal(clean_air)


@pytest.fixture
def as_rosa(clean_air, client):
    client.force_login(clean_air.user["rosa"])
    return client


def test_the_whole_plan_in_a_plain_browser(clean_air, client, goal):
    client.force_login(clean_air.user["rosa"])
    assert "How will we know?" in client.get(url("goal", goal.pk)).text
    bare = client.post(url("new_objective", goal.pk), {"title": "Cleaner air", "direction": "down", "horizon": "long"})
    assert bare.status_code == 302
    with clean_air.inside():
        objective = Objective.objects.get()
    assert "It still lacks: what is measured" in client.get(bare.url).text
    words = {name: str(value) for name, value in factories.AIR.items()}
    words |= {"owner": clean_air.seat["rosa"].pk, "horizon": "long"}
    backwards = client.post(url("change_objective", objective.pk), words | {"due_on": "2020-01-01"})
    assert backwards.status_code == 422
    assert "Nitrogen dioxide" in backwards.text
    assert client.post(url("change_objective", objective.pk), words).status_code == 302
    assert 'value="38"' in client.get(url("change_objective", objective.pk)).text, (
        "a stored 38.0000 is shown as it was written"
    )
    assert "Not measured yet" in client.get(url("goal", goal.pk)).text
    value = {"value": "31", "measured_on": "2026-10-15", "source": "Gates"}
    assert client.post(url("measure", objective.pk), value | {"value": "thirty"}).status_code == 422
    assert client.post(url("measure", objective.pk), value | {"measured_on": "2999-01-01"}).status_code == 422
    assert client.post(url("measure", objective.pk), value).status_code == 302
    page = client.get(url("goal", goal.pk)).text
    assert "Down from 38 to 31" in page
    assert page.count("<polyline") == 2
    assert "style=" not in page
    with clean_air.inside():
        measurement = Measurement.objects.get()
    assert client.get(url("correct", measurement.pk)).status_code == 200
    assert client.post(url("correct", measurement.pk), value | {"value": "32"}).status_code == 302
    assert client.post(url("correct", measurement.pk), value | {"value": "33"}).status_code == 409
    assert "Down from 38 to 32" in client.get(url("objective", objective.pk)).text
    assert client.get(url("measurements_csv", objective.pk)).text.count("\n") == 3


def test_a_task_from_hand_to_hand(clean_air, client, goal):
    client.force_login(clean_air.user["amina"])
    made = client.post(url("add_task", goal.pk), {"title": "Air day", "due_on": "2026-12-05", "done_when": "150 came"})
    assert made.status_code == 302
    with clean_air.inside():
        task = Task.objects.get()
    ask = {"seat": clean_air.seat["omar"].pk, "part": "A"}
    assert client.post(url("offer", task.pk), {"seat": "", "part": "A"}).status_code == 422
    assert client.post(url("offer", task.pk), {"seat": clean_air.seat["olu"].pk, "part": "A"}).status_code == 422
    assert client.post(url("offer", task.pk), ask).status_code == 302
    assert client.post(url("offer", task.pk), ask).status_code == 409
    assert client.post(url("take_on", task.pk)).status_code == 409
    with clean_air.inside():
        offer = Assignment.objects.get()
    assert client.post(url("answer", offer.pk), {"answer": "accept"}).status_code == 403
    client.force_login(clean_air.user["omar"])
    assert "Accept the task" in client.get(url("task", task.pk)).text
    assert client.post(url("step", task.pk), {"step": "start"}).status_code == 403
    assert client.post(url("answer", offer.pk), {"answer": "accept"}).status_code == 302
    assert client.post(url("answer", offer.pk), {"answer": "decline"}).status_code == 409
    assert client.post(url("step", task.pk), {"step": "finish"}).status_code == 409
    assert client.post(url("step", task.pk), {"step": "fly"}).status_code == 409
    assert client.post(url("step", task.pk), {"step": "start"}).status_code == 302
    assert client.post(url("step", task.pk), {"step": "block", "words": " "}).status_code == 422
    assert client.post(url("step", task.pk), {"step": "block", "words": "no hall"}).status_code == 302
    assert "Stuck: no hall" in client.get(url("goal", goal.pk)).text
    for step in ("start", "finish"):
        assert client.post(url("step", task.pk), {"step": step}).status_code == 302
    assert client.post(url("step", task.pk), {"step": "verify"}).status_code == 403
    client.force_login(clean_air.user["ben"])
    assert client.post(url("step", task.pk), {"step": "verify"}).status_code == 302
    assert "verified by Ben" in client.get(url("goal", goal.pk)).text
    assert client.get(url("change_task", task.pk)).status_code == 403
    assert client.post(url("change_task", task.pk), {"title": "New"}).status_code == 403


def test_the_same_work_twice_is_asked_about(as_rosa, goal, clean_air):
    with clean_air.inside():
        factories.task(clean_air, goal, "Lung checks", place="Orchard School")
    words = {"title": "Asthma day", "place": "orchard school"}
    asked = as_rosa.post(url("add_task", goal.pk), words)
    assert asked.status_code == 200
    assert "Somebody may plan this already." in asked.text
    assert 'value="Asthma day"' in asked.text
    assert as_rosa.post(url("add_task", goal.pk), words | {"different": "1"}).status_code == 302
    assert as_rosa.post(url("add_task", goal.pk), {"title": " "}).status_code == 422


def test_standing_for_a_goal_and_finishing_it(clean_air, client, goal):
    client.force_login(clean_air.user["rosa"])
    assert client.post(url("stand", goal.pk)).status_code == 302
    assert "Step back" in client.get(url("goal", goal.pk)).text
    assert client.post(url("stand", goal.pk), {"step": "back"}).status_code == 302
    assert client.post(url("finish", goal.pk), {"state": "reached", "typed": "reached"}).status_code == 403
    client.force_login(clean_air.user["amina"])
    assert client.post(url("finish", goal.pk), {"state": "reached", "typed": "yes"}).status_code == 422
    assert client.post(url("finish", goal.pk), {"state": "reached", "typed": "reached"}).status_code == 302
    assert client.post(url("finish", goal.pk), {"state": "retired", "typed": "retire"}).status_code == 409
    assert "Reached." in client.get(url("plans")).text


def test_an_observer_reads_and_does_not_plan(clean_air, client, goal):
    with clean_air.inside():
        task = factories.task(clean_air, goal)
    client.force_login(clean_air.user["olu"])
    assert "A new task" not in client.get(url("goal", goal.pk)).text
    assert client.get(url("new_objective", goal.pk)).status_code == 403
    for name in ("take_on", "offer"):
        answer = client.post(url(name, task.pk), {"seat": clean_air.seat["rosa"].pk, "part": "A"})
        assert answer.status_code == 403


def test_a_goal_that_is_not_adopted_has_no_plan(clean_air, as_rosa):
    from manyhands.practice.governance.tests import factories as governance

    with clean_air.inside():
        proposed = governance.in_phase(clean_air, "react", kind="goal").goal
    assert as_rosa.get(url("goal", proposed.pk)).status_code == 404
    assert "1 more goal is being decided." in as_rosa.get(url("plans")).text


@pytest.mark.parametrize("name", ["plans", "tasks", "goal"])
def test_pages_ask_a_fixed_number_of_questions(as_rosa, clean_air, goal, name):
    def fill():
        objective = factories.objective(clean_air, goal)
        for month in (4, 5, 6):
            said = {"measured_on": date(2026, month, 1), "source": "Gates", "value": Decimal(30)}
            actions.measure(actor=clean_air.actor["rosa"], objective=objective, **said)
        factories.accepted_task(clean_air, goal)
        factories.task(clean_air, goal)

    page = url(name, *([goal.pk] if name == "goal" else []))
    with clean_air.inside():
        fill()
    as_rosa.get(page)
    with CaptureQueriesContext(connection) as few:
        as_rosa.get(page)
    with clean_air.inside():
        for _ in range(3):
            fill()
    with CaptureQueriesContext(connection) as many:
        assert as_rosa.get(page).status_code == 200
    assert len(many) == len(few)


def test_lists_come_as_files_with_formulas_made_harmless(as_rosa, clean_air, goal):
    with clean_air.inside():
        factories.task(clean_air, goal, title="=1+1")
    assert "'=1+1" in as_rosa.get(url("tasks") + "?format=csv").text
    assert "Air at the school gate" in as_rosa.get(url("plans") + "?format=csv").text
    assert "=1+1" in as_rosa.get(url("tasks") + "?whose=nobody&q=1").text
    assert "Nothing fits" in as_rosa.get(url("tasks") + "?whose=mine").text


def test_what_awaits_each(clean_air, goal):
    with clean_air.inside():
        task = factories.task(clean_air, goal, due_on=localdate() + timedelta(days=3))
        kinds = {who: [str(item.kind) for item in waiting.awaiting(clean_air.actor[who])] for who in clean_air.actor}
        assert kinds["amina"] == ["A task nobody has"]
        assert kinds["rosa"] == kinds["gus"] == []
        offer = actions.offer_task(actor=clean_air.actor["amina"], task=task, seat=clean_air.seat["rosa"])
        assert [str(item.kind) for item in waiting.awaiting(clean_air.actor["rosa"])] == ["A task offered to you"]
        actions.accept_task(actor=clean_air.actor["rosa"], assignment=offer)
        assert [str(item.kind) for item in waiting.awaiting(clean_air.actor["rosa"])] == ["A task of yours"]
        assert waiting.awaiting(clean_air.actor["amina"]) == []
