"""`manyhands import vcards FILE --coalition SLUG`: address cards as possible allies, from a terminal."""

import argparse
from pathlib import Path
from typing import Any

from . import import_stakeholders as stakeholders
from .asked import refuse


def add_to(imports: Any) -> None:
    """Add the command to `manyhands import`."""
    parser: argparse.ArgumentParser = imports.add_parser(
        "vcards",
        help="bring in address cards (vCard 2.1, 3.0, 4.0) as possible allies",
        description="Brings in a file of address cards, all of it or nothing. A card that breaks the rules is refused "
        "with its number, counted from 1, and the reason; the others come in.",
    )
    parser.add_argument("file", metavar="FILE", help="a .vcf file")
    stakeholders.add_questions(parser)
    parser.set_defaults(run=run, mapping=None)


def run(arguments: argparse.Namespace) -> int:
    """Import the file; 0 when done, 2 with one sentence when it cannot be."""
    from manyhands.practice.stakeholders.importing.cards import is_card_file

    path = Path(arguments.file)
    if path.is_file():
        with path.open("rb") as file:
            if not is_card_file(file.read(4096)):
                return refuse(f"{path.name} holds no address cards: it does not begin with BEGIN:VCARD.")
    return stakeholders.run(arguments)
