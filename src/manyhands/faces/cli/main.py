"""`manyhands …`: everything an operator, a coordinator with a spreadsheet or an analyst does from a terminal."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

#: Django's own commands that an operator or developer needs; everything else is ours.
MANAGEMENT = frozenset(
    {"check", "collectstatic", "createcachetable", "dbshell", "makemessages", "makemigrations", "migrate"}
    | {"shell", "showmigrations", "sqlmigrate", "compilemessages", "clearsessions"}
)
#: Each module adds its own commands; none is loaded before it is needed, so that `analyse` starts without the site.
COMMANDS = {
    "analyse": "analyse",
    "import": "imports",
    "demo": "demo",
    "serve": "serve",
    "worker": "worker",
    "secret": "operators",
    "operator": "operators",
    "prepare": "operators",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 it failed, 2 it was asked wrongly."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manyhands.config.settings")
    if words and words[0] in MANAGEMENT:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manyhands", *words])
        return 0
    parser = argparse.ArgumentParser(prog="manyhands", description="Build a coalition and run it.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    asked = COMMANDS.get(words[0]) if words else None
    for module in dict.fromkeys([asked] if asked else COMMANDS.values()):
        importlib.import_module(f"manyhands.faces.cli.{module}").add_commands(commands)
    arguments = parser.parse_args(words)
    try:
        return int(arguments.run(arguments) or 0)
    except BrokenPipeError:
        # Somebody stopped reading, as `| head` does; that is no failure of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
