"""The house with the example coalition, where several journeys begin, and its people at their screens."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.living_house import House, living_house

from .people import at_their_screens


@pytest.fixture(scope="session")
def demo(tmp_path_factory, example_once) -> Iterator[House]:
    """Once for all journeys of one worker of the tests: each of them asks something new, and answers only that.

    One rests on what the example left open for Farid: six priorities, which no other journey touches.
    """
    with living_house(tmp_path_factory.mktemp("house"), example=example_once) as house:
        yield house


@pytest.fixture
def people(demo) -> Iterator[tuple[Page, Page, Page]]:
    """Mei before the big screen, Farid and Amina with their phones."""
    with at_their_screens(demo, Mei=(1600, 900), Farid=(360, 740), Amina=(360, 740)) as (mei, farid, amina):
        yield mei, farid, amina
