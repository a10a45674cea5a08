"""Keeps the house's processes alive, and ends them all together."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

#: From being told to stop to the end of the last process, at most.
STOP_SECONDS = 4.5
LONGEST_PAUSE = 30.0
#: A process that lived this long was well; when it dies, the counting begins anew.
WELL_AFTER = 60.0
#: A site that dies this often before its first answer will not be helped by another try.
HOPELESS_AFTER = 4


@dataclass
class Child:
    """One process, its command, and how often it has died in a row."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    deaths: int = 0
    start_after: float = 0.0

    def start(self) -> None:
        """Begin, in a group of its own, so that Ctrl-C reaches only the supervisor and nothing outlives its group."""
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", *self.command], stdin=subprocess.PIPE, start_new_session=True
        )

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def bury(self) -> None:
        """After a death: end what is left of its group, and wait longer each time before the next start."""
        self.signal(signal.SIGKILL)
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
        self.process = None
        self.deaths = 1 if time.monotonic() - self.began > WELL_AFTER else self.deaths + 1
        self.start_after = time.monotonic() + min(0.5 * 2 ** (self.deaths - 1), LONGEST_PAUSE)

    def signal(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


@dataclass
class Supervisor:
    """Starts its children, restarts those that die, and stops them all when told to.

    ``on_ready`` is called once, from a thread of its own, when the site answers.
    """

    children: list[Child]
    address: tuple[str, int]
    on_ready: Callable[[], Any] | None = None
    stopping: threading.Event = field(default_factory=threading.Event)
    answered: threading.Event = field(default_factory=threading.Event)

    def run(self) -> int:
        """Supervise until SIGTERM or SIGINT. Returns 0, or 1 if the site cannot be started."""
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        threading.Thread(target=self._wait_for_an_answer, daemon=True).start()
        hopeless = False
        try:
            while not self.stopping.wait(0.1) and not hopeless:
                hopeless = self._look_after_all()
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        return 1 if hopeless else 0

    def _stop(self, *_: Any) -> None:
        self.stopping.set()

    def _look_after_all(self) -> bool:
        """Start whoever is not there; True if there is no point in going on."""
        for child in self.children:
            if child.process is not None and not child.is_alive():
                status = child.process.returncode
                child.bury()
                print(f"The {child.name} ended ({status}); it starts again.", file=sys.stderr, flush=True)
            if child.process is None:
                if child.deaths >= HOPELESS_AFTER and not self.answered.is_set():
                    print(f"The {child.name} cannot be started; the lines above say why.", file=sys.stderr)
                    return True
                if time.monotonic() >= child.start_after:
                    child.start()
        return False

    def _end_all(self) -> None:
        until = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if child.process is not None:
                # The leader only: gunicorn tells its own processes, and they finish what they are answering.
                with contextlib.suppress(ProcessLookupError):
                    child.process.send_signal(signal.SIGTERM)
        for child in self.children:
            if child.process is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.0, until - time.monotonic()))
                child.signal(signal.SIGKILL)
                child.process.wait()

    def _wait_for_an_answer(self) -> None:
        while not self.stopping.wait(0.1):
            link = http.client.HTTPConnection(*self.address, timeout=5)
            try:
                link.request("GET", "/healthz")
                link.getresponse()
            except (OSError, http.client.HTTPException):
                continue
            finally:
                link.close()
            self.answered.set()
            if self.on_ready is not None:
                self.on_ready()
            return
