"""``manyhands analyse ...``: the analysis library from the command line, without database or settings."""

from typing import Any

from . import actors, common_ground, duplicates, network, package, proportional

#: One module for each analysis. Each adds its own command, and loads what it computes with only when it runs.
ANALYSES = (actors, common_ground, duplicates, network, package, proportional)


def add_commands(commands: Any) -> None:
    """Add ``analyse`` with one command for each analysis; ``arguments.run(arguments)`` then does it.

    Parameters
    ----------
    commands : argparse subparsers action
        Of ``manyhands``.
    """
    analyse = commands.add_parser("analyse", help="compute something from a file, without a database")
    analyses = analyse.add_subparsers(required=True, metavar="what")
    for analysis in ANALYSES:
        analysis.add_command(analyses)
