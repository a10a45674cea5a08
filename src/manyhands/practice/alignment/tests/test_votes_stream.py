"""votes.csv of a large round: sent a page at a time, and never made or held as a whole."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from manyhands.foundation.tenancy.scope import coalition_id_or_none
from manyhands.practice.alignment import exports
from manyhands.practice.alignment.models import Response, VisionRound

from .factories import answered, close, open_round

PEOPLE = 25


@pytest.fixture
def published(clean_air, monkeypatch):
    monkeypatch.setattr(exports, "PEOPLE_AT_ONCE", 10)
    with clean_air.inside():
        round = open_round(clean_air)
        answered(round, lambda person, statement: (person + statement) % 3 - 1, people=PEOPLE)
        close(clean_air, round)
        VisionRound.objects.filter(pk=round.pk).update(is_imported=True, is_published=True)
        round.refresh_from_db()
    return round


@pytest.fixture
def download(published, clean_air, client):
    client.force_login(clean_air.user["ben"])
    return client.get(reverse("alignment:polis_file", args=["clean-air", published.pk, "votes"]))


def test_the_first_byte_leaves_before_an_answer_is_read(download):
    assert download.streaming
    assert "Content-Length" not in download
    with CaptureQueriesContext(
        connection,
    ) as asked:
        first = next(iter(download.streaming_content))
    assert first.decode("utf-8-sig").strip() == ",".join(exports.VOTES)
    assert len(asked) == 0


def test_it_goes_some_people_at_a_time_and_holds_every_answer_once(published, download, clean_air):
    pages = [page.decode() for page in download.streaming_content]
    assert [page.count("\n") for page in pages] == [1, 30, 30, 15], (
        "the header, then ten people with three answers each"
    )
    rows = {tuple(line.split(",")[-3:]) for page in pages[1:] for line in page.splitlines()}
    with clean_air.inside():
        kept = Response.objects.values_list("statement__position", "participant__imported_id", "answer")
        assert rows == {(str(number + 1), person, str(answer)) for number, person, answer in kept}
    assert len(rows) == 3 * PEOPLE


def test_each_page_is_read_inside_the_coalition_and_nothing_after_it_is(download, safe_streets):
    with safe_streets.inside():
        for page in download.streaming_content:
            assert coalition_id_or_none() == safe_streets.coalition.pk, "whoever serves it is where they were"
            assert page


def test_a_round_that_is_taken_out_meanwhile_breaks_the_download_off(published, download, clean_air):
    parts = iter(download.streaming_content)
    next(parts), next(parts)
    with clean_air.inside():
        Response.objects.filter(statement__round=published).delete()
        published.participants.all().delete()
        published.statements.all().delete()
        VisionRound.objects.filter(pk=published.pk).delete()
    with pytest.raises(LookupError):
        list(parts)


def test_a_round_of_our_own_has_none(clean_air):
    with clean_air.inside(), pytest.raises(ValueError, match="published"):
        exports.votes(VisionRound(question="Ours"))
