"""One house with the example coalition, and one browser, for all who look at pages."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.crawl import sign_in, sign_in_links
from tests.journeys.people import Somebody
from tests.living_house import House, living_house, open_browser

from .looking import Looking


@pytest.fixture(scope="session")
def demo(tmp_path_factory, example_once) -> Iterator[House]:
    with living_house(tmp_path_factory.mktemp("house"), example=example_once) as house:
        yield house


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def visitor(demo, browser) -> Iterator[Callable[..., tuple[Somebody, Looking]]]:
    """Somebody with a browser and no account."""
    made = []

    def make(name: str = "Lea Brandt") -> tuple[Somebody, Looking]:
        email = f"{name.split()[0].lower()}@brandt.example"
        made.append(Somebody(demo, browser, "phone", name, email))
        return made[-1], Looking(demo, made[-1].page)

    yield make
    for somebody in made:
        somebody.context.close()


@pytest.fixture
def amina(visitor, demo) -> tuple[Somebody, Looking]:
    somebody, looking = visitor("Amina")
    sign_in(somebody.page, sign_in_links(demo.log())["Amina"])
    return somebody, looking
