"""What people do at the nine steps: bring a list, rate, answer, take a stance."""

import csv
import io
import json
import re
from pathlib import Path

from playwright.sync_api import expect

from .people import Somebody


def bring_list(amina: Somebody, name: str, content: bytes | Path) -> None:
    """Upload, and land on the page that matches columns."""
    amina.enter("Allies")
    amina.follow("Import a list")
    file = content if isinstance(content, Path) else {"name": name, "mimeType": "text/csv", "buffer": content}
    amina.main.get_by_label(re.compile("^The list")).set_input_files(file)
    amina.press("Upload the list")
    amina.heading("Match columns")


def commit(amina: Somebody, source: str) -> None:
    amina.fill({"Where does this list come from?": source})
    amina.press(re.compile("^Import .* rows?$"))


def undo(amina: Somebody) -> None:
    amina.press("Undo this import")
    amina.press("Undo the import", amina.page.get_by_role("dialog"))
    amina.reads("The list has been taken back.")


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rate(amina: Somebody, ally: str, interest: str, influence: str) -> None:
    """By the form beside the map."""
    amina.follow(ally)
    amina.heading(ally)
    amina.follow("Rate on the map")
    amina.fill({"Interest": interest, "Influence": influence, "What do you base this on?": "Their last vote."})
    amina.press("Save rating")
    amina.reads(re.compile("One member has rated them"))


def drag(amina: Somebody) -> None:
    """A point of the map is taken to another place; the form takes the place over and is saved."""
    amina.enter("Allies")
    point = amina.page.locator("[data-ally-map] a[data-ally]", has_text="School Board")
    box, plot = point.locator("circle.ring").bounding_box(), amina.page.locator("[data-ally-map]").bounding_box()
    mouse = amina.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(plot["x"] + plot["width"] * 0.3, plot["y"] + plot["height"] * 0.7, steps=6)
    mouse.up()
    amina.reads("The point was moved. It stays there once you save.")
    assert float(amina.main.get_by_label("Interest", exact=True).input_value()) < 3
    amina.fill({"What do you base this on?": "A talk last night."})
    amina.press("Save rating")
    expect(point).to_have_attribute("aria-label", re.compile(r"interest 2\.\d"))


def answer_all(somebody: Somebody, statements: int) -> None:
    """One card after the other: with keys at a desk, with the thumb on a phone; the first one is taken back once."""
    ways = {"a": "Agree", "d": "Disagree", "p": "Pass"}
    said = {"a": "You agreed", "d": "You disagreed", "p": "You passed"}

    def give(key: str) -> None:
        if somebody.device == "desk":
            somebody.page.keyboard.press(key)
        else:
            somebody.page.get_by_role("button", name=ways[key], exact=True).tap()

    if somebody.page.get_by_role("link", name=re.compile("^Answer")).count():
        somebody.follow(re.compile("^Answer"))
    card = somebody.page.locator("[data-card] blockquote")
    first = card.inner_text()
    give("d")
    somebody.reads(re.compile("You disagreed with"))
    somebody.page.keyboard.press("u") if somebody.device == "desk" else somebody.press("Undo")
    expect(card).to_have_text(first)
    for at in range(statements):
        now, key = card.inner_text(), "adp"[at % 3]
        give(key)
        somebody.reads(re.compile(re.escape(f"{said[key]} {'on' if key == 'p' else 'with'} “{now[:20]}")))
    somebody.reads("You have answered everything there is.")


def bring_round(amina: Somebody, question: str, votes, comments, groups=None, source: str = "Only we") -> None:
    amina.enter("Common ground")
    amina.follow("Bring in a round")
    amina.fill({"Question": question})
    for label, file in (("Votes", votes), ("Comments", comments), ("Groups", groups)):
        if file is not None:
            amina.main.get_by_label(re.compile(f"^{label}")).set_input_files(file)
    amina.choose(source)
    amina.press("Try first")
    amina.heading("This would come in")
    amina.press("Bring it in")
    amina.heading("The round is in")
    amina.follow("See the common ground")


def stance(somebody: Somebody, choice: str, reason: str) -> None:
    somebody.choose(choice)
    somebody.fill({"Why?": reason})
    somebody.press("Put our stance on record")
    somebody.reads(re.compile(re.escape(reason)))


def written_down(reader: Somebody, home: str, who: Somebody, what: str) -> int:
    """How many lines say that this person did this."""
    reader.open(f"{home}ledger/?q={who.name.split()[0]}")
    reader.heading("Look back")
    found = 0
    while True:
        found += reader.main.get_by_role("row", name=re.compile(f"{who.name}.*({what})", re.S)).count()
        onward = reader.main.get_by_role("link", name="Next")
        if not onward.count():
            return found
        before = reader.main.get_by_role("status").inner_text()
        onward.click()
        expect(reader.main.get_by_role("status")).not_to_have_text(before)


def own_data(rosa: Somebody, amina: Somebody, coalition: str) -> None:
    """Everything about Rosa in one file, and nothing that belongs to others."""
    rosa.open("/accounts/data/")
    file = rosa.download(rosa.page.get_by_role("button", name="Download everything")).decode()
    assert isinstance(json.loads(file), dict)
    for hers in (rosa.email, rosa.name, coalition, "We have no one to send.", "Ask the children as well."):
        assert hers in file, hers
    assert amina.email not in file
