"""Somebody from another coalition tries every address: ours, and our ids under their own name."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.architecture.house import addresses

#: Open to everybody by design; each with the reason why.
OPEN = {
    "public:coalition": "the open page of a coalition that chose to have one",
}


def arguments(pattern: str, converters: dict, rows: dict, slug: str) -> dict | None:
    """What to put into an address; None if the example has no such row, which the test below counts."""
    filled = {}
    for name, converter in converters.items():
        if name == "coalition":
            filled[name] = slug
        elif name.endswith("_id"):
            row = rows.get(name.removesuffix("_id"))
            if row is None:
                return None
            filled[name] = row.pk
        else:
            filled[name] = {"SlugConverter": "x", "UUIDConverter": uuid4(), "IntConverter": 1}.get(
                type(converter).__name__, "x"
            )
    return filled


@pytest.fixture
def inside_addresses():
    found = [
        (pattern, name, converters)
        for pattern, name, _, converters in addresses()
        if "coalition" in converters and name not in OPEN
    ]
    assert len(found) > 40, "there must be addresses to try"
    return found


def test_no_address_shows_one_coalition_to_another(example, rows, safe_streets, client, inside_addresses):
    client.force_login(safe_streets.user["zed"])
    tried, without_row = 0, []
    for pattern, name, converters in inside_addresses:
        for slug in (example.slug, "safe-streets"):
            filled = arguments(pattern, converters, rows, slug)
            if filled is None:
                without_row.append(name)
                continue
            if slug == "safe-streets" and not any(key.endswith("_id") for key in converters):
                continue  # their own page, with nobody's ids in it
            for method in (client.get, client.post):
                answer = method(reverse(name, kwargs=filled))
                assert answer.status_code in {404, 405}, (name, slug, method.__name__, answer.status_code)
                tried += 1
    assert tried > 100
    assert not without_row, f"the example has no row for {sorted(set(without_row))}"


def test_nobody_gets_in_without_signing_in(example, rows, client, inside_addresses):
    for pattern, name, converters in inside_addresses:
        filled = arguments(pattern, converters, rows, example.slug)
        for method in (client.get, client.post):
            answer = method(reverse(name, kwargs=filled))
            assert answer.status_code in {302, 404, 405}, (name, answer.status_code)
            if answer.status_code == 302:
                assert re.match(r"/accounts/login/\?next=", answer.url), (name, answer.url)


def test_somebody_who_left_is_outside_at_once(example, client):
    from django.utils.timezone import now

    from manyhands.foundation.coalitions.models import Seat
    from manyhands.foundation.tenancy.scope import inside

    with inside(example.pk):
        seat = Seat.objects.filter(is_coordinator=False, left_at=None).first()
        client.force_login(seat.person)
        home = reverse("desk:home", args=[example.slug])
        assert client.get(home).status_code == 200
        Seat.objects.filter(pk=seat.pk).update(left_at=now())
    assert client.get(home).status_code == 404
