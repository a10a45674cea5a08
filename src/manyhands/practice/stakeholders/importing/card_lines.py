"""Cuts a file of address cards into cards, and cards into lines, whatever folded or broke them on the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

#: A longer line is cut; nothing we take is that long, so that its length is what it is refused for.
LONGEST_LINE = 256 * 1024
MOST_LINES, MOST_BYTES = 5_000, 2 * 1024 * 1024

_BEGIN, _END = b"BEGIN:VCARD", b"END:VCARD"
_PROPERTY = re.compile(rb"[A-Za-z0-9.-]+[;:]")
_PICTURES = re.compile(
    rb"(?:[A-Za-z0-9-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]|[^:]*;(?:ENCODING=)?\"?(?:BASE64|B)\"?[;:]", re.I
)
_BASE64 = re.compile(rb"[A-Za-z0-9+/=]+")
_QUOTED_PRINTABLE = re.compile(rb"[^:]*;(?:ENCODING=)?\"?QUOTED-PRINTABLE\"?[;:]", re.I)


@dataclass
class Line:
    """One line of a card, put together from the lines it was folded into."""

    pieces: list[bytes]
    is_printable: bool = False  # quoted-printable: goes on after a "=" at the end
    is_picture: bool = False  # of which nothing is kept


@dataclass
class Card:
    """The lines of one card."""

    lines: list[Line] = field(default_factory=list)
    size: int = 0
    nested: int = 0
    trouble: str = ""


def is_card_file(head: bytes) -> bool:
    """Does a file begin as address cards do, in whatever encoding?

    >>> is_card_file(b"\\xef\\xbb\\xbfBEGIN:vCard"), is_card_file("BEGIN:VCARD".encode("utf-16")), is_card_file(b"Name")
    (True, True, False)
    """
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return plain[: len(_BEGIN)].upper() == _BEGIN


def count(path: Path) -> int:
    """About how many cards there are, without reading them."""
    with path.open("rb") as file:
        return sum(line.replace(b"\x00", b"").strip().upper() == _BEGIN for line in _physical(file))


def cards_in(path: Path, encoding: str) -> Iterator[Card]:
    """Every card of a file, in order; one that breaks the rules says so in its `trouble`."""
    with path.open("rb") as file:
        card: Card | None = None
        was_stray = False
        for line in _lines(file, encoding):
            mark = line.strip().upper()
            if card is None:
                if mark == _BEGIN:
                    card, was_stray = Card(), False
                elif mark and not was_stray:
                    was_stray = True
                    yield Card(trouble=_("This text stands outside of any card."))
            elif mark == _BEGIN and not card.nested and not _is_agent(card):
                card.trouble = _("The card does not end before the next one begins.")
                yield card
                card = Card()
            elif mark == _END and not card.nested:
                yield card
                card = None
            else:
                _take(card, line, mark)
        if card is not None:
            card.trouble = _("The file ends in the middle of this card.")
            yield card


def _physical(file: BinaryIO) -> Iterator[bytes]:
    """Lines as they stand, whatever ends them; what is longer than anything we take is cut."""
    rest, cut = b"", False
    while chunk := file.read(1 << 16):
        held = b"\r" if chunk.endswith(b"\r") else b""
        parts = re.split(rb"\r\n|\r|\n", chunk[:-1] if held else chunk)
        if len(parts) > 1:
            yield rest + (b"" if cut else parts[0])
            yield from parts[1:-1]
            rest, cut = parts[-1], False
        elif not cut:
            rest += parts[0]
        rest += held
        if len(rest) > LONGEST_LINE:
            rest, cut = rest[:LONGEST_LINE], True
        if held:  # is a line feed coming?
            following = file.read(1)
            yield rest[:-1]
            rest, cut = following.strip(b"\r\n"), False
    if rest:
        yield rest


def _lines(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Lines in an encoding in which letters of the alphabet are single bytes."""
    if not encoding.startswith(("utf-16", "utf-32")):
        for at, line in enumerate(_physical(file)):
            yield line.removeprefix(b"\xef\xbb\xbf") if at == 0 else line
        return
    text = file.read().decode(encoding, "replace")
    for each in text.removeprefix("\ufeff").splitlines():
        yield each.encode()[:LONGEST_LINE]


def _is_agent(card: Card) -> bool:
    return bool(card.lines) and card.lines[-1].pieces[0].upper().rstrip() in (b"AGENT:", b"AGENT;VCARD:")


def _take(card: Card, line: bytes, mark: bytes) -> None:
    """Put a line into the card, beside or into the line before."""
    if mark in (_BEGIN, _END):  # the card of somebody's secretary, inside of theirs
        card.nested += 1 if mark == _BEGIN else -1
        return
    if card.nested or card.trouble:
        return
    last = card.lines[-1] if card.lines else None
    if last is not None and last.is_printable and last.pieces[-1].rstrip(b" \t").endswith(b"="):
        last.pieces[-1] = last.pieces[-1].rstrip(b" \t")[:-1]
        last.pieces.append(line)
    elif not mark:
        return
    elif line[:1] in b" \t":
        if last is None:
            card.trouble = _("It begins with a line that continues nothing.")
        elif not last.is_picture:
            last.pieces.append(line)
    elif last is not None and last.is_picture and _BASE64.fullmatch(mark):
        return  # a picture that was not even folded
    elif _PROPERTY.match(line):
        is_picture = bool(_PICTURES.match(line))
        kept = line.partition(b":")[0] + b":" if is_picture else line
        card.lines.append(Line([kept], bool(_QUOTED_PRINTABLE.match(line)), is_picture))
    else:
        card.trouble = _("A line in it is no line of a card: “%(line)s”.") % {"line": shown(line)}
    if not card.lines or not card.lines[-1].is_picture:
        card.size += len(line)
    if len(card.lines) > MOST_LINES or card.size > MOST_BYTES:
        card.trouble = _("It is longer than any card we know.")


def shown(text: bytes) -> str:
    """The beginning of a line, as a page can show it."""
    return " ".join(text.decode("utf-8", "replace").replace("\x00", "?").split())[:80]
