"""`manyhands import ties FILE [FILE] --coalition SLUG`: who is tied to whom, from a terminal."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

ASKED_WRONGLY = 2
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
    parser.add_argument("--coalition", required=True, metavar="SLUG", help="the coalition's word in its address")
    parser.add_argument("--kind", choices=KINDS, default="works with", help="what ties are where the file does not say")
    parser.add_argument("--source", default="", help="where the file comes from; kept with every tie")
    parser.add_argument(
        "--other-way-round", action="store_true", help="each row names those who fund, inform or move it"
    )
    parser.add_argument("--known-only", action="store_true", help="add nobody who is not among the allies yet")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    parser.add_argument("--json", action="store_true", help="answer for programs")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Import the file; 0 when done, 2 with one sentence when it cannot be."""
    import django

    django.setup()
    from django.conf import settings
    from django.db.utils import OperationalError, ProgrammingError

    from manyhands.practice.stakeholders.importing.reading import Unreadable
    from manyhands.practice.stakeholders.ties.actions import Refused

    paths = [Path(name) for name in arguments.files]
    if len(paths) > 2:
        return _refuse("A map has at most two files: elements and connections.")
    for path in paths:
        if not path.is_file():
            return _refuse(f"There is no file {path.name}.")
        if path.stat().st_size > settings.UPLOAD_LIMIT:
            limit = settings.UPLOAD_LIMIT // 1024 // 1024
            return _refuse(f"{path.name} is larger than {limit} MB (MANYHANDS_UPLOAD_LIMIT_MB). Split it.")
    try:
        answer = _import(arguments, paths)
    except (Asked, Refused, Unreadable) as problem:
        return _refuse(str(problem))
    except (OperationalError, ProgrammingError):
        return _refuse("The database cannot be used. Has `manyhands prepare` been run here?")
    print(json.dumps(answer, ensure_ascii=False) if arguments.json else _in_words(answer, dry=arguments.dry_run))
    return 0


class Asked(ValueError):
    """The command was asked for something that is not there."""


def _import(arguments: argparse.Namespace, paths: list[Path]) -> dict[str, Any]:
    from django.db import transaction

    from manyhands.foundation.access.rules import Actor
    from manyhands.foundation.coalitions.models import Coalition
    from manyhands.foundation.tenancy.scope import inside
    from manyhands.practice.stakeholders.ties import actions

    coalition = Coalition.objects.filter(slug=arguments.coalition).first()
    if coalition is None:
        raise Asked(f"There is no coalition “{arguments.coalition}”.")
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
    lines += [f"Row {row['row']:,}: {row['reason']}" for row in refused[:20]]
    if len(refused) > 20:
        lines.append(f"… and {len(refused) - 20:,} more; --json lists them all.")
    return "\n".join(lines)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return ASKED_WRONGLY
