"""A coordinator who has only files: who holds influence, what is missing, and whom to invite next through whom.

With a published network of those who shaped a law on chemicals, in a new coalition, through the pages alone.
"""

import re
from collections.abc import Iterator

import pytest

from tests.living_house import House, living_house, open_browser

from .deeds import bring_list, commit
from .people import Somebody, meeting, sign_up, start_coalition

pytestmark = [pytest.mark.browser, pytest.mark.shared_data, pytest.mark.timeout(600)]

OURS = "Parents of Linden"
RECEIVES = "From the second to the first"


@pytest.fixture
def house(tmp_path) -> Iterator[House]:
    with living_house(tmp_path) as house:
        yield house


def bring_ties(amina: Somebody, path, kind: str, turned: bool = False) -> None:
    amina.enter("Allies")
    amina.follow("Network")
    amina.follow("Import ties")
    amina.main.get_by_label(re.compile("^The file")).set_input_files(path)
    amina.main.get_by_label("What kind of tie").select_option(label=kind)
    if turned:
        amina.main.get_by_label(re.compile("^Which way")).select_option(label=RECEIVES)
    amina.fill({"Where does this file come from?": f"Published study, 1984: {path.name}"})
    amina.press("Try first")
    amina.press(re.compile("^Bring "))
    amina.reads(re.compile("on the map|The file is in"))


def know(amina: Somebody, other: str) -> None:
    """We know them, and they agreed to be asked."""
    amina.enter("Allies")
    amina.follow("Network")
    amina.follow("Add a tie you know of")
    amina.fill({"Who": OURS, "With whom": other, "How do you know?": "Our river walks, every May"})
    amina.press("Put it on the map")
    amina.reads(f"The tie between {OURS} and {other} is on the map.")
    agree(amina, OURS, other)


def agree(amina: Somebody, one: str, other: str) -> None:
    amina.enter("Allies")
    amina.follow("Network")
    amina.main.get_by_label("Find", exact=True).fill(one)
    row = amina.main.get_by_role("row").filter(has_text=one).filter(has_text=other).first
    row.get_by_role("link").last.click()
    amina.choose("They agreed")
    amina.fill({"Who said so, and when?": "Their secretary, on the phone today"})
    amina.press("Write down their answer")
    amina.reads("Their answer is written down.")


def test_from_files_to_an_invitation(house, shared_data):
    # S1-17: who is strong, what is missing, and a way along people who agreed, from a published network
    folder = shared_data / "policy-networks" / "chemnet-germany-1984"
    with open_browser() as browser:
        amina = Somebody(house, browser, "desk", "Amina Okoye", "amina@linden.example")
        with meeting(amina):
            sign_up(amina)
            home = start_coalition(amina, "Clean Chemistry", OURS)
            bring_list(amina, "", folder / "types.csv")
            assert amina.main.get_by_label("actor").input_value() == "name", "guessed from the title"
            assert amina.main.get_by_label("type").input_value() == "sector"
            amina.press("Try first")
            commit(amina, "Published study, 1984")
            amina.reads(re.compile("The list is in"))
            bring_ties(amina, folder / "pol.csv", "Informs")
            amina.reads("None of us is tied to anybody here yet")
            bring_ties(amina, folder / "scifrom.csv", "Informs", turned=True)
            bring_ties(amina, folder / "infrep.csv", "Has a say over", turned=True)
            amina.open(f"{home}allies/gaps/")
            amina.reads("BMI, BMJ and VCI have a say over most")
            amina.reads("Who is strong is not known yet")

            amina.open(f"{home}allies/table/")
            amina.follow("Choose a list of sectors")
            amina.choose("A list of your own")
            amina.fill({"Name of your own list": "Who shapes the law", "Its entries": "gov\nig\nsci\npar\nio"})
            amina.press("Use this list")
            amina.follow("Say for whom you speak")
            amina.choose("ig")
            amina.main.locator("form button[type=submit]").first.click()
            amina.reads("Who shapes the law: 1 of 5 are heard")

            know(amina, "BUND")
            agree(amina, "BUND", "BMJ")
            amina.open(f"{home}allies/invite-next/")
            first = amina.main.get_by_role("article").filter(has_text="BMJ")
            amina.reads("Nobody here speaks for gov yet.", first)
            amina.reads(re.compile(rf"{OURS}\s+BUND\s+BMJ"), first)
