"""What is wrong with the page that a browser shows."""

import re
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.living_house import House

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what passed is not described: three times as quick
}

#: Which tab or chip says where we are, and cannot be seen.
OUT_OF_SIGHT = """() => [...document.querySelectorAll(".tabs [aria-current], .chips-scroll [aria-current]")].filter(
  (here) => { const { left, right } = here.getBoundingClientRect(); return left < -1 || right > innerWidth + 1; }
).map((here) => here.textContent.trim()).join(", ")"""


def troubles(page: Page) -> list[str]:
    """What axe finds, and what axe does not look for: a page wider than its screen."""
    found = [
        f"{rule['id']} ({rule['impact']}): {rule['nodes'][0]['html'][:140]}"
        for rule in Axe().run(page, options=RULES).response["violations"]
    ]
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wider > 1:
        found.append(f"the page is {wider} px wider than the screen")
    if out_of_sight := page.evaluate(OUT_OF_SIGHT):
        found.append(f"the tab we are on is beyond the edge of the screen: {out_of_sight}")
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1 headings")
    return found


def troubles_on_both(page: Page, what: str) -> list[str]:
    """The same on a phone in dark colors and on a desk in light ones, without asking for the page again.

    The phone comes first and the page is left as one: what a page does as it opens, it does on the small screen.
    """
    found = []
    for width, scheme in ((360, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found += [f"{what} at {width} {scheme}: {trouble}" for trouble in troubles(page)]
    page.set_viewport_size({"width": 360, "height": 800})
    page.emulate_media(color_scheme="dark")
    return found


SEND_EMPTY = """() => {
  const form = document.querySelector("main form[method=post]");
  form.noValidate = true;
  for (const field of form.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio]), textarea"))
    field.value = "";
  form.requestSubmit();
}"""


class Looking:
    """One page at a time, and everything found wrong on the way."""

    def __init__(self, house: House, page: Page) -> None:
        self.house, self.page, self.wrong = house, page, []

    def look(self, what: str) -> None:
        self.wrong += troubles_on_both(self.page, what)

    def look_on_a_phone(self, what: str) -> None:
        self.wrong += [f"{what}: {trouble}" for trouble in troubles(self.page)]

    def at(self, path: str, answers: int = 200) -> None:
        answer = self.page.goto(path if path.startswith("http") else self.house.address + path)
        assert answer is not None
        assert answer.status == answers, f"{path} answers {answer.status}"
        self.look(path)

    def send(
        self, what: str, answers: int, script: str = SEND_EMPTY, look: Callable[[str], None] | None = None
    ) -> None:
        """Send the form of the page; the page that comes is the one to look at."""
        with self.page.expect_navigation() as coming:
            self.page.evaluate(script)
        answer: Response = coming.value
        assert answer.status == answers, f"{what} answers {answer.status}"
        look = look or self.look
        look(what)

    def press(self, name: str | re.Pattern[str]) -> None:
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=name).first.click()

    def done(self) -> None:
        assert not self.wrong, "\n".join(self.wrong)
