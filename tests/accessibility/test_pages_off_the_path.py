"""axe on pages that no link of a coordinator leads to: those of others, forms that come back, and refusals."""

import re

import pytest

from tests.crawl import sign_in, sign_in_links
from tests.journeys.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

HOME = "/c/clean-air-for-kids/"
ROOM = HOME + "common-ground/"

#: Forms that ask for something, and are sent with every field left empty.
FORMS = [
    "/start/",
    *(HOME + path for path in ("members/add/", "invitations/new/", "groups/propose/", "settings/", "decisions/new/")),
    *(ROOM + path for path in ("ask/", "import/", "negotiations/new/", "breach/", "concerns/write/", "talks/begin/")),
    *(HOME + "allies/" + path for path in ("add/", "imports/new/", "network/add/", "ties/files/", "positions/files/")),
    *(HOME + "allies/" + path for path in ("words/add/", "menu/add/", "positions/name/")),
]


def test_answering_without_an_account(amina, visitor):
    host, looking = amina
    host.open(ROOM + "ask/")
    host.fill({"Question": "Where do we plant trees?", "Statements to begin with": "At every gate.\nAlong Mill Lane."})
    host.press("Keep the draft")
    host.press("Put it to everyone")
    host.open(host.page.url + "doors/")
    looking.look("ways in for people without an account")
    round_page = host.page.url
    looking.send("a link without a name", 422)
    for kind in ("Open", "Personal"):
        host.open(round_page)
        host.main.locator("[name=label]").fill(f"{kind} link at the school fair")
        host.main.locator("[name=most]").fill("3")
        host.main.locator(f"[name=kind][value={kind.lower()}]").check()
        with host.page.expect_navigation():
            host.press("Make it")
        looking.look(f"the sheet of an {kind} link")
        sealed = re.search(r"https?://\S+/by-link/[^\s\"<]+", host.page.content())
        assert sealed
        pages = visitor(f"{kind} Visitor")[1]
        pages.at(sealed[0])
        for shown in ("the second card", "nothing is left to answer"):
            with pages.page.expect_response(lambda answer: answer.request.method == "POST"):
                pages.page.get_by_role("button", name="Agree", exact=True).click()
            pages.page.wait_for_load_state("networkidle")
            pages.look(shown)
        host.open(round_page)
        host.press(re.compile("^Stop it"))
        pages.page.goto(sealed[0])
        pages.look("a link that was stopped")
        pages.done()
    looking.done()


def test_the_public_report(amina, visitor):
    """As everyone reads it, and as it stands in a frame of another site: as narrow as a phone."""
    host, looking = amina
    host.open(ROOM)
    results = host.main.locator("a[href$='/results/']").first.get_attribute("href")
    host.open(results + "public/")
    if host.page.get_by_role("button", name="Open the report to everyone").count():
        looking.look("a report that is closed")
        looking.press("Open the report to everyone")
    looking.look("a report that is open")
    address = host.main.get_by_role("link", name="See what everyone sees").get_attribute("href")
    pages = visitor("Report Reader")[1]
    pages.at(address)
    pages.at("/o/clean-air-for-kids/")
    pages.done()
    looking.done()


def test_what_only_a_facilitator_and_a_member_see(visitor, demo):
    links = sign_in_links(demo.log())
    for name, start, leading in (
        ("Mei", ROOM + "hands/", r"/hands/\d+/report/"),
        ("Mei", HOME, r"/live/\d+/"),
        ("Farid", ROOM + "negotiations/", r"/negotiations/\d+/"),
        ("Lucía", HOME, r"/common-ground/\d+/"),
    ):
        somebody, pages = visitor(name)
        sign_in(somebody.page, links[name])
        pages.at(start)
        for href in somebody.main.locator("a[href]").evaluate_all("links => links.map(link => link.href)"):
            if re.search(leading + "$", href):
                pages.at(href)
                break
        pages.done()


def test_pages_of_an_operator(visitor, demo):
    demo.command("operator", "otto@brandt.example", "--password-from-input", said=PASSWORD)
    otto, pages = visitor("Otto")
    otto.open("/accounts/login/")
    otto.fill({"Your e-mail address": "otto@brandt.example", "Password": PASSWORD})
    pages.press(re.compile("^Sign in$"))
    for path in ("/operator/jobs/", "/operator/deliveries/", "/"):
        pages.at(path)
    pages.done()


def test_forms_that_come_back(amina):
    host, pages = amina
    for path in FORMS:
        host.open(path)
        pages.send(f"{path} with nothing in it", 422, look=pages.look_on_a_phone)  # where there is least room
    pages.done()


def test_refusals(amina, visitor):
    host, pages = amina
    pages.at(HOME + "no-such-page/", 404)
    pages.at(HOME + "allies/999999/", 404)
    outside = visitor()[1]
    outside.at("/no-such-page/", 404)
    outside.done()
    post = """() => {
      const form = document.createElement("form");
      Object.assign(form, { method: "post", action: "ACTION", enctype: "multipart/form-data" });
      form.innerHTML = `FIELDS`;
      document.querySelector("main").append(form);
      form.submit();
    }"""
    host.open(HOME + "allies/add/")
    pages.send("a form from another site", 403, post.replace("ACTION", HOME + "allies/add/").replace("FIELDS", ""))
    host.open(HOME + "allies/add/")
    token = host.main.locator("[name=csrfmiddlewaretoken]").first.input_value()
    kept = f'<input name="csrfmiddlewaretoken" value="{token}">'
    field = kept + '${"<input name=more>".repeat(3000)}'
    pages.send("more than we take in", 413, post.replace("ACTION", HOME + "allies/add/").replace("FIELDS", field))
    host.open(ROOM)
    results = host.main.locator("a[href$='/results/']").last.get_attribute("href")
    host.open(results + "public/")
    done = "open/" if host.page.get_by_role("button", name="Take it back").count() else "take-back/"
    again = post.replace("ACTION", f"{results}public/{done}").replace("FIELDS", kept)
    pages.send("what somebody else has done meanwhile", 409, again)
    pages.done()
