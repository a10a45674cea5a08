"""`manyhands import responses --votes FILE --comments FILE …`: a round that took place elsewhere, from a terminal."""

import argparse
import time
from pathlib import Path
from typing import Any

from .asked import Asked, add_how_to_answer, carry_out, coalition_called, file_called
from .starting import load_house

LARGEST_FILE = 1024**3


def add_to(imports: Any) -> None:
    """Add the command to `manyhands import`."""
    parser: argparse.ArgumentParser = imports.add_parser(
        "responses",
        help="bring in a round of statements and answers, such as a Polis conversation",
        description="Brings in a round that took place elsewhere, all or nothing, and works out its common ground.",
    )
    parser.add_argument("--votes", required=True, metavar="FILE", help="votes.csv or participants-votes.csv of Polis")
    parser.add_argument("--comments", required=True, metavar="FILE", help="comments.csv of Polis")
    parser.add_argument("--groups", metavar="FILE", help="participants-votes.csv, to use the groups of its group-id")
    parser.add_argument("--title", required=True, metavar="T", help="the question that people answered")
    parser.add_argument(
        "--published", action="store_true", help="anyone can read these answers, so show scores exactly"
    )
    add_how_to_answer(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Import the round; 0 when done, 1 when it failed, 2 with one sentence when the input cannot be used."""
    load_house()
    from manyhands.practice.alignment.importing import UnfitFile

    def work() -> dict[str, Any]:
        try:
            return _import(arguments)
        except UnfitFile as problem:
            raise Asked(f"{Path(getattr(arguments, problem.field)).name}: {problem}") from problem

    return carry_out(work, lambda answer: _in_words(answer, dry=arguments.dry_run), as_json=arguments.json, refusals=())


def _import(arguments: argparse.Namespace) -> dict[str, Any]:
    from manyhands.foundation.access.rules import Actor
    from manyhands.foundation.tenancy.scope import inside
    from manyhands.practice.alignment import actions, importing

    files = {name: _content(getattr(arguments, name)) for name in ("votes", "comments", "groups")}
    question = arguments.title.strip()
    if not question or len(question) > 200:
        raise Asked("The title is the question people answered, in at most 200 signs.")
    coalition = coalition_called(arguments.coalition)
    with inside(coalition.pk):
        if arguments.dry_run:
            return importing.read(**files).summary()
        actor = Actor(coalition.pk, None, system="command line")
        arriving = actions.check_import(actor=actor, question=question, is_published=arguments.published, **files)
        _do(actions.begin_import(actor=actor, arriving=arriving).pk)
        arriving.refresh_from_db()
        if arriving.state != "done":
            actions.undo_import(actor=actor, arriving=arriving)
            return {"failed": True}
        assert arriving.round is not None  # what is done has its round
        return {"round": arriving.round.number, **arriving.summary}


def _do(run_id: int) -> None:
    """Do the work here, unless a worker has taken it already; then wait for it."""
    from manyhands.foundation.jobs.leases import take
    from manyhands.foundation.jobs.models import JobRun
    from manyhands.foundation.jobs.worker import perform

    while not (found := JobRun.objects.get(pk=run_id)).is_over:
        if (mine := take(found.pk)) is not None:
            perform(mine)
        else:
            time.sleep(0.2)
    # The finding follows as work of its own; do it here too, so that the page is ready when the command is.
    for waiting in JobRun.objects.filter(
        name__endswith="alignment.tasks.work_out_finding", coalition_id=found.coalition_id, state="waiting"
    ):
        if (mine := take(waiting.pk)) is not None:
            perform(mine)


def _content(name: str | None) -> bytes:
    if name is None:
        return b""
    try:
        return file_called(name, most=LARGEST_FILE).read_bytes()
    except OSError:
        raise Asked(f"The file {Path(name).name!r} cannot be read.") from None


def _in_words(answer: dict[str, Any], *, dry: bool) -> str:
    if answer.get("failed"):
        return "It could not be brought in; nothing was kept. The reason is with the failed work of the site."
    counts = f"{answer['statements']:,} statements, {answer['people']:,} people, {answer['answers']:,} answers"
    if dry:
        return f"{counts} would come in."
    return f"{counts} came in, as round {answer['round']}."
