"""Alive, ready, and logs that can be read by anyone."""

import json
import logging

import pytest
from django.conf import settings

from manyhands.config.logs import JsonLines, without_personal_data


def test_alive_asks_nothing_of_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_ready_says_what_is_missing(client, db, monkeypatch):
    assert client.get("/readyz").json() == {"ready": True, "database": True, "migrations": True, "cache": True}
    from manyhands.config import health

    monkeypatch.setattr(health, "_migrations", lambda: False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"], answer.json()["migrations"]) == (503, False, False)


def test_every_answer_has_a_request_id(client, db):
    first, second = client.get("/healthz")["X-Request-Id"], client.get("/healthz")["X-Request-Id"]
    assert len(first) == 16
    assert first != second


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("mail to amina@linden.example failed", "mail to …@… failed"),
        ("GET /join/AbCdEfGhIjKlMnOpQrStUvWx1234/", "GET /join/…/"),
        ("GET /c/clean-air/plans/12/", "GET /c/clean-air/plans/12/"),
    ],
)
def test_addresses_and_secrets_never_reach_a_log(text, hidden):
    assert without_personal_data(text) == hidden


def test_a_line_is_json_with_the_request_and_the_coalition(clean_air, client, caplog):
    client.force_login(clean_air.user["amina"])
    with caplog.at_level(logging.INFO, logger="manyhands.request"):
        client.get("/c/clean-air/?q=amina@clean-air.example")
    record = next(r for r in caplog.records if r.name == "manyhands.request")
    line = json.loads(JsonLines().format(record))
    assert line["route"] == "c/<slug:coalition>/"
    assert line["status"] == 200
    assert line["request"]
    assert line["coalition"] == clean_air.coalition.pk
    assert "amina" not in json.dumps(line), "neither the address nor what was asked for"


def test_a_traceback_is_logged_without_addresses(caplog):
    try:
        raise ValueError("no such person: ben@clean-air.example")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", None, __import__("sys").exc_info())
    assert "ben@" not in JsonLines().format(record)


def test_pages_say_what_a_browser_may_do(client, db):
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert settings.SESSION_COOKIE_HTTPONLY
