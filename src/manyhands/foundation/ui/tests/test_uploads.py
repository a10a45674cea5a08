"""A file that is larger than we take is refused before it is read, wherever it is sent."""

import io

import pytest

ALLIES = "/c/clean-air/allies"
PLACES = [
    f"{ALLIES}/imports/new/",
    f"{ALLIES}/ties/files/",
    f"{ALLIES}/positions/files/",
    "/c/clean-air/common-ground/import/",
    "/accounts/login/",
    "/c/clean-air/",
]


class Untouchable:
    """A body that nobody may read."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_two_gigabytes_are_refused_before_a_byte_is_read(clean_air, client, place, kind):
    client.force_login(clean_air.user["amina"])
    length = {"CONTENT_LENGTH": str(2 * 1024**3), "wsgi.input": Untouchable()}
    page = client.generic("POST", place, b"", content_type=kind, **length)
    assert page.status_code == 413
    assert "up to 50.0\xa0MB" in page.text


def test_nobody_signed_in_is_refused_as_well(clean_air, client):
    length = {"CONTENT_LENGTH": str(2 * 1024**3), "wsgi.input": Untouchable()}
    page = client.generic("POST", PLACES[0], b"", content_type="multipart/form-data; boundary=x", **length)
    assert page.status_code == 413


@pytest.mark.parametrize("place", PLACES[:3])
def test_a_file_over_the_operator_s_limit_leaves_the_form_filled(clean_air, client, settings, place):
    settings.UPLOAD_LIMIT = 10
    client.force_login(clean_air.user["amina"])
    file = io.BytesIO(b"Name\n" + b"A" * 30)
    file.name = "list.csv"
    page = client.post(place, {"file": file, "source": "The fair of May"})
    assert page.status_code == 422
    assert "We take files of up to 10\xa0bytes" in page.text
