"""People who walk through the house with a real browser, and do what people do: read, press, fill in, follow."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.crawl import sign_in, sign_in_links
from tests.living_house import House, open_browser

#: What somebody holds in their hands.
DEVICES = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
}
PASSWORD = "three words that only we put together"
#: Milliseconds. A busy machine takes long to bring a list in; nobody waits longer than needed.
PATIENCE = 60_000


class Somebody:
    """One person with a browser of their own."""

    def __init__(self, house: House, browser: Browser, device: str, name: str, email: str) -> None:
        self.house, self.device, self.name, self.email = house, device, name, email
        self.context = browser.new_context(**DEVICES[device], reduced_motion="reduce", locale="en-GB")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        self.followed: set[str] = set()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def open(self, path: str) -> int:
        """Go to an address as if it were typed; the answer's number."""
        answer = self.page.goto(path if path.startswith("http") else self.house.address + path)
        assert answer is not None
        return answer.status

    def enter(self, room: str) -> None:
        """Through the navigation: on a phone some rooms stand behind More."""
        rooms = self.page.get_by_role("navigation", name="Rooms")
        there = rooms.get_by_role("link", name=re.compile(rf"^{room}\b"))
        if not there.is_visible():
            rooms.get_by_role("link", name="More").click()
            there = self.main.get_by_role("link", name=re.compile(rf"^{room}\b")).first
        there.click()

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=name).first.click()

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        (within or self.main).get_by_role("link", name=name).first.click()

    def fill(self, answers: dict[str, str], within: Locator | None = None) -> None:
        """Write into fields, found by their labels."""
        for label, words in answers.items():
            (within or self.main).get_by_label(re.compile(rf"^{re.escape(label)}")).first.fill(words)

    def choose(self, name: str, within: Locator | None = None) -> None:
        """A radio button or a tick, by the beginning of its label."""
        there = within or self.main
        kind = re.compile(rf"^{re.escape(name)}")
        there.get_by_role("radio", name=kind).or_(there.get_by_role("checkbox", name=kind)).first.check()

    def reads(self, words: str | re.Pattern[str], within: Locator | None = None) -> None:
        """These words are, or soon come to be, on the page."""
        expect((within or self.page.locator("body")).get_by_text(words).locator("visible=true").first).to_be_visible(
            timeout=PATIENCE
        )

    def heading(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words, timeout=PATIENCE)

    def download(self, press: Locator) -> bytes:
        """Press this and read the file that comes."""
        with self.page.expect_download() as coming:
            press.click()
        return Path(coming.value.path()).read_bytes()

    def link_from_letter(self, containing: str) -> str:
        """The newest link of this kind that has come to this person and was not followed yet."""
        until = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < until:
            for letter in reversed(self.house.mailbox.letters):
                text = letter.get_body(("plain",)).get_content() if self.email in letter["To"] else ""
                for link in re.findall(r"https?://\S+", text):
                    if containing in link and link not in self.followed:
                        self.followed.add(link)
                        return link
            self.page.wait_for_timeout(100)  # letters come from another process; the page goes on meanwhile
        raise AssertionError(f"no letter to {self.email} with a link to {containing}")


def sign_up(somebody: Somebody) -> None:
    """An account with a password, and the letter that shows whose address it is."""
    somebody.open("/accounts/signup/")
    somebody.fill({"Your name": somebody.name, "Your e-mail address": somebody.email, "A password": PASSWORD})
    somebody.press("Make my account")
    somebody.open(somebody.link_from_letter(containing="confirm-email"))
    somebody.press("Yes, it is mine")
    somebody.heading(re.compile("Sign in"))
    somebody.fill({"Your e-mail address": somebody.email, "Password": PASSWORD})
    somebody.press("Sign in", somebody.main)
    expect(somebody.page.get_by_role("heading", name="Sign in")).to_have_count(0)


def start_coalition(somebody: Somebody, name: str, organization: str, accent: str = "Fern") -> str:
    """A new coalition; the path of its desk."""
    somebody.open("/start/")
    somebody.fill(
        {
            "Name of the coalition": name,
            "What for": "Every child breathes clean air.",
            "Your organization": organization,
        }
    )
    somebody.choose(accent)
    somebody.press("Start the coalition")
    expect(somebody.page).to_have_url(re.compile(r"/c/[a-z0-9-]+/$"))
    return "/" + somebody.page.url.split("/", 3)[3]


def invite(host: Somebody, email: str, organization: str) -> None:
    host.enter("Members")
    host.follow("Invite someone")
    host.fill({"E-mail address": email, "Or a new organization": organization, "A few words": "You know every parent."})
    host.press("Send the letter")


def take_seat(guest: Somebody, link: str = "") -> str:
    """From the letter to the desk, without a password; the link that was used."""
    link = link or guest.link_from_letter(containing="/join/")
    guest.open(link)
    guest.fill({"Your name": guest.name})
    guest.press("Take the seat")
    expect(guest.page).to_have_url(re.compile(r"/c/[a-z0-9-]+/$"))
    return link


def come_back_with_a_link(somebody: Somebody) -> None:
    """In again without a password."""
    somebody.open("/accounts/login/")
    somebody.fill({"Your e-mail address": somebody.email})
    somebody.press("Send me a link")
    somebody.open(somebody.link_from_letter(containing="/accounts/link/"))
    somebody.press("Sign in", somebody.main)
    expect(somebody.page).not_to_have_url(re.compile("/accounts/"))


@contextmanager
def meeting(*people: Somebody) -> Iterator[None]:
    """Afterwards everybody closes their browser; no page may have stumbled over its own script."""
    try:
        yield
        assert not [error for person in people for error in person.errors]
    finally:
        for person in people:
            person.context.close()


@contextmanager
def at_their_screens(house: House, **screens: tuple[int, int]) -> Iterator[list[Page]]:
    """People of the example coalition, by first name, signed in on screens of these widths and heights."""
    with open_browser() as browser:
        links = sign_in_links(house.log())
        pages = []
        for name, (width, height) in screens.items():
            page = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce").new_page()
            page.set_default_timeout(PATIENCE)
            sign_in(page, links[name])
            pages.append(page)
        yield pages
