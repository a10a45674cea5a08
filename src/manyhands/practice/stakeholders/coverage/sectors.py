"""Sectors that were said of many allies at once: which allies, and what can still be taken back."""

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet
from django.utils.timezone import now

from ..models import GivenSector
from ..models.imports import UNDO_FOR

#: Allies that are looked at together.
AT_ONCE = 1000


def given_lately() -> QuerySet[GivenSector]:
    """What can still be taken back, the latest first."""
    return GivenSector.objects.filter(undone_at=None, given_at__gt=now() - UNDO_FOR).defer("allies")


def versions(kept: Mapping[str, list[list[int]]]) -> dict[int, int]:
    """Each ally with the version it had after it was given the sector.

    >>> versions({"2": [[5, 6]], "7": [[9, 9]]})
    {5: 2, 6: 2, 9: 7}
    """
    return {pk: int(version) for version, rows in kept.items() for first, last in rows for pk in range(first, last + 1)}


def pieces(many: list) -> Iterator[list]:
    for start in range(0, len(many), AT_ONCE):
        yield many[start : start + AT_ONCE]
