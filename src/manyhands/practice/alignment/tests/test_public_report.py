"""A report for everyone: off until somebody switches it on, only what may be shown, in a frame and nowhere else."""

import csv
import io
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment import actions
from manyhands.practice.alignment.models import PublicReport, Statement
from manyhands.practice.alignment.publishing import seal
from tests.living_house import open_browser

from .factories import add_people, answer_all, open_round


@pytest.fixture
def round(clean_air):
    """A closed round of eight that carries names: statement 1 is by Ben, five agree to it."""
    with clean_air.inside():
        round = open_round(clean_air, is_anonymous=False, explanation="Because the council asked us in private.")
        actions.contribute_statement(actor=clean_air.actor["ben"], round=round, text="Cut the hedge at the corner.")
        people = [clean_air.actor["ben"], clean_air.actor["amina"], *add_people(clean_air, 6)]
        answer_all(round, people, lambda person, at: 1 if person < 6 else -1)
        actions.close_round(actor=clean_air.actor["amina"], round=round)
    run_waiting()
    return round


@pytest.fixture
def address(clean_air, round):
    with clean_air.inside():
        report = actions.open_report(actor=clean_air.actor["amina"], round=round)
        return reverse("alignment:public_report", args=["clean-air", seal(report)])


def test_it_is_off_until_somebody_opens_it_and_taken_back_for_good(clean_air, round, client):
    amina = clean_air.actor["amina"]
    with clean_air.inside():
        assert not PublicReport.objects.exists()
        first = seal(actions.open_report(actor=amina, round=round))
        with pytest.raises(actions.WrongStep):
            actions.open_report(actor=amina, round=round)
        assert client.get(reverse("alignment:public_report", args=["clean-air", first])).status_code == 200
        actions.take_back_report(actor=amina, round=round)
        with pytest.raises(actions.WrongStep):
            actions.take_back_report(actor=amina, round=round)
        second = seal(actions.open_report(actor=amina, round=round))
        lines = LedgerEntry.objects.filter(kind__startswith="alignment.Report").order_by("pk")
        assert [line.kind for line in lines] == [
            "alignment.ReportOpened",
            "alignment.ReportTakenBack",
            "alignment.ReportOpened",
        ]
    assert second != first
    # What was taken back stays dead, also once the report is open again.
    assert client.get(reverse("alignment:public_report", args=["clean-air", first])).status_code == 404
    assert client.get(reverse("alignment:public_report", args=["clean-air", second])).status_code == 200


@pytest.mark.parametrize("who", ["ben", "olu"])
def test_only_those_who_lead_open_it(clean_air, round, client, who):
    with clean_air.inside():
        with pytest.raises(PermissionDenied):
            actions.open_report(actor=clean_air.actor[who], round=round)
        assert not PublicReport.objects.exists()
    client.force_login(clean_air.user[who])
    assert client.get(reverse("alignment:publishing", args=["clean-air", round.pk])).status_code == 403


def test_a_round_without_figures_cannot_be_opened(clean_air, client):
    with clean_air.inside():
        round = open_round(clean_air)
        with pytest.raises(actions.NothingToShow):
            actions.open_report(actor=clean_air.actor["amina"], round=round)
    client.force_login(clean_air.user["amina"])
    assert "no figures" in client.get(reverse("alignment:publishing", args=["clean-air", round.pk])).text
    assert client.post(reverse("alignment:open_report", args=["clean-air", round.pk])).status_code == 409
    assert client.post(reverse("alignment:take_back_report", args=["clean-air", round.pk])).status_code == 409


@pytest.mark.parametrize("guess", ["1", "1-", "1-x", "x", "-", "٣-1", "9" * 40 + "-1", "1-" + "0" * 20])
def test_an_address_cannot_be_guessed(clean_air, address, client, guess):
    assert client.get(reverse("alignment:public_report", args=["clean-air", guess])).status_code == 404


def test_the_address_of_one_coalition_opens_nothing_in_another(clean_air, safe_streets, address, client):
    assert client.get(address.replace("clean-air", "safe-streets")).status_code == 404


def test_a_stranger_reads_figures_and_words_and_nothing_of_people(clean_air, round, address, client):
    page = client.get(address)
    assert page.status_code == 200
    assert round.question in page.text
    assert "Cut the hedge at the corner." in page.text
    assert "8 voices" in page.text
    # Not who wrote, who was asked, why it was asked; no way in, no form, no script.
    for hidden in ("Ben", "Neighbors", "in private", "<form", "<script", "<nav", "csrf", "/accounts/", "<input"):
        assert hidden not in page.text, hidden
    assert not page.cookies
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]


