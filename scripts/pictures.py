"""The pictures in the documents: the example coalition in nine steps and in its rooms, as a coordinator sees it.

Taken by `make screenshots`, and alone by `python scripts/screenshots.py --docs`. Pages that exist only halfway through
a deed (matching columns, a trial run, a seat that is offered) are brought about in the browser, with invented lists
and people.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOME = "/c/clean-air-for-kids/"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
LIST = """Organisation,City,Sector,EIN,Postcode,E-mail
Linden Swimming Club,Linden,Sports,004411,01220,hello@swim.example
Orchard Street Pharmacy,Linden,Health,004412,01221,
Clínica São José,Linden,Health,004413,01222,info@jose.example
,Linden,Faith,004415,01224,
Linden Swimming Club,Linden,Sports,004411,01220,hello@swim.example
Valley Choir,Linden,Culture,004416,01225,desk at choir
Grandparents of Mill Lane,Linden,Parents,004417,01226,
Hill District Bakery,Linden,Business,004418,01227,
"""

#: Name, path (or the way there from it, link by link), and how many pixels from the top are shown.
PAGES: list[tuple[str, str, list[str], int]] = [
    ("desk", HOME, [], 1120),
    ("3-ally-map", f"{HOME}allies/", [], 1440),
    ("4-invite", f"{HOME}invitations/new/", [], 1120),
    ("5-round", f"{HOME}common-ground/", ["What must be true"], 860),
    ("6-common-ground", f"{HOME}common-ground/", ["^Once more, in autumn", "^See the common ground"], 1280),
    ("7-decision", f"{HOME}decisions/", ["Close three more streets"], 1280),
    ("8-goal", f"{HOME}plans/", ["School streets"], 1280),
    ("9-look-back", f"{HOME}ledger/", [], 900),
    ("9-your-data", "/accounts/data/", [], 660),
    ("network", f"{HOME}allies/network/", [], 1560),
    ("invite-next", f"{HOME}allies/invite-next/", [], 1000),
    ("positions", f"{HOME}allies/positions/", [], 1000),
    ("agenda", f"{HOME}common-ground/", ["winter assembly", "^See the common ground", "agenda$"], 2300),
    ("package", f"{HOME}common-ground/negotiations/", ["^When may vans deliver"], 1100),
]


def take(
    house: Any, browser: Any, folder: Path, photograph: Callable, sign_in: Callable, links: dict[str, str]
) -> None:
    """Write every picture of the documents into the folder."""
    folder.mkdir(parents=True, exist_ok=True)

    def page_of(who: str | None, size: dict[str, int]) -> Any:
        page = browser.new_context(reduced_motion="reduce", viewport=size, locale="en-GB").new_page()
        if who:
            sign_in(page, links[who])
        return page

    amina, farid = page_of("Amina", DESK), page_of("Farid", PHONE)
    for name, path, way, height in PAGES:
        go(amina, house.address + path, way)
        keep(amina, folder / f"{name}.png", height)
    for name, path, way in [
        ("5-statement-card", f"{HOME}common-ground/", ["What must be true", "^Answer"]),
        ("8-desk-on-a-phone", HOME, []),
    ]:
        go(farid, house.address + path, way)
        keep(farid, folder / f"{name}.png", PHONE["height"])
    trial_of_a_list(amina, house.address, folder)
    a_seat_that_is_offered(amina, page_of(None, DESK), house, folder)
    a_new_coalition(amina, house.address, folder)


def go(page: Any, address: str, way: list[str]) -> None:
    page.goto(address)
    for link in way:
        page.locator("main").get_by_role("link", name=re.compile(link)).locator("visible=true").first.click()
        page.wait_for_load_state()


def keep(page: Any, to: Path, height: int) -> None:
    """The top of a page, as a picture."""
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    page.evaluate("document.fonts.ready")
    page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0)")
    page.screenshot(path=str(to))


def trial_of_a_list(page: Any, address: str, folder: Path) -> None:
    page.goto(f"{address}{HOME}allies/imports/new/")
    page.get_by_label(re.compile("^The list")).set_input_files(
        {"name": "neighbours.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    page.get_by_role("button", name="Upload the list").click()
    page.get_by_role("heading", level=1, name="Match columns").wait_for()
    keep(page, folder / "2-match-columns.png", 1040)
    page.get_by_role("button", name="Try first").click()
    page.get_by_text("This was only a trial").wait_for()
    keep(page, folder / "2-try-first.png", 1260)


def a_seat_that_is_offered(host: Any, guest: Any, house: Any, folder: Path) -> None:
    host.goto(f"{house.address}{HOME}invitations/new/")
    host.get_by_label(re.compile("^E-mail address")).fill("ingrid@swim.example")
    host.get_by_label(re.compile("^Or a new organization")).fill("Linden Swimming Club")
    host.get_by_label(re.compile("^A few words")).fill("Dear Ingrid, your six hundred families walk past us each day.")
    host.get_by_role("button", name="Send the letter").click()
    guest.goto(house.mailbox.link(house.mailbox.wait_for("ingrid@swim.example"), "/join/"))
    keep(guest, folder / "4-take-a-seat.png", 760)


def a_new_coalition(page: Any, address: str, folder: Path) -> None:
    page.goto(f"{address}/start/")
    page.get_by_label(re.compile("^Name of the coalition")).fill("Evening Buses for Linden")
    page.get_by_label(re.compile("^What for")).fill("Everyone who works at night gets home safely.")
    page.get_by_label(re.compile("^Your organization")).fill("Night Nurses’ Network")
    page.get_by_label("Berry").check()
    keep(page, folder / "1-start.png", 1060)
    page.get_by_role("button", name="Start the coalition").click()
    page.get_by_text("Here is a good way to begin").wait_for()
    keep(page, folder / "1-first-steps.png", 900)
