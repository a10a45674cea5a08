"""Progress told past an open transaction, on the embedded database.

Whoever writes to SQLite is alone: while a job's transaction is open nobody else can write, and nobody sees what it
wrote. A page that waits would see no progress until the very end. So it is noted in a small file beside the database,
which web and worker share. PostgreSQL needs none of this: there a second connection says it.
"""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection


def tells_aside() -> bool:
    """Is this the database where only a file can speak during a transaction?"""
    return connection.vendor == "sqlite"


def say_aside(run_id: int, lease: str, said: dict[str, Any]) -> None:
    """Note how far a run is; readers see the old note or the new one, never half of one."""
    path = _path(run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{lease[:8]}")
    fresh.write_text(json.dumps({"lease": lease, **said}), encoding="utf-8")
    os.replace(fresh, path)


def read_aside(run_id: int | None, lease: str | None) -> dict[str, Any] | None:
    """What was noted by the holder of this lease, or None."""
    if run_id is None or not lease or not tells_aside():
        return None
    try:
        said = json.loads(_path(run_id).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return said if said.pop("lease", "") == lease else None


def forget_aside(run_id: int) -> None:
    """Take the note away once the run is over."""
    if tells_aside():
        _path(run_id).unlink(missing_ok=True)


def _path(run_id: int) -> Path:
    return Path(settings.DATA_FOLDER) / "progress" / f"{int(run_id)}.json"
