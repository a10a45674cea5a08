"""Reads address cards (vCard 2.1, 3.0 and 4.0) as rows of a list: one card, one row, numbered from 1.

Only what an ally's record has a place for is taken: names, address, e-mail, phone, website, note, tags, the card's own
identifier. Pictures, keys, birthdays and whatever else a telephone knows are left where they are. A card that breaks
the rules is refused with its number and the reason; the others come in.
"""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from . import encodings
from .broken import Broken, Row
from .card_lines import Card, Line, cards_in, count, is_card_file, shown

#: The titles that these rows have; `columns.guess` knows each of them.
HEADER = [
    "Name", "Kind", "Also known as", "Unique ID", "Street", "City", "Region", "Postal code", "Country", "Website",
    "Email", "Phone", "About", "Note", "Tags",
]  # fmt: skip
__all__ = ["HEADER", "count", "is_card_file", "rows"]

VERSIONS = ("2.1", "3.0", "4.0")
_TAKEN = frozenset(
    {"ADR", "CATEGORIES", "EMAIL", "FN", "KIND", "N", "NICKNAME", "NOTE", "ORG", "ROLE", "TEL", "TITLE", "UID", "URL"}
) | {"X-ABSHOWAS"}
_LEFT_OUT = {"my contacts", "mycontacts", "* mycontacts", "starred"}


class _Bad(ValueError):
    """What is wrong with a card, for whoever brought it."""


@dataclass(frozen=True)
class _Property:
    """A name, what is said about it, and its text."""

    name: str
    parameters: dict[str, list[str]]
    text: str

    @property
    def types(self) -> set[str]:
        return {word for name in ("TYPE", "") for word in self.parameters.get(name, [])}

    @property
    def rank(self) -> int:
        """Smaller comes first: 4.0 numbers them, the others mark one."""
        numbers = [int(word) for word in self.parameters.get("PREF", []) if word.isdigit()]
        return min(numbers) if numbers else 1 if "PREF" in self.types else 100


def rows(path: Path) -> Iterator[Row]:
    """Every card as a row under `HEADER`, or what is wrong with it."""
    encoding = encodings.encoding_of(path)
    for number, card in enumerate(cards_in(path, encoding), start=1):
        yield number, _cells(card, encoding)


def _cells(card: Card, encoding: str) -> list[str] | Broken:
    try:
        if card.trouble:
            raise _Bad(card.trouble)
        found = _properties(card, encoding)
        return _row(found)
    except _Bad as problem:
        name = next((line.pieces[0] for line in card.lines if line.pieces[0].upper().startswith(b"FN")), b"")
        return _broken(name.partition(b":")[2], str(problem))


def _properties(card: Card, encoding: str) -> dict[str, list[_Property]]:
    version = next(
        (line.pieces[0].partition(b":")[2].strip().decode("ascii", "replace") for line in card.lines
         if line.pieces[0].upper().startswith(b"VERSION:")),
        "",
    )  # fmt: skip
    if version not in VERSIONS:
        raise _Bad(_("It does not say that it is a card of version 2.1, 3.0 or 4.0."))
    found: dict[str, list[_Property]] = {}
    for line in card.lines:
        if not line.is_picture and _name(line) in _TAKEN:
            made = _property(line, version, encoding)
            found.setdefault(made.name, []).append(made)
    for same in found.values():
        same.sort(key=lambda each: each.rank)
    return found


def _property(line: Line, version: str, encoding: str) -> _Property:
    # 2.1 folds between words and keeps the blank; the others fold anywhere and put one in.
    first, *more = line.pieces
    if line.is_printable:
        raw = first + b"".join(more)
    else:
        raw = first + b"".join(b" " + piece.lstrip() if version == "2.1" else piece[1:] for piece in more)
    head, value = _split_head(raw)
    name, parameters = _parameters(head.decode("ascii", "replace"))
    if line.is_printable:
        value = quopri.decodestring(value)
    charset = (parameters.get("CHARSET") or [encoding])[0]
    try:
        text = value.decode("utf-8" if charset.startswith(("utf-16", "utf-32")) else charset)
    except LookupError as problem:
        raise _Bad(
            _("It is written in an alphabet that we do not know: %(name)s.") % {"name": charset[:40]}
        ) from problem
    except UnicodeDecodeError as problem:
        raise _Bad(_("A letter in it cannot be read.")) from problem
    if "\x00" in text:
        raise _Bad(_("It holds an invisible NUL sign."))
    return _Property(name, parameters, text)


def _name(line: Line) -> str:
    head = re.split(rb"[;:]", line.pieces[0], maxsplit=1)[0]
    return head.rpartition(b".")[2].decode("ascii", "replace").upper()


