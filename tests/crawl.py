"""Finds every page a person can reach by clicking, one or two of each kind."""

import re
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

#: Addresses that are not pages: files, fragments and things that end the visit.
NOT_PAGES = re.compile(r"/static/|\.csv|format=csv|/logout|/export|/download|/healthz|/readyz|[?&]page=|\.json")

#: By attribute: a link inside a drawing has no plain `href` of its own.
ABSOLUTE = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"


@dataclass(frozen=True)
class Found:
    """One page: the name of its kind, and where it is."""

    name: str
    path: str


def sign_in_links(log: str) -> dict[str, str]:
    """The one-click links that `manyhands demo` prints, by first name."""
    found = re.findall(r"^ {4}(\w+) .*\n\s+(http\S+)", log, re.M)
    assert found, f"the demo printed no links:\n{log[-2000:]}"
    return dict(found)


def sign_in(page, link: str) -> None:
    """Follow a one-click link and press the one button behind it."""
    page.goto(link)
    page.get_by_role("button").and_(page.locator("main button, main input[type=submit]")).first.click()
    page.wait_for_load_state()


def crawl(
    page,
    address: str,
    start: str = "/",
    of_each: int = 1,
    limit: int = 500,
    look: Callable[[Found], None] | None = None,
) -> list[Found]:
    """Walk from page to page over links, visiting at most `of_each` pages of one kind; `look` is called on each."""
    todo, seen, kinds, found = deque([start]), {start}, Counter(), []
    while todo and len(found) < limit:
        path = todo.popleft()
        name = kind_of(path)
        if name is None or kinds[name] >= of_each:
            continue
        answer = page.goto(urljoin(address, path))
        if answer is None or answer.status >= 400:
            raise AssertionError(f"{path} answers {answer and answer.status}")
        if "text/html" not in (answer.headers.get("content-type") or ""):
            continue
        landed = urlsplit(page.url)
        if kind_of(landed.path) != name:
            path, name = landed.path, kind_of(landed.path)
            if name is None or kinds[name] >= of_each:
                continue
        kinds[name] += 1
        found.append(Found(name, path))
        for href in page.eval_on_selector_all("a[href]", ABSOLUTE):
            parts = urlsplit(href)
            next_path = parts.path + (f"?{parts.query}" if parts.query else "")
            if href.startswith(address) and next_path not in seen and not NOT_PAGES.search(next_path):
                seen.add(next_path)
                todo.append(next_path)
        if look is not None:
            look(found[-1])
    assert len(found) < limit, f"more than {limit} kinds of pages: raise the limit, or some are never looked at"
    return found


def kind_of(path: str) -> str | None:
    """The name of the view behind a path; pages with a tab or filter in the query are the same kind."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None
