"""More than a form takes in is answered with a page that says so."""

import pytest


@pytest.mark.parametrize("secure", [False, True])
def test_a_form_of_thirteen_megabytes_is_refused_with_a_sentence(clean_air, client, secure):
    client.handler.enforce_csrf_checks = secure
    client.force_login(clean_air.user["ben"])
    client.get("/accounts/")
    answer = client.post("/accounts/", {"name": "x" * 13_000_000})
    assert answer.status_code == 413
    assert "12 MB" in answer.text
    assert "Nothing was saved" in answer.text


def test_a_form_of_too_many_fields_is_refused_with_a_sentence(clean_air, client):
    client.force_login(clean_air.user["ben"])
    body = "&".join(f"a{n}=1" for n in range(2001))
    answer = client.post("/accounts/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "more fields" in answer.text


def test_operators_find_their_pages_in_their_own_menu_and_nobody_else_does(clean_air, client):
    client.force_login(clean_air.user["ben"])
    assert "/operator/" not in client.get("/accounts/").text
    clean_air.user["ben"].is_operator = True
    clean_air.user["ben"].save()
    page = client.get("/accounts/").text
    assert "/operator/jobs/" in page
    assert "/operator/deliveries/" in page
