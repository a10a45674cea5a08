"""The people of `benchmarks/round_load.py`: what each asks next, over kept connections, and how long it takes."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks.pages import Measured

STATEMENTS, EACH, CONNECTIONS = 300, 20, 4
FLOOR, OURS = 8811, 8812
SLUG = "one-hundred-thousand"
HOME = f"/c/{SLUG}/common-ground/"
TOKEN = "a" * 32  # the same in cookie and header is what the check asks for


@dataclass
class Call:
    """One request: how, where, who, and what it brings."""

    method: str
    path: str
    session: str = ""
    words: dict[str, Any] | None = None
    htmx: bool = False


def send(connection: http.client.HTTPConnection, call: Call) -> http.client.HTTPResponse:
    headers = {"Cookie": f"sessionid={call.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
    if call.htmx:
        headers["HX-Request"] = "true"
    if call.words is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(call.method, call.path, urlencode(call.words or {}), headers)
    return connection.getresponse()


def measure(port: int, calls: Callable[[int], Iterator[Call]], seconds: float) -> Measured:
    """Ask from a few kept connections, each with calls of its own."""
    took: list[float] = []
    failed = 0
    until = time.perf_counter() + seconds

    def ask(number: int) -> None:
        nonlocal failed
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for call in calls(number):
            if time.perf_counter() > until:
                break
            began = time.perf_counter()
            answer = send(connection, call)
            answer.read()
            took.append(time.perf_counter() - began)
            # Whoever is sent to sign in, or back with a complaint, has recorded nothing.
            failed += answer.status not in {200, 302} or "login" in (answer.getheader("Location") or "")
        connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = sorted(took)
    return Measured(len(took) / seconds, statistics.median(ordered), ordered[int(len(ordered) * 0.95)], failed)


def once(call: Call, wanted: int = 200) -> tuple[float, int, str]:
    """One request on a connection of its own: seconds, bytes, and the body's beginning."""
    connection = http.client.HTTPConnection("127.0.0.1", OURS, timeout=300)
    began = time.perf_counter()
    answer = send(connection, call)
    head = answer.read(200_000)
    size = len(head)
    while more := answer.read(1 << 20):
        size += len(more)
    connection.close()
    if answer.status != wanted:
        raise SystemExit(f"{call.path} answered {answer.status}: {head[:300]!r}")
    return time.perf_counter() - began, size, head.decode(errors="replace")


def recorders(made: dict[str, Any], kind: str, htmx: bool = False) -> Callable[[int], Iterator[Call]]:
    """Everybody's next answers, in turns: always a statement that this person has not answered."""

    def calls(number: int) -> Iterator[Call]:
        people = made[kind][number::CONNECTIONS]
        for turn in range(STATEMENTS):
            for person in people:
                if not person["left"]:
                    continue
                statement = person["left"].pop()
                words = {"answer": ("agree", "disagree", "pass")[turn % 3]}
                if kind == "seated":
                    yield Call("POST", f"{HOME}answer/{statement}/", person["session"], words, htmx)
                else:
                    words |= {"statement": statement}
                    yield Call("POST", f"{HOME}by-link/{person['seal']}/answer/", "", words, htmx)

    return calls


def floor_recorders(keys: list[str]) -> Callable[[int], Iterator[Call]]:
    def calls(number: int) -> Iterator[Call]:
        stride = STATEMENTS // EACH
        for turn in range(STATEMENTS):
            for at in range(number, len(keys), CONNECTIONS):
                # A statement of each stretch in turn: some were answered, most were not, as with us.
                statement = turn % EACH * stride + turn // EACH + 1
                yield Call("POST", f"/answer/{at + 1}/{statement}/", keys[at], {"answer": turn % 3 - 1})

    return calls


def same(*calls: Call) -> Callable[[int], Iterator[Call]]:
    def forever(number: int) -> Iterator[Call]:
        while True:
            yield from calls

    return forever
