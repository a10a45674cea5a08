"""From a list of names to an owned plan: nine steps of a new coalition, on a desk and on a phone.

The tests of one device follow one another and share their people, as the steps of a coalition do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.living_house import House, living_house, open_browser

from .deeds import (
    answer_all,
    bring_list,
    bring_round,
    commit,
    csv_rows,
    drag,
    own_data,
    rate,
    stance,
    undo,
    written_down,
)
from .papers import STATEMENTS, latin_list, list_of_allies, round_from_elsewhere
from .people import Somebody, come_back_with_a_link, invite, meeting, sign_up, start_coalition, take_seat

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

QUESTION = "What should the way to school look like in 2030?"


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    with living_house(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with open_browser() as browser:
        yield browser


@dataclass
class Walk:
    """Who walks, and how far they have come."""

    device: str
    amina: Somebody
    rosa: Somebody
    home: str = ""
    goal: str = ""
    steps_done: set[int] = field(default_factory=set)

    def after(self, *steps: int) -> None:
        """A step that rests on one that failed has nothing to say of its own."""
        missing = set(steps) - self.steps_done
        if missing:
            pytest.fail(f"rests on step {min(missing)}, which did not get through")


@pytest.fixture(scope="module", params=["desk", "phone"])
def walk(request, house, browser) -> Iterator[Walk]:
    device = request.param
    amina = Somebody(house, browser, device, "Amina Okoye", f"amina.{device}@linden.example")
    rosa = Somebody(house, browser, device, "Rosa Lindqvist", f"rosa.{device}@northside.example")
    with meeting(amina, rosa):
        yield Walk(device, amina, rosa)


def test_1_create(walk):
    amina = walk.amina
    sign_up(amina)
    walk.home = start_coalition(amina, f"Clean Air {walk.device}", "Parents of Linden")
    amina.reads("Here is a good way to begin")
    amina.reads(re.compile("first steps done"))
    amina.enter("Settings")
    amina.fill({"What we hold to": "Children first.\nOpen figures."})
    amina.press("Save", amina.main)
    amina.reads("Saved. Everyone sees it from now on.")
    amina.open(walk.home + "settings/")
    expect(amina.main.get_by_label("What we hold to")).to_have_value("Children first.\nOpen figures.")
    assert amina.page.locator("html").get_attribute("data-accent") == "fern"
    walk.steps_done.add(1)


def test_2_import_a_list_as_offices_write_it(walk):
    walk.after(1)
    amina = walk.amina
    bring_list(amina, "allies.csv", list_of_allies())
    assert amina.main.get_by_label("Organisation").input_value() == "name", "guessed from the title"
    assert amina.main.get_by_label("EIN").input_value() == "identifier"
    amina.main.get_by_label("Sector").select_option(label="Keep beside the record")
    amina.press("Try first")
    amina.reads(re.compile("This was only a trial"))
    amina.reads("One row we cannot take")
    expect(amina.main.get_by_role("row", name=re.compile("^602"))).to_be_visible()  # counted as a spreadsheet does
    commit(amina, "The city’s register")
    amina.reads("The list is in. You can take all of it back for two weeks.")
    amina.follow("See your allies")
    amina.reads(re.compile(r"All 60\d allies"))  # members have their place among them
    rows = csv_rows(amina.download(amina.main.get_by_role("link", name="Export as CSV")))
    names = {row["name"] for row in rows} - {"Parents of Linden", "Northside Clinic"}
    assert len(names) == 600
    assert {"Clínica São José", "Œuvre d’Ümit", "Ēlija’s Łódź Choir"} <= names
    assert any("Parents of" in name and "Mill Lane" in name for name in names)
    bring_list(amina, "again.csv", list_of_allies())
    assert amina.main.get_by_label("Sector").input_value() == "extra", "the match was remembered"
    amina.press("Try first")
    amina.reads("There is nothing to bring in")
    walk.steps_done.add(2)


def test_2_an_old_file_keeps_its_letters_and_zeros(walk):
    walk.after(1)
    amina = walk.amina
    bring_list(amina, "latin.csv", latin_list())
    amina.reads("Bäckerei Größe") if walk.device == "desk" else None
    amina.main.get_by_label("Postleitzahl").select_option(label="Postal code")
    amina.press("Try first")
    commit(amina, "An old list")
    amina.reads("The list is in. You can take all of it back for two weeks.")
    amina.open(walk.home + "allies/?q=Größe")
    (row,) = csv_rows(amina.download(amina.main.get_by_role("link", name="Export as CSV")))
    assert (row["name"], row["postal code"]) == ("Bäckerei Größe", "00123")


@pytest.mark.shared_data
def test_2_thirteen_thousand_rows_come_and_go(walk, shared_data):
    walk.after(1)
    amina = walk.amina
    amina.open(walk.home)
    bring_list(amina, "", shared_data / "org-directories" / "irs-exempt-organizations" / "eo_dc_2021-02.csv")
    amina.press("Try first")
    amina.reads(re.compile(r"All 13,731 rows read in"))
    commit(amina, "The tax office")
    amina.reads("Importing")
    amina.reads("The list is in. You can take all of it back for two weeks.")
    amina.follow("See your allies")
    amina.reads(re.compile(r"All 1[34],\d{3} allies"))
    amina.enter("Allies")
    amina.open(walk.home + "allies/imports/")
    amina.follow("eo_dc_2021-02.csv")
    undo(amina)
    amina.enter("Allies")
    expect(amina.page.get_by_role("heading", name=re.compile(r"^All \d{1,3} allies"))).to_be_visible()


def test_3_map(walk):
    walk.after(1, 2)
    amina = walk.amina
    for name in ("School Board", "Port Authority"):
        amina.enter("Allies")
        amina.follow("Add an ally")
        amina.fill({"Name": name, "Sector": "Government"})
        amina.press("Add this ally")
        amina.reads(f"{name} is on the list. Now say how much they care.")
    amina.enter("Allies")
    amina.fill({"Find": "School Board"})
    expect(amina.main.get_by_role("link", name="School Board", exact=True)).to_be_visible()
    expect(amina.main.get_by_role("link", name="Ally 100", exact=True)).to_have_count(0)
    rate(amina, "School Board", interest="4.5", influence="4.8")
    amina.reads(re.compile("1 of .* allies shown"))
    amina.open(walk.home + "allies/?q=Ally&sort=-name#list")
    expect(amina.main.get_by_role("row").nth(1)).to_contain_text("Ally 599")
    amina.main.get_by_role("link", name="Next", exact=True).click()
    expect(amina.main.get_by_text(re.compile(r"\d+ to \d+ of 596"))).to_be_visible()
    if walk.device == "desk":
        drag(amina)
    walk.steps_done.add(3)


def test_4_invite_an_organization(walk):
    walk.after(1)
    amina, rosa = walk.amina, walk.rosa
    amina.open(walk.home)
    invite(amina, rosa.email, "Northside Clinic")
    link = take_seat(rosa)
    assert rosa.page.url.endswith(walk.home)
    rosa.enter("Members")
    rosa.reads("Northside Clinic")
    other = Somebody(rosa.house, rosa.context.browser, walk.device, "Zed Else", f"zed.{walk.device}@else.example")
    with meeting(other):
        sign_up(other)
        elsewhere = start_coalition(other, f"Elsewhere {walk.device}", "Walkers United")
    assert rosa.open(elsewhere) == 404
    assert rosa.open(walk.home + "settings/") in {403, 404}, "a representative does not change settings"
    assert amina.open(link) in {404, 409, 410}
    amina.heading(re.compile("used"))
    rosa.context.clear_cookies()
    come_back_with_a_link(rosa)
    assert rosa.open(walk.home) == 200
    walk.steps_done.add(4)


def test_5_ask_everyone(walk):
    walk.after(4)
    amina, rosa = walk.amina, walk.rosa
    amina.open(walk.home)
    amina.enter("Common ground")
    amina.follow("Ask everyone one question")
    amina.fill({"Question": QUESTION, "Statements to begin with": "\n".join(STATEMENTS[:4])})
    amina.press("Keep the draft")
    amina.press("Put it to everyone")
    amina.reads(re.compile("0 of 2 organizations"))
    rosa.open(walk.home)
    rosa.follow(re.compile(re.escape(QUESTION)))
    answer_all(rosa, 4)
    rosa.follow("Write your own statement")
    rosa.fill({"Your statement": "Ask the children as well."})
    rosa.press("Add the statement")
    amina.open(walk.home)
    amina.follow(re.compile(re.escape(QUESTION)))
    answer_all(amina, 5)
    amina.follow(re.compile("Leave; answers are kept"))
    amina.reads("Every organization has been heard")
    walk.steps_done.add(5)


def test_6_see_the_common_ground(walk):
    walk.after(1)
    amina = walk.amina
    amina.open(walk.home)
    files = [
        {"name": name, "mimeType": "text/csv", "buffer": content} for name, content in round_from_elsewhere().items()
    ]
    bring_round(amina, "What did the valley say last year?", *files)
    amina.reads("What we agree on")
    ranked = csv_rows(amina.download(amina.main.get_by_role("link", name="CSV", exact=True).first))
    assert {row["statement"] for row in ranked[:3]} == {STATEMENTS[0], STATEMENTS[1], STATEMENTS[7]}
    amina.reads(re.compile("Method:"))
    walk.steps_done.add(6)


@pytest.mark.shared_data
def test_6_a_published_conversation_scores_as_published(walk, shared_data):
    walk.after(1)
    amina, folder = walk.amina, shared_data / "polis-opendata" / "brexit-consensus"
    amina.open(walk.home)
    bring_round(
        amina, "Can there be consensus on Brexit?", folder / "votes.csv", folder / "comments.csv",
        folder / "participants-votes.csv", source="Everyone already",
    )  # fmt: skip
    amina.reads(re.compile("statement 14, score 0.8505"))
    amina.reads(re.compile("The groups were declared with the answers"))
    ranked = csv_rows(amina.download(amina.main.get_by_role("link", name="CSV", exact=True).first))
    best = [(row["number"], row["score"]) for row in ranked[:4]]
    assert best == [("14", "0.8505"), ("19", "0.846"), ("1", "0.8343"), ("46", "0.825")]


@pytest.mark.shared_data
def test_6_a_published_conversation_is_read_as_a_report(walk, shared_data):
    """From the files as they were published to the page that is handed round, by its links alone."""
    walk.after(1)
    amina, folder = walk.amina, shared_data / "polis-opendata" / "scoop-hivemind.biodiversity"
    amina.open(walk.home)
    question = "How do we protect and restore what lives here?"
    bring_round(amina, question, folder / "votes.csv", folder / "comments.csv", source="Everyone already")
    amina.reads("What we agree on")
    finding = amina.page.get_by_role("heading", level=1).inner_text()
    found = amina.main.get_by_role("heading", level=3, name=re.compile(r"^Group [A-Z], \d+ people$")).all_inner_texts()
    amina.main.get_by_text("How we worked this out").first.click()
    amina.follow("A report to print")
    amina.heading(question)
    expect(amina.main.locator(".lede")).to_have_text(finding)
    assert re.match("Two groups agree on [0-9]+ things. First of all: “We need to care for the foundations", finding)
    assert len(found) == 2, "both groups are named, with how many people are in each"
    first = amina.main.get_by_role("region", name="What we agree on").get_by_role("listitem").first
    (published,) = [row for row in csv_rows((folder / "comments.csv").read_bytes()) if row["comment-id"] == "290"]
    expect(first).to_contain_text(published["comment-body"])
    expect(first).to_contain_text("statement 290, score 0.9255")
    for group in ("Group A", "Group B"):
        expect(first).to_contain_text(group)
    amina.reads(re.compile("529 voices, 29,188 answers, 154 statements"))


def test_7_decide(walk):
    walk.after(5, 6)
    amina, rosa = walk.amina, walk.rosa
    amina.open(walk.home + "decisions/how-we-decide/change/?kind=goal")
    amina.fill({"Name": "Charter 1", "How many must be in favor?": "50 %", "Days of notice": "0"})
    amina.press("Put this rule in force")
    amina.reads(re.compile("The new rule is in force."))
    amina.enter("Common ground")
    amina.follow("What did the valley say last year?")
    amina.follow("See the common ground")
    amina.main.get_by_role("link", name=re.compile("proposal", re.I)).first.click()
    amina.choose("A shared goal")
    amina.fill({"Title": "A guard at every school", "What we would do": "Hire guards.\n- eighteen gates"})
    amina.press("Save the draft")
    amina.press("Open the proposal")
    amina.press("Ask for reactions")
    amina.reads("Every active member was asked.")
    amina.press("We stand for this goal")
    amina.press("Put it to the decision")
    amina.reads("A goal needs two organizations that stand for it before it is decided.")
    decision = amina.page.url.removesuffix("next-phase/")
    rosa.open(decision)
    rosa.press("We stand for this goal")
    rosa.reads("Your organization stands for this goal.")
    amina.open(decision)
    amina.press("Put it to the decision")
    amina.main.get_by_role("link", name="See how everyone answered").click()
    amina.reads("What we agree on")
    amina.open(decision)
    stance(amina, "For", "Parents asked for it.")
    rosa.open(walk.home)
    rosa.follow(re.compile("A guard at every school"))
    stance(rosa, "Against", "We have no one to send.")
    amina.open(decision)
    amina.press("Close it and write it down")
    amina.reads("It is a shared goal now")
    expect(amina.main.get_by_role("heading", name=re.compile("^Adopted with dissent on"))).to_be_visible()
    expect(amina.main.get_by_role("link", name="Dissent 1 in our record")).to_be_visible()
    amina.reads(re.compile("We have no one to send."))
    walk.goal = decision
    walk.steps_done.add(7)


def test_8_plan(walk):
    walk.after(7)
    amina, rosa, today = walk.amina, walk.rosa, date.today()
    amina.open(walk.home)
    amina.enter("Plans")
    amina.follow("A guard at every school")
    amina.follow("Set an objective")
    amina.fill(
        {
            "Objective": "Guards at 18 gates", "What we measure": "Gates with a guard", "Unit": "gates",
            "Where we start": "0", "Measured on": today.isoformat(),
            "Where we want to be": "18", "By when": (today + timedelta(days=200)).isoformat(),
        }
    )  # fmt: skip
    amina.press("Save the objective")
    amina.reads("Guards at 18 gates")
    amina.open(walk.home + "plans/")
    amina.follow("A guard at every school")
    form = amina.main.get_by_role("form", name="A new task")
    amina.fill({"What shall be done?": "Train the guards", "Done when": "ten are trained"}, form)
    amina.press("Add the task", form)
    amina.heading("Train the guards")
    amina.main.get_by_label("Whom").select_option(label="Rosa Lindqvist, Northside Clinic")
    amina.press("Offer the part")
    rosa.open(walk.home)
    rosa.follow(re.compile("Train the guards"))
    rosa.press("Accept the task")
    rosa.reads(re.compile("accountable", re.I))
    amina.open(walk.home + "plans/tasks/")
    amina.reads(re.compile("accountable, accepted"))
    walk.steps_done.add(8)


def test_9_look_back(walk):
    walk.after(8)
    amina, rosa = walk.amina, walk.rosa
    for who, what in (
        (rosa, "Took a seat for Northside Clinic"),
        (rosa, "Took on “?Train the guards"),
        (amina, "Adopted with dissent on record: “?A guard at every school"),
        (amina, "Brought a list in: 600 allies added"),
        (amina, "Brought in a round from elsewhere"),
    ):
        assert written_down(amina, walk.home, who, what), f"{who.name}: {what}"
    amina.reads(re.compile(date.today().strftime("%Y")), amina.main)
    own_data(rosa, amina, f"Clean Air {walk.device}")
