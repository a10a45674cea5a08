"""The web process: gunicorn with threads, set up from the settings. ``python -m manyhands.faces.cli.serve.web``."""

import argparse
import gc
import os
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

from .orphans import leave_when_stdin_closes

#: When asked to stop, requests that are being answered get this long.
FAREWELL_SECONDS = 3


class Web(BaseApplication):  # type: ignore[misc]
    """Gunicorn without its own command line or configuration files."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        # By name, as a server is told it: a face does not import what wires the house.
        return import_app("manyhands.config.wsgi:application")


def options(host: str, port: int, processes: int, threads: int) -> dict[str, Any]:
    """What gunicorn is told."""
    memory = Path("/dev/shm")  # noqa: S108  heartbeats on a slow disk would make healthy processes look dead
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        # Read once, before the processes part: they share its memory, and the site answers sooner.
        "preload_app": True,
        "worker_class": "gthread",
        "workers": processes,
        "threads": threads,
        "graceful_timeout": FAREWELL_SECONDS,
        "timeout": 120,
        "keepalive": 15,
        "loglevel": "warning",
        "control_socket_disable": True,
        "worker_tmp_dir": str(memory) if memory.is_dir() and os.access(memory, os.W_OK) else None,
        "when_ready": when_ready,
    }


def when_ready(_server: Any) -> None:
    """Before the processes part: what is loaded stays loaded, so no collection need touch, and thereby copy, it."""
    gc.collect()
    gc.freeze()
    leave_when_stdin_closes()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--processes", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    given = parser.parse_args()
    Web(options(given.host, given.port, given.processes, given.threads)).run()


if __name__ == "__main__":
    main()
