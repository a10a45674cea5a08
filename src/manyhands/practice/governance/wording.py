"""A proposal's text as paragraphs and lists, with the words that were changed since it was first written. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Longer texts are shown without marks: comparing them word by word would keep the reader waiting.
MOST_WORDS = 4000
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Piece:
    """Words that belong together, and whether they are new."""

    text: str
    is_new: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph of one line, or a list of several."""

    lines: tuple[tuple[Piece, ...], ...]
    is_list: bool = False


def marked(before: str, after: str) -> list[Block]:
    """The later text in blocks, with what was not in the earlier one marked as new.

    >>> marked("We close a street.", "We close a street.")
    [Block(lines=((Piece(text='We close a street.', is_new=False),),), is_list=False)]
    >>> [piece for piece in marked("We close it.", "We gladly close it.")[0].lines[0] if piece.is_new]
    [Piece(text='gladly', is_new=True)]
    >>> marked("", "- one\\n- two")[0].is_list
    True
    """
    return [_block(lines) for lines in _grouped(_lines(_pieces(before, after)))]


def _pieces(before: str, after: str) -> list[Piece]:
    old, new = _words(before), _words(after)
    if not before.strip() or before == after or max(len(old), len(new)) > MOST_WORDS:
        return [Piece(after)]
    steps = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    return [Piece("".join(new[start:end]), what != "equal") for what, _, _, start, end in steps if end > start]


def _words(text: str) -> list[str]:
    return re.findall(r"\S+[^\S\n]*|\n|[^\S\n]+", text.replace("\r\n", "\n"))


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        for place, part in enumerate(piece.text.replace("\r\n", "\n").split("\n")):
            if place:
                lines.append([])
            if part:
                lines[-1].extend(_without_trailing_space(part, piece.is_new and bool(part.strip())))
    return lines


def _without_trailing_space(text: str, is_new: bool) -> list[Piece]:
    """The space after a new word is not new to anyone's eye."""
    words = text.rstrip(" ") if is_new else text
    return [Piece(words, is_new), *([Piece(text[len(words) :])] if len(words) < len(text) else [])]


def _grouped(lines: list[list[Piece]]) -> list[list[list[Piece]]]:
    """Neighbouring list items stay together; every other line is a paragraph."""
    groups: list[list[list[Piece]]] = []
    goes_on = False
    for line in lines:
        is_item = _is_item(line)
        if not any(piece.text.strip() for piece in line):
            goes_on = False
        elif is_item and goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
            goes_on = is_item
    return groups


def _is_item(line: list[Piece]) -> bool:
    return bool(re.match(r"\s*[-*•]\s", "".join(piece.text for piece in line)))


def _block(lines: list[list[Piece]]) -> Block:
    is_list = _is_item(lines[0])
    return Block(tuple(tuple(_without_bullet(line) if is_list else line) for line in lines), is_list)


def _without_bullet(line: list[Piece]) -> list[Piece]:
    first = Piece(re.sub(r"^\s*[-*•]\s*", "", line[0].text), line[0].is_new)
    return [piece for piece in (first, *line[1:]) if piece.text]


def names_in(text: str, names: Iterable[str]) -> set[str]:
    """Which of these names a text has as whole words, whatever the case; names from four letters on.

    >>> sorted(names_in("We rent from harbor  fence company.", ["Harbor Fence Company", "Port", "We"]))
    ['Harbor Fence Company']
    """

    def plain(words: str) -> str:
        return f" {' '.join(_WORD.findall(words.casefold()))} "

    said = plain(text)
    return {name for name in names if len(name) >= 4 and plain(name).strip() and plain(name) in said}
