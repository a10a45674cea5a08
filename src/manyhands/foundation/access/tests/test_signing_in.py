"""Whoever is not signed in is asked to, and comes back to the page they were on."""

import pytest

PAGE = "/c/clean-air/allies/invite-next/"
WAITING = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{PAGE}"}


@pytest.fixture
def nobody(clean_air, client):
    return client


def test_a_page_leads_to_the_door_and_back(nobody):
    answer = nobody.get(PAGE, {"format": "csv"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={PAGE}%3Fformat%3Dcsv"


def test_a_part_that_a_page_asks_for_by_itself_takes_the_whole_page_to_the_door(nobody):
    """A redirect would be followed unseen, and what it leads to holds no such part: the part would be blank."""
    answer = nobody.get(f"{PAGE}?waiting", headers=WAITING)
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == f"/accounts/login/?next={PAGE}"
    assert not answer.content


def test_another_site_is_not_where_one_comes_back_to(nobody):
    answer = nobody.get(f"{PAGE}?waiting", headers={**WAITING, "HX-Current-URL": "https://elsewhere.example/"})
    assert answer["HX-Redirect"] == f"/accounts/login/?next={PAGE}%3Fwaiting"
