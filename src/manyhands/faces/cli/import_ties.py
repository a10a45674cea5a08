"""`manyhands import ties FILE [FILE] --coalition SLUG`: who is tied to whom, from a terminal."""

import argparse
from pathlib import Path
from typing import Any

from .asked import Asked, add_how_to_answer, carry_out, coalition_called, refused_in_words, upload_called
from .starting import load_house

KINDS = ("works with", "knows", "funds", "influences", "informs", "opposes")


def add_to(imports: Any) -> None:
    """Add the command to `manyhands import`."""
    parser: argparse.ArgumentParser = imports.add_parser(
        "ties",
        help="bring in who is tied to whom (a list, a map from Kumu, GraphML, or a matrix)",
        description="Brings in ties, all of them or nothing. A list has the columns source and target, and if you "
        "like kind, level (0 to 5), date and since. A matrix has the same names across and down; a row is what that "
        "one says of the others. A map from Kumu is an .xlsx file with both sheets, or elements and connections as "
        "two files, or one of them. Rows are numbered as a spreadsheet numbers them: the header is row 1.",
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help="a CSV, .xlsx or .graphml file; two for a map in two")
    parser.add_argument("--kind", choices=KINDS, default="works with", help="what ties are where the file does not say")
    parser.add_argument("--source", default="", help="where the file comes from; kept with every tie")
    parser.add_argument(
        "--other-way-round", action="store_true", help="each row names those who fund, inform or move it"
    )
    parser.add_argument("--known-only", action="store_true", help="add nobody who is not among the allies yet")
    add_how_to_answer(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Import the file; 0 when done, 2 with one sentence when it cannot be."""
    load_house()
    from manyhands.practice.stakeholders.importing.reading import Unreadable
    from manyhands.practice.stakeholders.ties.actions import Refused

    return carry_out(
        lambda: _import(arguments, _files(arguments.files)),
        lambda answer: _in_words(answer, dry=arguments.dry_run),
        as_json=arguments.json,
        refusals=(Refused, Unreadable),
    )


def _files(names: list[str]) -> list[Path]:
    if len(names) > 2:
        raise Asked("A map has at most two files: elements and connections.")
    return [upload_called(name) for name in names]


def _import(arguments: argparse.Namespace, paths: list[Path]) -> dict[str, Any]:
    from django.db import transaction

    from manyhands.foundation.access.rules import Actor
    from manyhands.foundation.tenancy.scope import inside
    from manyhands.practice.stakeholders.ties import actions

    coalition = coalition_called(arguments.coalition)
    actor = Actor(coalition.pk, None, system="command line")
    names = " + ".join(path.name for path in paths)
    with inside(coalition.pk), transaction.atomic():
        listing = actions.try_ties(
            actor=actor,
            file=paths[0],
            second=paths[1] if len(paths) > 1 else None,
            filename=names,
            source=arguments.source or names,
            kind=arguments.kind,
            is_turned=arguments.other_way_round,
            adds_actors=not arguments.known_only,
        )
        refused = [{"row": row, "reason": reason} for row, reason in listing.content["refused"]]
        answer = {"ties": listing.count_ties, "added": listing.count_actors, **listing.content["counts"]}
        answer["refused"] = refused
        if arguments.dry_run:
            transaction.set_rollback(True)
        else:
            actions.bring_ties_in(actor=actor, listing=listing)
    return answer


def _in_words(answer: dict[str, Any], *, dry: bool) -> str:
    refused = answer["refused"]
    would = "would come" if dry else "came"
    lines = [f"{answer['ties']:,} ties {would} in, {answer['added']:,} new allies, {len(refused):,} rows refused."]
    changed, there = answer["changed_ties"] + answer["changed_allies"], answer["same"]
    lines += [f"{changed:,} change what is here, {there:,} say what is here already."] if changed or there else []
    return "\n".join([*lines, *refused_in_words(refused)])
