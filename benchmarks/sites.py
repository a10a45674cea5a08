"""Our site and the floor beside it: started alike, asked by the same client, and how much memory each takes."""

import http.client
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
ADMIN = os.environ.get("DATABASE_URL", "postgres://manyhands_tests:manyhands_tests@127.0.0.1/manyhands_tests")


def serve_floor(application: str, port: int, environment: dict[str, str]) -> subprocess.Popen:
    """Plain Django, in two processes of four threads."""
    words = ["-w", "2", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{port}", "--keep-alive", "30"]
    return _serve(["gunicorn", application, *words, "--log-level", "error"], port, environment)


def serve_ours(port: int, environment: dict[str, str]) -> subprocess.Popen:
    """Manyhands, in as many processes and threads, started as `manyhands serve` starts it."""
    words = ["--host", "127.0.0.1", "--port", str(port), "--processes", "2", "--threads", "4"]
    return _serve(["manyhands.faces.cli.serve.web", *words], port, environment)


def _serve(words: list[str], port: int, environment: dict[str, str]) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-m", *words], stdin=subprocess.PIPE,  # ours leaves when its standard input ends
        cwd=PROJECT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{words[0]} did not start")


def run_python(code: str, environment: dict[str, str]) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise SystemExit(ran.stderr[-3000:])
    return ran.stdout.strip().splitlines()[-1]


@dataclass
class Memory:
    """Megabytes of one process: all that it sees, and what falls to it once shared pages are divided among sharers."""

    seen: float
    share: float


def memory(pid: int) -> list[Memory]:
    """Of a server's first process and then of those that answer."""
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout.split()
    found = [Path(f"/proc/{process}/smaps_rollup").read_text() for process in (str(pid), *children)]
    return [Memory(_megabytes("Rss", text), _megabytes("Pss", text)) for text in found]


def _megabytes(word: str, text: str) -> float:
    found = re.search(rf"^{word}:\s+(\d+) kB", text, re.M)
    return int(found.group(1)) / 1024 if found else 0.0


def told(floor: list[Memory], ours: list[Memory]) -> str:
    """The memory of both servers, in words."""
    each = " and ".join(f"{process.seen:.0f} MB" for process in ours[1:])
    whole = {name: sum(process.share for process in side) for name, side in (("ours", ours), ("floor", floor))}
    return (
        f"Each of our two processes that answer sees {each}, much of it shared; with the process that started them they "
        f"take {whole['ours']:.0f} MB of the machine, {whole['ours'] / 2:.0f} MB for each that answers. "
        f"The floor's three take {whole['floor']:.0f} MB."
    )
