"""`manyhands import …`: lists and rounds from files, through the same actions as the pages."""

import argparse
import importlib.util
from typing import Any


def add_commands(subparsers: Any) -> None:
    """Add `import`, with one command for each kind of file."""
    parser: argparse.ArgumentParser = subparsers.add_parser("import", help="bring in a list or a round from a file")
    imports = parser.add_subparsers(dest="what", required=True, metavar="what")
    for name in ("import_stakeholders", "import_vcards", "import_ties", "import_positions", "import_responses"):
        module = f"{__package__}.{name}"
        if importlib.util.find_spec(module) is not None:
            importlib.import_module(module).add_to(imports)