def _split_head(raw: bytes) -> tuple[bytes, bytes]:
    """Before and after the first colon that stands in no quotation marks."""
    quoted = False
    for at, sign in enumerate(raw):
        if sign == 0x22:
            quoted = not quoted
        elif sign == 0x3A and not quoted:
            return raw[:at], raw[at + 1 :]
    head, _colon, value = raw.partition(b":")
    return head, value


def _parameters(head: str) -> tuple[str, dict[str, list[str]]]:
    parts = re.findall(r'(?:[^;"]|"[^"]*"?)+', head)
    name = parts[0].rpartition(".")[2].upper() if parts else ""
    found: dict[str, list[str]] = {}
    for part in parts[1:]:
        key, equals, value = part.partition("=")
        words = [word.strip().strip('"') for word in (value if equals else key).replace('"', "").split(",")]
        key = key.strip().upper() if equals else ""
        kept = words if key == "CHARSET" else [word.upper() for word in words]
        found.setdefault(key, []).extend(kept)
    return name, found


def _row(found: dict[str, list[_Property]]) -> list[str]:
    kind_said = _plain(found, "KIND").lower()
    if kind_said in ("group", "location"):
        raise _Bad(_("It is a card of a group or a place, not of a person or an organization."))
    names, organization = _parts(found, "N"), [part for part in _parts(found, "ORG") if part]
    family, given = [*names, "", ""][:2]
    name = _plain(found, "FN") or " ".join(part for part in (given, family) if part) or " ".join(organization[:1])
    named_alike = bool(organization) and name.casefold() == organization[0].casefold()
    is_organization = kind_said == "org" or _plain(found, "X-ABSHOWAS").upper() == "COMPANY" or named_alike
    about = [] if is_organization else [_plain(found, "TITLE") or _plain(found, "ROLE"), *organization]
    street, city, region, code, country = _address(found)
    return [
        name,
        "organization" if is_organization else "person",
        _plain(found, "NICKNAME"),
        _identifier(_plain(found, "UID")),
        street,
        city,
        region,
        code,
        country,
        _plain(found, "URL"),
        re.sub(r"^mailto:", "", _plain(found, "EMAIL"), flags=re.I),
        _phone(found.get("TEL", [])),
        ", ".join(part for part in about if part),
        "\n\n".join(_unescaped(each.text).strip() for each in found.get("NOTE", [])),
        ", ".join(word for word in _categories(found) if word.lower() not in _LEFT_OUT),
    ]


def _address(found: dict[str, list[_Property]]) -> tuple[str, str, str, str, str]:
    parts = [*_parts(found, "ADR"), *[""] * 7][:7]
    box, more, street, city, region, code, country = parts
    lines = [more, street] if street else [more, box]
    return ", ".join(part for part in lines if part), city, region, code, country


def _phone(found: list[_Property]) -> str:
    """The best number that somebody answers: no fax, no pager."""
    spoken = [each for each in found if not each.types & {"FAX", "PAGER", "MODEM"}] or found
    if not spoken:
        return ""
    number = re.sub(r"^tel:", "", _unescaped(spoken[0].text).strip(), flags=re.I)
    return number.replace(";ext=", " ext. ")


def _categories(found: dict[str, list[_Property]]) -> list[str]:
    words = [word.strip() for each in found.get("CATEGORIES", []) for word in _unescaped(each.text).split(",")]
    return [word for word in words if word]


def _identifier(text: str) -> str:
    """As long as an official number may be; a longer one tells nobody anything."""
    plain = re.sub(r"^urn:uuid:", "", text, flags=re.I)
    return plain if len(plain) <= 60 else ""


def _plain(found: dict[str, list[_Property]], name: str) -> str:
    """The best text of a property, in one line."""
    texts = [" ".join(_unescaped(each.text).split()) for each in found.get(name, [])]
    return next((text for text in texts if text), "")


def _parts(found: dict[str, list[_Property]], name: str) -> list[str]:
    """The parts of the best property of a name that says something, each in one line."""
    for each in found.get(name, []):
        parts = [_one_line(part) for part in re.split(r"(?<!\\);", each.text)]
        if any(parts):
            return parts
    return []


def _one_line(part: str) -> str:
    lines = [" ".join(line.split()).strip(",") for line in _unescaped(part).splitlines()]
    return ", ".join(line for line in lines if line)


def _unescaped(text: str) -> str:
    r"""What stands behind a backslash.

    >>> _unescaped(r"Richter\, James\nhttp\://x.example")
    'Richter, James\nhttp://x.example'
    """
    return re.sub(r"\\([\\,;:nN])", lambda found: "\n" if found[1] in "nN" else found[1], text)


def _broken(read: bytes, reason: str) -> Broken:
    return Broken(shown(read), reason, _("Save this card again, as vCard 3.0 or 4.0, or leave it out."))
