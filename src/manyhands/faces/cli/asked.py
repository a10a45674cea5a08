"""What every `manyhands import …` does alike: look at what was asked for, and say in one sentence why it cannot be."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ASKED_WRONGLY = 2
REFUSED_SHOWN = 20


class Asked(ValueError):
    """The command was asked for something that is not there, or cannot be done."""


def carry_out(
    work: Callable[[], dict[str, Any]],
    words: Callable[[dict[str, Any]], str],
    *,
    as_json: bool,
    refusals: tuple[type[Exception], ...],
) -> int:
    """Do the work and print its answer; 0 when done, 1 when it failed, 2 with one sentence when it cannot be.

    ``refusals`` are what the room says in words of its own.
    """
    from django.core.exceptions import PermissionDenied
    from django.db.utils import OperationalError, ProgrammingError

    try:
        answer = work()
    except (Asked,) + refusals as problem:
        return refuse(str(problem))
    except PermissionDenied:
        return refuse("Whoever this is may not bring in lists here. Name a coordinator.")
    except (OperationalError, ProgrammingError):
        return refuse("The database cannot be used. Has `manyhands prepare` been run here?")
    print(json.dumps(answer, ensure_ascii=False) if as_json else words(answer))
    return 1 if answer.get("failed") else 0


def refuse(sentence: str) -> int:
    """Say why it cannot be; the code that the command ends with."""
    print(sentence, file=sys.stderr)
    return ASKED_WRONGLY


def file_called(name: str, *, most: int) -> Path:
    """The file of that name, if there is one of at most ``most`` bytes."""
    path = Path(name)
    try:
        if not path.is_file():
            raise Asked(f"There is no file {path.name}.")
        size = path.stat().st_size
    except (OSError, ValueError) as problem:
        if isinstance(problem, Asked):
            raise
        raise Asked(f"The file {path.name!r} cannot be read.") from None
    if size > most:
        raise Asked(f"{path.name} is larger than {most // 1024**2:,} MB. Split it.")
    return path


def upload_called(name: str) -> Path:
    """The file of that name, if it is not larger than what may be uploaded."""
    from django.conf import settings

    try:
        return file_called(name, most=settings.UPLOAD_LIMIT)
    except Asked as problem:
        raise Asked(str(problem).replace(" MB.", " MB (MANYHANDS_UPLOAD_LIMIT_MB).")) from None


def coalition_called(slug: str) -> Any:
    from manyhands.foundation.coalitions.models import Coalition

    coalition = Coalition.objects.filter(slug=slug).first()
    if coalition is None:
        raise Asked(f"There is no coalition “{slug}”.")
    return coalition


def day_called(text: str | None) -> date:
    """The day; today, if none is named."""
    from django.utils.timezone import localdate

    try:
        return date.fromisoformat(text) if text else localdate()
    except ValueError:
        raise Asked(f"“{text}” is no day. Write it as 2026-01-31.") from None


def add_how_to_answer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--coalition", required=True, metavar="SLUG", help="the coalition's word in its address")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    parser.add_argument("--json", action="store_true", help="answer for programs")


def refused_in_words(refused: list[dict[str, Any]]) -> list[str]:
    """The first rows that were refused, a line each, and how many more there are."""
    lines = [f"Row {row['row']:,}: {row['reason']}" for row in refused[:REFUSED_SHOWN]]
    if len(refused) > REFUSED_SHOWN:
        lines.append(f"… and {len(refused) - REFUSED_SHOWN:,} more; --json lists them all.")
    return lines
