"""An answer about a whole coalition, kept until its ledger has another line. For counts over very many rows.

    overview: RememberedUntilNextLine[Overview] = RememberedUntilNextLine()
    overview.get(count)

Whoever changes a row writes a line in the same transaction, so as long as the lines are the same, so is the answer.
A line with a lower number may be committed after one with a higher number; therefore we look at the last lines
together and not only at the last. Only for answers that everybody who may ask gets alike, never for one person's.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic
from typing import Generic, TypeVar

from django.db import connection

from manyhands.foundation.access.written import RowsOfWords
from manyhands.foundation.tenancy.scope import current_coalition_id

from .models import LedgerEntry

Answer = TypeVar("Answer")

#: A transaction that so many others of the same coalition overtake would go unnoticed; hence also the seconds.
LINES = 200
SECONDS = 30
MOST = 200


@dataclass(frozen=True)
class _Kept(Generic[Answer]):
    lines: tuple[int, ...]
    until: float
    answer: Answer


class RememberedUntilNextLine(Generic[Answer]):
    """Asks once for each state of a coalition's ledger, in each process, and again after half a minute."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, _Kept[Answer]] = {}

    def get(self, ask: Callable[[], Answer], kind: Hashable = None) -> Answer:
        """The answer inside this coalition, for a kind of asker such as a set of roles."""
        if connection.in_atomic_block:
            return ask()  # what is not committed may be taken back, and others must not see it
        key, lines = (current_coalition_id(), kind), last_lines()
        kept = self._kept.get(key)
        if kept is None or kept.lines != lines or kept.until < monotonic():
            if len(self._kept) >= MOST:
                self._kept.clear()
            kept = self._kept[key] = _Kept(lines, monotonic() + SECONDS, ask())
        return kept.answer


def last_lines() -> tuple[int, ...]:
    """The numbers of this coalition's last lines: alike until something is done."""
    return tuple(_latest.ask())


_latest = RowsOfWords(lambda: LedgerEntry.objects.order_by("-pk").values_list("pk", flat=True)[:LINES])
