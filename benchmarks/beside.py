"""What small measurements share: each side in a process of its own, a peer's own environment, and the table."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SEED = 2026
REPEAT = 3


def child(sides: dict[str, Callable[[dict[str, np.ndarray]], dict[str, Any]]]) -> bool:
    """Run the one side this process was begun for, and print what it cost; False where it was begun for none."""
    if len(sys.argv) < 2 or sys.argv[1] != "--child":
        return False
    found = sides[sys.argv[2]](dict(np.load(sys.argv[3])))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found["peak"] = peak / (1024**3 if sys.platform == "darwin" else 1024**2)  # GB
    print(json.dumps(found))
    return True


def run(
    script: str, side: str, made: dict[str, np.ndarray], python: str = sys.executable, repeat: int = REPEAT
) -> dict:
    """The quickest of several runs of one side, each in a fresh process with one thread."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")] if python == sys.executable else [str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.npz"
        np.savez(file, **made)
        found = []
        for _ in range(repeat):
            done = subprocess.run(
                [python, script, "--child", side, str(file)],
                capture_output=True,
                text=True,
                env=environment,
                check=False,
            )
            if done.returncode:
                raise SystemExit(f"{side} failed:\n{done.stderr[-2000:]}")
            found.append(json.loads(done.stdout.strip().splitlines()[-1]))
    return min(found, key=lambda each: each["cpu"])


def environment_with(name: str, wanted: str, *installs: Sequence[str]) -> str:
    """The Python of a virtual environment of a peer's own, made the first time; ``wanted`` must run in it."""
    place = ROOT / "var" / "benchmarks" / name
    python = str(place / "bin" / "python")
    if not Path(python).exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    if subprocess.run([python, "-c", wanted], capture_output=True, check=False).returncode:
        for words in installs:
            subprocess.run([python, "-m", "pip", "install", "-q", *words], check=True)
    return python


def environment_or_none(name: str, wanted: str, installs: Sequence[str], without: str) -> str | None:
    """The same where a run without the peer is of use too: None, and ``without`` is said, if it cannot be installed."""
    try:
        return environment_with(name, wanted, installs)
    except subprocess.CalledProcessError:
        print(without)
        return None


def computer(*packages: str) -> str:
    """Where this was measured, and with what."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [row.split(":", 1)[1].strip() for row in info.read_text().splitlines() if row.startswith("model name")]
        cpu = names[0] if names else cpu
    used = ", ".join(f"{name} {version(name)}" for name in packages)
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {used}"


def machine(*packages: str) -> str:
    """When and where this was measured, and with what."""
    return f"{time.strftime('%-d %B %Y')}. {computer(*packages)}. Load when it began: {os.getloadavg()[0]:.1f}."


def write(name: str, *blocks: Sequence[str]) -> None:
    """Write the result, its blocks one after the other, and print it."""
    text = "\n\n".join("\n".join(block) for block in blocks) + "\n"
    place = ROOT / "benchmarks" / "results" / name
    place.write_text(text)
    print(text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(row) + " |" for row in rows)]
