"""What a file of ties holds, once it has been read; and how that is kept until somebody decides."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ReadTie:
    """One tie as the file has it; `said` by which end, where one of them names it itself, as in a matrix."""

    row: int
    source: str
    target: str
    kind: str
    level: int
    date: str = ""
    since: str = ""
    how: str = ""
    said: str = ""  # "one" (the source), "other" (the target), or nobody of the two
    #: Does the file name the level, or is it the usual one?
    is_level_named: bool = True


@dataclass(frozen=True, slots=True)
class ReadActor:
    """One actor as the file has it: an element of Kumu, a node of GraphML."""

    row: int
    name: str
    #: An ally's particulars that the file names, such as ``{"sector": "Health"}``.
    particulars: dict[str, Any] = field(default_factory=dict)


@dataclass
class Read:
    """What a file holds: actors and ties that could come in, rows that cannot with the reason, what became what."""

    shape: str = ""  # "list", "matrix", "map" (actors and ties) or "actors"
    ties: list[ReadTie] = field(default_factory=list)
    actors: list[ReadActor] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    other_kinds: list[str] = field(default_factory=list)
    #: Which row names a tie already, so that the same tie comes once, whatever sheet it stands on.
    tied: dict[tuple[str, str, str], int] = field(default_factory=dict)


def kept(read: Read) -> dict[str, Any]:
    """As it is kept beside the list until somebody decides."""
    return {
        "shape": read.shape,
        "ties": [
            [t.row, t.source, t.target, t.kind, t.level, t.date, t.since, t.how, t.said, int(t.is_level_named)]
            for t in read.ties
        ],
        "actors": [[a.row, a.name, a.particulars] for a in read.actors],
        "refused": [list(each) for each in read.refused],
        "other_kinds": read.other_kinds,
    }


def ties_again(content: dict[str, Any]) -> list[ReadTie]:
    """The ties of a list that was tried, also by an earlier version that kept a little less."""
    return [
        ReadTie(row, source, target, kind, level, day, since, how, "one" if said == 1 else said or "", all(named))
        for row, source, target, kind, level, day, since, how, said, *named in content.get("ties", [])
    ]


def actors_again(content: dict[str, Any]) -> list[ReadActor]:
    """The actors of a list that was tried."""
    return [ReadActor(row, name, particulars) for row, name, particulars in content.get("actors", [])]
