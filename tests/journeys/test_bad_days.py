"""What goes wrong on ordinary days: a letter that was passed on, a train in a tunnel, a page left open overnight."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.living_house import living_house, open_browser

from .people import Somebody, come_back_with_a_link, invite, meeting, sign_up, start_coalition, take_seat

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

QUESTION = "What should the way to school look like?"
HOSTILE = "<script>document.title='taken'</script><b onmouseover=alert(1)>Close the street</b>"


@dataclass
class Day:
    """A coalition of two with a question that is open."""

    amina: Somebody
    rosa: Somebody
    home: str
    rosas_link: str

    def visitor(self, email: str, device: str = "desk") -> Somebody:
        return Somebody(self.amina.house, self.amina.context.browser, device, email.split("@")[0].title(), email)


@pytest.fixture(scope="module")
def day(tmp_path_factory) -> Iterator[Day]:
    with living_house(tmp_path_factory.mktemp("house")) as house, open_browser() as browser:
        amina = Somebody(house, browser, "desk", "Amina Okoye", "amina@linden.example")
        rosa = Somebody(house, browser, "phone", "Rosa Lindqvist", "rosa@northside.example")
        with meeting(amina, rosa):
            sign_up(amina)
            home = start_coalition(amina, "Clean Air", "Parents of Linden")
            invite(amina, rosa.email, "Northside Clinic")
            link = take_seat(rosa)
            ask(amina, home)
            yield Day(amina, rosa, home, link)


def ask(amina: Somebody, home: str) -> None:
    amina.open(home + "common-ground/ask/")
    amina.fill({"Question": QUESTION, "Statements to begin with": f"{HOSTILE}\nPlant trees.\nOpen the figures."})
    amina.press("Keep the draft")
    amina.press("Put it to everyone")
    amina.reads(re.compile("0 of 2 organizations"))


def test_an_invitation_opens_one_seat_once(day):
    stranger = day.visitor("stranger@elsewhere.example")
    with meeting(stranger):
        assert stranger.open(day.rosas_link) in {404, 409, 410}
        stranger.heading("This invitation was used")
        assert stranger.open(day.home) == 200, "not a member: the door, or the sign-in page"
        expect(stranger.page).to_have_url(re.compile("/accounts/login/"))


def test_a_letter_that_was_passed_on_gives_no_seat(day):
    day.amina.open(day.home)
    invite(day.amina, "omar@freight.example", "Harbor Freight Workers")
    day.amina.reads(re.compile("on its way"))
    zed = day.visitor("zed@walkers.example")
    omar = day.visitor("omar@freight.example", "phone")
    with meeting(zed, omar):
        sign_up(zed)
        link = omar.link_from_letter(containing="/join/")
        assert zed.open(link) in {403, 404, 409}
        zed.heading("This invitation is for someone else")
        assert zed.open(day.home) == 404
        assert take_seat(omar, link), "and it still works for the one it was sent to"


def test_an_invitation_that_was_taken_back_says_so(day):
    day.amina.open(day.home)
    invite(day.amina, "late@linden.example", "Late Comers")
    late = day.visitor("late@linden.example", "phone")
    with meeting(late):
        link = late.link_from_letter(containing="/join/")
        day.amina.open(day.home + "invitations/")
        day.amina.press(re.compile("Take back the invitation to late@linden.example"))
        day.amina.reads("Taken back")
        assert late.open(link) in {404, 409, 410}
        expect(late.page.get_by_role("button", name="Take the seat")).to_have_count(0)


@pytest.mark.parametrize("lost", ["sessionid", ""], ids=["the session", "every cookie"])
def test_what_was_written_outlives(day, lost):
    rosa, words = day.rosa, f"Night shifts need an evening bus{lost}."
    rosa.open(day.home)
    rosa.follow(re.compile(re.escape(QUESTION)))
    rosa.follow("Write your own statement")
    rosa.fill({"Your statement": words})
    rosa.context.clear_cookies(name=re.compile(lost))
    rosa.press("Add the statement")
    rosa.heading(re.compile("Your session ended|Sign in"))
    come_back_with_a_link(rosa)
    rosa.open(day.home)
    rosa.follow(re.compile(re.escape(QUESTION)))
    rosa.follow("Write your own statement")
    rosa.reads("We kept what you wrote on this device.")
    expect(rosa.main.get_by_label("Your statement")).to_have_value(words)
    rosa.press("Add the statement")
    expect(rosa.page).not_to_have_url(re.compile("/write/"))
    rosa.open(day.home + "common-ground/")
    rosa.follow(QUESTION)
    rosa.follow("Read them all")
    rosa.reads(words)


def test_a_statement_of_long_words_stays_inside_a_phone(day):
    """The most hostile of the three statements is on the card, or comes within three answers."""
    page = day.visitor("mei@council.example", "phone")
    day.amina.open(day.home)
    invite(day.amina, page.email, "Youth Council")
    with meeting(page):
        take_seat(page)
        page.follow(re.compile(re.escape(QUESTION)))
        card = page.page.locator("[data-card] blockquote")
        while card.inner_text() != HOSTILE:
            before = card.inner_text()
            page.page.get_by_role("button", name="Pass", exact=True).tap()
            expect(card).not_to_have_text(before)
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.page.evaluate(wider) <= 1


def test_a_lost_connection_is_said_and_loses_nothing(day):
    rosa = day.rosa
    rosa.open(day.home)
    rosa.follow(re.compile(re.escape(QUESTION)))
    card = rosa.page.locator("[data-card] blockquote")
    before = card.inner_text()
    rosa.context.set_offline(True)
    rosa.reads("We are offline. What you write is kept on this device.")
    rosa.page.get_by_role("button", name="Agree", exact=True).tap()
    expect(card).to_have_text(before)
    rosa.context.set_offline(False)
    expect(rosa.page.locator("#offline")).to_be_hidden()
    rosa.page.get_by_role("button", name="Agree", exact=True).tap()
    rosa.reads(re.compile("You agreed with"))
    expect(card).not_to_have_text(before)


def test_markup_in_a_statement_is_text(day):
    amina = day.amina
    amina.open(day.home + "common-ground/")
    amina.follow(QUESTION)
    amina.follow("Read them all")
    expect(amina.main.get_by_text(HOSTILE, exact=True).first).to_be_visible()
    assert amina.main.locator("b[onmouseover]").count() == 0
    expect(amina.page).not_to_have_title("taken")
