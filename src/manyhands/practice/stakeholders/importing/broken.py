"""What reading a file gives: the cells of a row, or what is wrong with it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Broken:
    """A row that could not be read, why, and what one can do."""

    read: str
    reason: str
    advice: str


Cells = list[str]
Row = tuple[int, Cells | Broken]
