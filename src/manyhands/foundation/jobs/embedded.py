"""The worker that needs nothing but the database: a few threads that look for work, and a pulse that keeps leases."""

import logging
import os
import signal
import threading
import time
from typing import Any

from django.db import close_old_connections, connection

from .beat import keep_beating
from .leases import give_back, take_next
from .pulse import Pulse
from .worker import perform

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.2
#: How long running work may take to stop by itself; then it is given back and the process ends.
PATIENCE_SECONDS = 3.0


class EmbeddedWorker:
    """Takes due work from the database and does it, until told to stop.

    Parameters
    ----------
    threads
        How many pieces are done at the same time, so that one long import does not hold up a short mail.
    """

    def __init__(self, threads: int = 2) -> None:
        self.threads = [
            threading.Thread(target=self._work, name=f"work-{number}", daemon=True) for number in range(threads)
        ]
        self.pulse = Pulse()
        self.enough = threading.Event()

    def run(self) -> int:
        """Work until SIGTERM or SIGINT; returns 0 once every lease is finished or given back."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        self.pulse.start()
        for thread in self.threads:
            thread.start()
        log.info("the worker looks for work")
        keep_beating(self.enough)
        self._leave()
        return 0

    def stop(self, *_: Any) -> None:
        """Take no more work, and ask running work to stop at its next word of progress."""
        self.enough.set()
        self.pulse.stop_all()

    def _work(self) -> None:
        while not self.enough.is_set():
            try:
                run = take_next(leaving=self.pulse.held)
                if run is not None:
                    perform(run, self.pulse)
                    connection.close()
                    continue
                close_old_connections()
            except Exception as error:
                log.error("the worker stumbled: %s", type(error).__name__)
                connection.close()
                self.enough.wait(1)
            self.enough.wait(IDLE_SECONDS)
        connection.close()

    def _leave(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        for thread in self.threads:
            self.pulse.stop_all()
            thread.join(max(0.0, until - time.monotonic()))
        if not any(thread.is_alive() for thread in self.threads):
            self.pulse.end()
            return
        # Work that says no word of progress: its lease goes back, and this process ends under it. On SQLite the
        # work itself may hold the only pen; then we cannot write, and the lease runs out by itself.
        giving = threading.Thread(target=self._give_all_back, daemon=True)
        giving.start()
        giving.join(1.0)
        logging.shutdown()
        os._exit(0)

    def _give_all_back(self) -> None:
        for progress in list(self.pulse.held.values()):
            give_back(progress.run)
