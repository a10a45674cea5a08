"""Files of ties: a list with one tie a row, a map from Kumu or GraphML with its actors, a matrix of who named whom."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from ...importing.reading import Unreadable
from ..rules import is_symmetric
from .cells import USUAL_LEVEL
from .elements import is_elements, read_elements
from .lists import is_list, read_list
from .matrices import is_matrix, read_matrix
from .read import Read, ReadActor, ReadTie, actors_again, kept, ties_again
from .sheets import Sheet, sheets_of

__all__ = ["USUAL_LEVEL", "Read", "ReadActor", "ReadTie", "actors_again", "kept", "read_ties", "ties_again"]


def read_ties(paths: Path | Sequence[Path], kind: str, *, is_turned: bool = False) -> Read:
    """Read one file, or the two halves of a map; `kind` is what ties are where the file does not say.

    With `is_turned` the second end comes first where a kind has a direction: a survey that asked each one who has a
    say over it, or from whom it hears, names the ends that way round.

    Actors are read before ties, whatever stands first, because ties may name them by their identifiers.

    Raises
    ------
    Unreadable
        With one sentence that says what is wrong with a file as a whole.
    """
    files = [paths] if isinstance(paths, Path) else list(paths)
    actors: list[Sheet] = []
    lists: list[Sheet] = []
    matrices: list[Sheet] = []
    for file in files:
        known = 0
        for sheet in sheets_of(file):
            for kinds, fits in ((lists, is_list), (actors, is_elements), (matrices, is_matrix)):
                if fits(sheet):
                    sheet.name = sheet.name or (file.stem if len(files) > 1 else "")
                    kinds.append(sheet)
                    known += 1
                    break
        if not known:
            raise Unreadable(
                _(
                    "We find no columns “source” and “target” (or Kumu’s “From” and “To”, or “Label”), and no matrix "
                    "with the same names across and down."
                )
            )
    found, names = Read(), {}
    for sheet in actors:
        names.update(read_elements(sheet, found))
    for sheet in lists:
        read_list(sheet, kind, found, names)
    for sheet in matrices:
        read_matrix(sheet, kind, found)
    if is_turned:
        found.ties = [each if is_symmetric(each.kind) else _turned(each) for each in found.ties]
    found.shape = ("map" if lists or matrices else "actors") if actors else "list" if lists else "matrix"
    return found


def _turned(tie: ReadTie) -> ReadTie:
    said = {"one": "other", "other": "one"}.get(tie.said, "")
    return replace(tie, source=tie.target, target=tie.source, said=said)
