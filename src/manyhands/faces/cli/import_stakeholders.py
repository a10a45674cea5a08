"""`manyhands import stakeholders FILE --coalition SLUG`: a list of allies, from a terminal."""

import argparse
import json
from pathlib import Path
from typing import Any

from .asked import Asked, add_how_to_answer, carry_out, coalition_called, day_called, refused_in_words, upload_called
from .starting import load_house


def add_to(imports: Any) -> None:
    """Add the command to `manyhands import`."""
    parser: argparse.ArgumentParser = imports.add_parser(
        "stakeholders",
        help="bring in a list of possible allies (CSV, Excel or vCard)",
        description="Brings in a list of possible allies, all of it or nothing. Rows are numbered as a spreadsheet "
        "numbers them: the header is row 1.",
    )
    parser.add_argument("file", metavar="FILE", help="a CSV or .xlsx file whose first row names the columns, or a .vcf")
    parser.add_argument("--mapping", metavar="FILE", help='a JSON file such as {"NAME": "name", "EIN": "identifier"}')
    add_questions(parser)
    parser.set_defaults(run=run)


def add_questions(parser: argparse.ArgumentParser) -> None:
    """What is asked of every list, whatever its kind."""
    parser.add_argument(
        "--existing",
        choices=["skip", "fill", "update", "add"],
        help="what becomes of allies you already have; add looks for none of them and adds every row "
        "(default: as last time, or fill; never add)",
    )
    parser.add_argument("--source", default="", help="where the list comes from; kept with every record")
    parser.add_argument("--consent", action="store_true", help="these people agreed to e-mail; without it none is kept")
    parser.add_argument("--notes-for", default="", help="what its notes about people are needed for; else none is kept")
    parser.add_argument("--signed", metavar="ISSUE", help="they signed: write a position of each on this issue (title)")
    parser.add_argument("--signed-on", metavar="DAY", help="when they signed, such as 2026-01-31 (default: today)")
    parser.add_argument("--wedge", default="active ally", help='where those who signed stand (default: "active ally")')
    add_how_to_answer(parser)


def run(arguments: argparse.Namespace) -> int:
    """Import the file; 0 when done, 2 with one sentence when it cannot be."""
    load_house()
    from manyhands.practice.stakeholders.importing.actions import Refused
    from manyhands.practice.stakeholders.importing.reading import Unreadable

    return carry_out(
        lambda: _import(arguments, upload_called(arguments.file)),
        lambda answer: _in_words(answer, dry=arguments.dry_run),
        as_json=arguments.json,
        refusals=(Refused, Unreadable),
    )


class _Silent:
    """Nobody watches a progress bar here."""

    def update(self, *, done: int, of: int | None = None, note: str = "") -> None:
        """Nothing to tell."""


def _import(arguments: argparse.Namespace, path: Path) -> dict[str, Any]:
    from django.core.files import File

    from manyhands.foundation.access.rules import Actor
    from manyhands.foundation.tenancy.scope import inside
    from manyhands.practice.stakeholders import tasks
    from manyhands.practice.stakeholders.importing import actions
    from manyhands.practice.stakeholders.importing.signing import Signed

    coalition = coalition_called(arguments.coalition)
    actor = Actor(coalition.pk, None, system="command line")
    with inside(coalition.pk):
        issue, day = _issue(arguments), day_called(arguments.signed_on)
        with path.open("rb") as file:
            listing = actions.bring_list(actor=actor, file=File(file, name=path.name), filename=path.name)
        taken = False
        try:
            mapping = _mapping(arguments.mapping, listing.columns) if arguments.mapping else listing.mapping
            existing = arguments.existing or listing.existing
            listing.has_consent = arguments.consent
            listing.save(update_fields=["has_consent"])
            listing = actions.match_columns(actor=actor, listing=listing, mapping=mapping, existing=existing)
            listing = tasks.try_now(listing, _Silent())
            if listing.trouble:
                raise Asked(listing.trouble)
            if not arguments.dry_run:
                source = arguments.source or path.name
                takes_sides = issue is not None or "issue" in mapping.values()
                signed = Signed(issue, arguments.wedge, day) if takes_sides else None
                told = {"source": source, "has_consent": arguments.consent, "notes_for": arguments.notes_for}
                listing = actions.start_import(actor=actor, listing=listing, signed=signed, **told)
                listing, taken = tasks.commit_now(listing, _Silent()), True
            return _answer(listing)
        finally:
            if not taken:
                actions.discard_list(actor=actor, listing=listing)


def _answer(listing: Any) -> dict[str, Any]:
    from manyhands.practice.stakeholders.queries import import_rows

    refused = import_rows(listing, "refuse").values_list("row", "reason")
    return {
        "added": listing.count_added,
        "updated": listing.count_updated,
        "skipped": listing.count_skipped,
        "refused": [{"row": row, "reason": reason} for row, reason in refused],
        **({"positions": listing.signed.get("count", 0)} if listing.signed else {}),
    }


def _issue(arguments: argparse.Namespace) -> Any:
    """The issue on which everyone on the list takes a side, if there is one."""
    if not arguments.signed:
        return None
    from manyhands.practice.stakeholders.positions.queries import open_issues

    wanted = arguments.signed.casefold()
    issue = next((each for each in open_issues() if each.title.casefold() == wanted), None)
    if issue is None:
        raise Asked(f"There is no open issue “{arguments.signed}” here. Name it on the page of positions first.")
    return issue


def _mapping(name: str, header: list[str]) -> dict[str, str]:
    """Titles become the columns' places; a title that the list does not have is refused, not passed over."""
    try:
        wanted = json.loads(Path(name).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as problem:
        raise Asked(f"The mapping {Path(name).name} cannot be read as JSON.") from problem
    if not isinstance(wanted, dict) or not all(isinstance(value, str) for value in wanted.values()):
        raise Asked('A mapping names a field for each column, as in {"NAME": "name"}.')
    found = {}
    for title, target in wanted.items():
        if title not in header:
            raise Asked(f"The mapping names a column “{title}” that the list does not have.")
        if target:
            found[str(header.index(title))] = target
    return found


def _in_words(answer: dict[str, Any], *, dry: bool) -> str:
    refused = answer["refused"]
    would = "would be " if dry else ""
    taken = f"{answer['added']:,} {would}added, {answer['updated']:,} {would}updated"
    lines = [f"{taken}, {answer['skipped']:,} {would}skipped, {len(refused):,} refused."]
    lines += [f"{answer['positions']:,} positions written."] if "positions" in answer else []
    return "\n".join([*lines, *refused_in_words(refused)])
