"""How every analysis reads its words, prints its answer, and says what is wrong with its input."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

#: Exit status of a command whose input cannot be used.
BAD_INPUT = 2


def refusing(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Turn `BadInput` in a command into one sentence on standard error and exit status 2."""

    @wraps(run)
    def command(arguments: argparse.Namespace) -> int:
        # Imported here so that `manyhands --help` does not wait for NumPy.
        from manyhands.analysis.tables import BadInput

        try:
            return run(arguments)
        except BadInput as problem:
            if sys.stderr.isatty():
                take_bar_away()
            print(problem, file=sys.stderr)
            return BAD_INPUT

    return command


def say(answer: dict[str, Any] | str) -> int:
    """Print a page of words as it stands and anything else as JSON; returns 0, the exit status."""
    text = answer if isinstance(answer, str) else json.dumps(answer, indent=1, ensure_ascii=False, allow_nan=False)
    # Flushed here, where a reader who has had enough (`| head`) is still a matter for the dispatcher.
    print(text, flush=True)
    return 0


def listed(names: Sequence[str], most: int = 12) -> str:
    """``a, b and 3 more``, or ``none``."""
    if not names:
        return "none"
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def whole_number(text: str) -> int:
    """An argument that is a number of 32 bits, 0 and up."""
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
    if not 0 <= number < 2**32:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 4294967295")
    return number


class Steps:
    """A bar on the screen that says how far a long analysis is; silent where nobody looks at a screen."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names, self.at = names, 0
        self.shown = sys.stderr.isatty()

    def next(self) -> None:
        """Begin the next step."""
        if self.shown and self.at < len(self.names):
            width = 24
            full = width * self.at // len(self.names)
            bar = "#" * full + "." * (width - full)
            print(f"\r[{bar}] {self.names[self.at]:<24}", end="", file=sys.stderr, flush=True)
        self.at += 1

    def done(self) -> None:
        """Take the bar away."""
        if self.shown:
            take_bar_away()


def take_bar_away() -> None:
    """Blank the line on which a bar may stand, so that what is said next begins a line."""
    print("\r" + " " * 52 + "\r", end="", file=sys.stderr, flush=True)


def write_page(path: str, text: str) -> None:
    """Write a page to a file.

    Raises
    ------
    BadInput
        If the file cannot be written.
    """
    from manyhands.analysis.tables import BadInput

    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as problem:
        raise BadInput(f"The report cannot be written to {path}: {problem.strerror}.") from None