def test_every_member_sees_on_the_results_that_it_is_open(clean_air, round, client):
    results = reverse("alignment:results", args=["clean-air", round.pk])
    client.force_login(clean_air.user["ben"])
    assert "Open to everyone" not in client.get(results).text
    with clean_air.inside():
        report = actions.open_report(actor=clean_air.actor["amina"], round=round)
    page = client.get(results).text
    assert "Open to everyone" in page
    assert reverse("alignment:public_report", args=["clean-air", seal(report)]) in page
    assert "Show on another site" not in page  # that is for those who lead


def test_a_member_sees_what_a_stranger_sees(clean_air, address, client):
    stranger = client.get(address).text
    client.force_login(clean_air.user["amina"])
    assert client.get(address).text == stranger


def test_no_count_under_five_is_told(clean_air, round, address, client):
    """Two of eight disagree: pass and disagree are joined, and neither the page nor the file says two."""
    page = client.get(address)
    table = list(csv.reader(io.StringIO(client.get(address, {"format": "csv"}).text.lstrip("\ufeff"))))
    assert len(table) == 1 + 4
    assert {tuple(row[-2:]) for row in table[1:]} == {("of 8", "")}
    for text in (page.text, str(table)):
        assert "25 %" not in text
        assert "75 %" not in text


def test_what_is_taken_out_later_is_gone_from_it(clean_air, address, client):
    with clean_air.inside():
        hedge = Statement.objects.get(text__startswith="Cut the hedge")
        actions.retire_statement(actor=clean_air.actor["amina"], statement=hedge, why="It names a garden.")
    assert "hedge" not in client.get(address).text


def test_every_other_page_still_refuses_to_be_framed(clean_air, round, address, client):
    open_page = client.get(address)
    assert "frame-ancestors *" in open_page["Content-Security-Policy"]
    assert "script-src 'none'" in open_page["Content-Security-Policy"]
    assert "X-Frame-Options" not in open_page
    client.force_login(clean_air.user["amina"])
    inside = [
        reverse(f"alignment:{name}", args=["clean-air", round.pk]) for name in ("results", "report", "publishing")
    ]
    for path in [*inside, "/", "/c/clean-air/", address + "x"]:
        page = client.get(path)
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"], path
        assert page["X-Frame-Options"] == "DENY", path


def test_the_lines_for_another_page_are_given_as_text(clean_air, round, client):
    client.force_login(clean_air.user["amina"])
    path = reverse("alignment:publishing", args=["clean-air", round.pk])
    assert "iframe" not in client.get(path).text
    assert client.post(reverse("alignment:open_report", args=["clean-air", round.pk])).url == path
    page = client.get(path).text
    assert "&lt;iframe src=&quot;http://testserver/c/clean-air/common-ground/report/" in page
    assert "<iframe" not in page


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_another_site_shows_the_report_and_nothing_else(clean_air, round, live_server, monkeypatch, tmp_path, client):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop of its own running
    client.force_login(clean_air.user["amina"])
    other = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    threading.Thread(target=other.serve_forever, daemon=True).start()
    try:
        with open_browser() as browser:
            context = browser.new_context(viewport={"width": 360, "height": 740})
            context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
            page, errors = context.new_page(), []
            page.on("pageerror", lambda error: errors.append(str(error)))
            switch = live_server.url + reverse("alignment:publishing", args=["clean-air", round.pk])
            page.goto(switch)
            page.click("text=Open the report to everyone")
            page.click("text=Copy the lines")
            page.locator("text=Copied.").wait_for()
            lines = page.evaluate("navigator.clipboard.readText()")
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

            # A stranger's browser, on another site (another name of this machine, and another port).
            (tmp_path / "index.html").write_text(
                f"<!doctype html><title>A school</title>{lines}"
                f'<iframe src="{live_server.url}/"></iframe><iframe src="{switch}"></iframe>'
            )
            stranger = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
            stranger.on("pageerror", lambda error: errors.append(str(error)))
            stranger.goto(f"http://localhost:{other.server_port}/")
            stranger.frame_locator("iframe >> nth=0").locator("h1", has_text=round.question).wait_for()
            shown, *refused = stranger.main_frame.child_frames
            assert shown.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            assert shown.evaluate("getComputedStyle(document.querySelector('.bar-agree')).fill") != "rgb(0, 0, 0)"
            assert len(refused) == 2
            for frame in refused:
                frame.wait_for_load_state()
                assert frame.url.startswith("chrome-error:"), frame.url
            assert errors == []
    finally:
        other.shutdown()
