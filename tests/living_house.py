"""The house as people meet it: real web and worker processes, a real mail server, a real browser."""

import contextlib
import fcntl
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]

#: Chromium calls home at every start unless told not to.
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb"),
]

#: The links to sign in with stand above them, and come only after the site has begun to answer.
LAST_WORDS_OF_THE_DEMO = "Stop with Ctrl-C"


def find_browser() -> str | None:
    """Where a Chromium is on this machine, or None."""
    named = os.environ.get("MANYHANDS_BROWSER")
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return found or (str(mac) if mac.exists() else None)


@contextmanager
def open_browser() -> Iterator[object]:
    """A real Chromium, or a skip with a reason; in CI a missing one is a failure."""
    where = find_browser()
    if where is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have a Chromium; scripts/servers installs one.")
        pytest.skip("no Chromium on this machine; install your system's chromium package")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Mailbox:
    """Everything the house has mailed, as a real SMTP server received it."""

    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def wait_for(self, to: str, subject: str = "", seconds: float = 20) -> EmailMessage:
        """The newest letter to this address whose subject holds these words."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for letter in reversed(self.letters):
                if to in letter["To"] and subject.lower() in letter["Subject"].lower():
                    return letter
            time.sleep(0.1)
        raise AssertionError(
            f"no letter to {to} about “{subject}”; there are {[(m['To'], m['Subject']) for m in self.letters]}"
        )

    @staticmethod
    def link(letter: EmailMessage, containing: str = "http") -> str:
        """The first link in the plain text."""
        text = letter.get_body(preferencelist=("plain",)).get_content()
        found = [word.rstrip(".,>)") for word in re.findall(r"https?://\S+", text) if containing in word]
        assert found, text
        return found[0]


@dataclass
class House:
    """A running site: where it is, what it has mailed, where its data lie, and the way to stop it."""

    address: str
    mailbox: Mailbox
    folder: Path
    environment: dict[str, str]
    process: subprocess.Popen | None = None

    def command(self, *words: str, check: bool = True, said: str | None = None) -> subprocess.CompletedProcess:
        """Run `manyhands …` beside the running site; `said` is what somebody types into it."""
        return subprocess.run(
            [sys.executable, "-m", "manyhands", *words],
            cwd=PROJECT, env=self.environment, capture_output=True, text=True, check=check, input=said,
        )  # fmt: skip

    def start(self, *words: str, wait: float = 300, until_it_says: str = "") -> None:
        """Wait until the site answers and, after that, until its process has printed these words."""
        log = (self.folder / "log.txt").open("ab")
        said_before = log.tell()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "manyhands", *words],
            cwd=PROJECT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + wait
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            with (
                contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
                urllib.request.urlopen(f"{self.address}/healthz", timeout=2) as answer,
            ):
                if answer.status == 200 and until_it_says in self._said_since(said_before):
                    return
            time.sleep(0.1)
        raise AssertionError(f"the site did not start:\n{self.log()[-4000:]}")

    def log(self) -> str:
        return (self.folder / "log.txt").read_text(errors="replace")

    def _said_since(self, place: int) -> str:
        return (self.folder / "log.txt").read_bytes()[place:].decode(errors="replace")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(15)
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(5)


def new_database(folder: Path, like: str = "") -> str:
    """The address of SQLite in the folder, or of a PostgreSQL database of its own when the suite runs there.

    ``like`` is the address of a PostgreSQL database to copy.
    """
    url = os.environ.get("MANYHANDS_DATABASE_URL", "")
    if not url.startswith("postgres"):
        return f"sqlite:///{folder / 'house.sqlite3'}"
    import psycopg

    name = f"manyhands_house_{secrets.token_hex(4)}"
    copied = f" TEMPLATE {like.rpartition('/')[2]}" if like else ""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{copied}")
    return f"{url.rpartition('/')[0]}/{name}"


def drop_database(address: str) -> None:
    """Take a PostgreSQL database away that :func:`new_database` made; a file goes with its folder."""
    if not address.startswith("postgres"):
        return
    import psycopg

    with psycopg.connect(os.environ["MANYHANDS_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {address.rpartition('/')[2]} WITH (FORCE)")


def _environment(folder: Path, database: str) -> dict[str, str]:
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith("MANYHANDS_")},
        "PYTHONPATH": str(PROJECT / "src"),
        "MANYHANDS_MODE": "demo",
        "MANYHANDS_DATA_FOLDER": str(folder),
        "MANYHANDS_DATABASE_URL": database,
        "MANYHANDS_LOG_FORMAT": "text",
    }


@dataclass(frozen=True)
class Example:
    """The example coalition as it lies in a folder and a database: played once, copied for each house."""

    folder: Path
    database: str

    def copy_to(self, folder: Path) -> str:
        """Its files there, and the address of a database like its own."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return new_database(folder, like=self.database)


def play_once(folder: Path) -> Example:
    """The example in this folder, by the product's own command; who asks later, or meanwhile, gets the same."""
    folder.mkdir(exist_ok=True)
    data, address = folder / "data", folder / "address"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the workers of the tests ask at once
        if not address.exists():
            data.mkdir()
            database = new_database(data)
            address.write_text(database)
            subprocess.run(
                [sys.executable, "-m", "manyhands", "demo", "--load-only"],
                cwd=PROJECT, env=_environment(data, database), capture_output=True, text=True, check=True,
            )  # fmt: skip
    return Example(data, address.read_text())


def throw_away(folder: Path) -> None:
    """What `play_once` made there, once nobody needs it."""
    if (folder / "address").exists():
        drop_database((folder / "address").read_text())


@contextmanager
def living_house(
    folder: Path, *, example: Example | None = None, demo: bool = False, **settings: str
) -> Iterator[House]:
    """Start the site and its worker on a database of their own, with real mail; stop them afterwards.

    With the example coalition when a copy of it is given, or played here when ``demo`` is asked for.
    """
    from aiosmtpd.controller import Controller

    mailbox, port, mail_port = Mailbox(), free_port(), free_port()
    post_office = Controller(mailbox, hostname="127.0.0.1", port=mail_port)
    post_office.start()
    database = example.copy_to(folder) if example is not None else new_database(folder)
    environment = {
        **_environment(folder, database),
        "MANYHANDS_PORT": str(port),
        "MANYHANDS_SITE_ADDRESS": f"http://127.0.0.1:{port}",
        "MANYHANDS_MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        **settings,
    }
    house = House(f"http://127.0.0.1:{port}", mailbox, folder, environment)
    try:
        if demo or example is not None:
            house.start("demo", "--port", str(port), until_it_says=LAST_WORDS_OF_THE_DEMO)
        else:
            house.command("prepare")
            house.start("serve")
        yield house
    finally:
        house.stop()
        post_office.stop()
        drop_database(database)
