"""What people are told and led to: nothing that waits for them is lost, and no link ends before a closed door."""

import re
from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client

from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.coalitions.waiting import Waits, awaiting
from manyhands.foundation.tenancy.scope import inside
from manyhands.foundation.ui import awaiting as gathering
from tests.crawl import NOT_PAGES, kind_of

OF_EACH = 2
#: What a link does rather than shows, or where a page would send us on for ever.
ENDS_THE_VISIT = re.compile(r"/accounts/(logout|link)/")


class Links(HTMLParser):
    """The addresses a page links to, within this site."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.found = here, []

    def handle_starttag(self, tag, attrs):
        href = dict(attrs).get("href")
        if tag != "a" or not href or href.startswith(("#", "mailto:", "tel:")):
            return
        parts = urlsplit(href)
        if parts.netloc in {"", "testserver"}:
            self.found.append((parts.path or self.here) + (f"?{parts.query}" if parts.query else ""))


def dead_ends(client: Client, start: str) -> tuple[list[str], int]:
    """Links that answer with an error, each with the page that has it; and how many kinds of page were opened."""
    todo, seen, kinds, broken = deque([(start, "the start")]), {start}, Counter(), []
    while todo:
        address, led_by = todo.popleft()
        kind = kind_of(urlsplit(address).path)
        if kind is None or kinds[kind] >= OF_EACH or NOT_PAGES.search(address) or ENDS_THE_VISIT.search(address):
            continue
        kinds[kind] += 1
        answer = client.get(address)
        if answer.status_code >= 400:
            broken.append(f"{led_by} leads to {address}, which answers {answer.status_code}")
        if answer.status_code in {301, 302}:
            following = [answer.url]
        elif "text/html" in answer.headers.get("Content-Type", "") and not answer.streaming:
            links = Links(address)
            links.feed(answer.text)
            following = links.found
        else:
            continue
        for each in following:
            if each not in seen:
                seen.add(each)
                todo.append((each, address))
    return broken, len(kinds)


@pytest.mark.parametrize("name", ["Mei", "Farid", "Lucía"])
def test_every_link_leads_somewhere(example, name):
    with inside(example.pk):
        seat = next(seat for seat in Seat.objects.filter(left_at=None) if seat.name.startswith(name))
    client = Client()
    client.force_login(seat.person)
    broken, kinds = dead_ends(client, f"/c/{example.slug}/")
    assert not broken, "\n".join(broken)
    assert kinds > 60, f"only {kinds} kinds of page were found"


def test_with_and_without_asking_first_the_same_things_wait(example):
    with inside(example.pk):
        told = {}
        for seat in Seat.objects.filter(left_at=None):
            actor = actor_for(seat)
            everything = [item for source in gathering._sources for item in source(actor)]
            found = awaiting(actor)
            assert {(item.kind, item.title, item.url) for item in found} == {
                (item.kind, item.title, item.url) for item in everything
            }, seat.name
            told[seat.name] = len(found)
    assert sum(told.values()) > 20, told


def test_every_source_says_when_it_has_something(example):
    assert not [source for source, when in gathering._sources.items() if when is None], "asked at every look"
    assert not [source for source in gathering._sources if not isinstance(source, Waits)], "asked by itself"
