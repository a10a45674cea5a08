"""`manyhands import positions FILE` and `manyhands import influence FILE`: surveys of actors, from a terminal."""

import argparse
import json
from pathlib import Path
from typing import Any

from .asked import Asked, add_how_to_answer, carry_out, coalition_called, day_called, refused_in_words, upload_called
from .starting import load_house

HOLDS = {
    "positions": "who stands where on what (a matrix of actors and issues, or a list)",
    "influence": "who finds whom influential (a matrix of actors, or a list)",
}
_PARTS = ("values", "issues")


def add_to(imports: Any) -> None:
    """Add both commands to `manyhands import`."""
    for holds, what in HOLDS.items():
        parser: argparse.ArgumentParser = imports.add_parser(
            holds,
            help=f"bring in {what}",
            description=f"Brings in {what}, all of it or nothing. The actors must be on the list of allies already. A "
            "blank cell says nothing; a 0 says something.",
        )
        parser.add_argument("file", metavar="FILE", help="a CSV or .xlsx file whose first row names the columns")
        parser.add_argument("--source", default="", help="where the file comes from; kept with everything in it")
        parser.add_argument("--on", metavar="DAY", help="as of when, such as 2026-01-31 (default: today)")
        parser.add_argument("--meaning", metavar="FILE", help='JSON such as {"values": {"2": "against"}, "issues": {}}')
        add_how_to_answer(parser)
        if holds == "influence":
            parser.add_argument("--by", required=True, metavar="EMAIL", help="whose ratings they are: a coordinator")
            parser.add_argument(
                "--other-way-round", action="store_true", help="each row has a say over those whom it names"
            )
        parser.set_defaults(run=run, holds=holds)


def run(arguments: argparse.Namespace) -> int:
    """Import the file; 0 when done, 2 with one sentence when it cannot be."""
    load_house()
    from manyhands.practice.stakeholders.importing.reading import Unreadable
    from manyhands.practice.stakeholders.positions.actions import Refused

    return carry_out(
        lambda: _import(arguments, upload_called(arguments.file)),
        lambda answer: _in_words(answer, dry=arguments.dry_run),
        as_json=arguments.json,
        refusals=(Refused, Unreadable),
    )


def _import(arguments: argparse.Namespace, path: Path) -> dict[str, Any]:
    from django.db import transaction

    from manyhands.foundation.tenancy.scope import inside
    from manyhands.practice.stakeholders.positions import actions

    coalition = coalition_called(arguments.coalition)
    with inside(coalition.pk), transaction.atomic():
        actor = _actor(arguments, coalition.pk)
        listing = actions.try_survey(
            actor=actor,
            file=path,
            filename=path.name,
            holds=arguments.holds,
            source=arguments.source or path.name,
            on=day_called(arguments.on),
            is_attributed=not getattr(arguments, "other_way_round", False),
        )
        if arguments.meaning:
            listing = actions.understand_survey(actor=actor, listing=listing, **_meaning(arguments.meaning))
        content = listing.content
        answer = {
            "statements": listing.count_ties,
            "values": content["values"],
            "issues": content["issues"],
            "refused": [{"row": row, "reason": reason} for row, reason in content["refused"]],
        }
        if arguments.dry_run:
            transaction.set_rollback(True)
        else:
            answer["statements"] = actions.bring_survey_in(actor=actor, listing=listing).count_ties
    return answer


def _actor(arguments: argparse.Namespace, coalition_id: int) -> Any:
    """The command line itself; for ratings, which are somebody's, the seat of that person."""
    from manyhands.foundation.access.rules import Actor
    from manyhands.foundation.coalitions.middleware import actor_for
    from manyhands.foundation.coalitions.models import Seat

    if arguments.holds != "influence":
        return Actor(coalition_id, None, system="command line")
    seat = Seat.objects.filter(person__email__iexact=arguments.by).first()
    if seat is None:
        raise Asked(f"Nobody with the address {arguments.by} has a seat here.")
    return actor_for(seat)


def _meaning(name: str) -> dict[str, dict[str, str]]:
    try:
        wanted = json.loads(Path(name).read_text(encoding="utf-8-sig"))
        return {part: {str(key): str(value) for key, value in wanted.get(part, {}).items()} for part in _PARTS}
    except (OSError, ValueError, AttributeError) as problem:
        raise Asked(f'{Path(name).name} cannot be read. Write {{"values": {{…}}, "issues": {{…}}}}.') from problem


def _in_words(answer: dict[str, Any], *, dry: bool) -> str:
    refused = answer["refused"]
    lines = [f"{answer['statements']:,} statements {'would come' if dry else 'came'} in, {len(refused):,} refused."]
    return "\n".join([*lines, *refused_in_words(refused)])
