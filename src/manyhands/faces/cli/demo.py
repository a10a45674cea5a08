"""`manyhands demo`: the invented coalition, loaded once, and the site around it."""

import argparse
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from .starting import load_house


def add_commands(commands: argparse._SubParsersAction) -> None:
    demo = commands.add_parser("demo", help="try it: an invented coalition on this machine")
    demo.add_argument("--port", type=int, help="another port than 8000")
    demo.add_argument("--fresh", action="store_true", help="throw the example away and play it anew")
    demo.add_argument("--load-only", action="store_true", help="load the example and stop")
    demo.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    # The example has a folder of its own, so that it never meets a real coalition's data.
    os.environ.setdefault("MANYHANDS_DATA_FOLDER", str(Path("var") / "demo"))
    os.environ["MANYHANDS_MODE"] = "demo"
    port = arguments.port or int(os.environ.get("MANYHANDS_PORT", "8000"))
    os.environ.setdefault("MANYHANDS_SITE_ADDRESS", f"http://127.0.0.1:{port}")
    load_house()
    from django.conf import settings

    database, marker = settings.DATABASES["default"], settings.DATA_FOLDER / "example-is-whole"
    if arguments.fresh or not marker.exists():
        # Also when the last start was cut off in the middle of the story.
        _throw_away(database)
        marker.unlink(missing_ok=True)
    _load()
    marker.touch()
    if arguments.load_only:
        return 0
    from .serve import serve

    return serve(host="127.0.0.1", port=port, with_worker=True, on_ready=_say_where)


def _throw_away(database: Mapping[str, Any]) -> None:
    if not database["ENGINE"].endswith("sqlite3"):
        return  # a server's database is its operator's to empty
    for suffix in ("", "-wal", "-shm"):
        Path(str(database["NAME"]) + suffix).unlink(missing_ok=True)


def _load() -> None:
    from manyhands.demo.story import has_been_played, play

    from .operators import prepare

    prepare()
    if not has_been_played():
        print("Playing the year of an invented coalition …", flush=True)
        play()


def _say_where() -> None:
    """The address, and a link for each invented person one can be."""
    from django.conf import settings

    from manyhands.demo.cast import SIGN_IN_AS
    from manyhands.demo.story import home, person
    from manyhands.foundation.accounts.links import make_link

    lines = [
        "",
        f"  Manyhands is ready at {settings.SITE_ADDRESS}",
        "",
        "  Clean Air for Kids is an invented coalition. Sign in with one click as",
    ]
    for name, why in SIGN_IN_AS:
        link = make_link(person(name), next_url=home(), valid_for=timedelta(days=30), purpose="demo")
        lines += [f"    {name:<7} {why}", f"            {link}"]
    lines += ["", "  Mail is written to a folder, never sent. Stop with Ctrl-C.", ""]
    print("\n".join(lines), flush=True)
