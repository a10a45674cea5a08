"""A file too long for one page is brought in by the worker."""

from datetime import date

from django.urls import reverse

from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.stakeholders.models import Position, Stakeholder
from manyhands.practice.stakeholders.positions import actions

DAY = date(2026, 3, 1)
STANDS = "actor,Streets closed at drop-off,Buses at night\nMayor,1,-1\nCouncil,0,\nPolice,-1,1\n"


def test_a_long_file_is_brought_in_while_its_page_waits(clean_air, client, monkeypatch, tmp_path):
    monkeypatch.setattr("manyhands.practice.stakeholders.ties.tasks.AT_ONCE", 3)
    with clean_air.inside():
        for name in ("Mayor", "Council", "Police"):
            Stakeholder.objects.create(name=name, kind="organization")
        path = tmp_path / "survey.csv"
        path.write_text(STANDS)
        said = {"filename": "survey.csv", "holds": "positions", "source": "Survey of spring", "on": DAY}
        listing = actions.try_survey(actor=clean_air.actor["amina"], file=path, **said)
        assert listing.count_ties > 3
    client.force_login(clean_air.user["amina"])
    page = reverse("stakeholders:survey", args=["clean-air", listing.pk])
    bring = reverse("stakeholders:bring_survey_in", args=["clean-air", listing.pk])
    assert client.post(bring).url == page
    assert client.post(bring).url == page
    waiting = client.get(page).text
    assert "It is on its way." in waiting
    assert "What the file means" not in waiting
    with clean_air.inside():
        assert not Position.objects.exists()
        assert JobRun.objects.filter(name__endswith="bring_survey").count() == 1
    run_waiting()
    with clean_air.inside():
        assert Position.objects.count() == listing.count_ties
    assert "It is on its way." not in client.get(page).text
