"""What rows are searched and matched by, for a whole column at once: the same answers as `rules`, many times faster.

Most cells are plain: then all of them are folded as one text. A cell with other letters or unusual blanks takes the
long way of `rules`, on its own.
"""

from collections.abc import Mapping, Sequence

from ..rules import LONGEST_KEY, SEARCHED, SIGNS, folded, letters_only

Column = Sequence[str]
#: Where a text holds any of these, some cell has blanks that folding takes away.
_BLANKS = ("  ", " \n", "\n ", "\t", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f")
_SIGNS_IN_LINES = {code: None for code in SIGNS if code != ord("\n")}


def folded_column(cells: Column) -> list[str]:
    """Each cell as `rules.folded` gives it.

    >>> folded_column(["Linden", "Café Solidário", ""]), folded_column(["two  blanks ", "a\\nb"])
    (['linden', 'cafe solidario', ''], ['two blanks', 'a b'])
    """
    text = "\n".join(cells)
    if not _one_to_a_line(text, cells) or text[:1] == " " or text[-1:] == " " or any(sign in text for sign in _BLANKS):
        return [folded(cell) for cell in cells]
    found = text.casefold().split("\n")
    if text.isascii():
        return found
    return [quick if quick.isascii() else folded(cell) for quick, cell in zip(found, cells, strict=True)]


def letters_column(cells: Column) -> list[str]:
    """Each cell as `rules.letters_only` gives it.

    >>> letters_column(["53-0196605", "", "a b"]), letters_column(["St. Brigid’s"])
    (['530196605', '', 'ab'], ['StBrigids'])
    """
    text = "\n".join(cells)
    if not text.isascii() or not _one_to_a_line(text, cells):
        return [letters_only(cell) for cell in cells]
    return text.translate(_SIGNS_IN_LINES).split("\n")


def plain_numbers(identifiers: Column) -> list[str]:
    """Official numbers without the signs people put in.

    >>> plain_numbers(["53-0196605", "010123106", "GB 12"])
    ['530196605', '010123106', 'gb12']
    """
    return [number.lower() for number in letters_column(identifiers)]


class Folded:
    """The columns of some rows, each folded once, and only if somebody asks."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._columns = columns
        self._folded: dict[str, list[str]] = {}
        self._count = len(columns.get("name", ()))

    def __getitem__(self, name: str) -> list[str]:
        if name not in self._folded:
            cells = self._columns.get(name)
            self._folded[name] = [""] * self._count if cells is None else folded_column(cells)
        return self._folded[name]

    def keys(self) -> list[str]:
        """What each row is matched by, as `rules.match_key` gives it.

        >>> Folded({"name": ["St. Brigid's Church", "???"], "postal_code": ["05089-0455", ""]}).keys()
        ['stbrigidschurch|05089', '???|']
        """
        names = letters_column(self["name"])
        if "" in names:
            names = [letters or name for letters, name in zip(names, self["name"], strict=True)]
        codes = self._columns.get("postal_code", ())
        if any("-" in code for code in codes):
            codes = [code.split("-")[0] for code in codes]
        places = letters_column(folded_column(codes)) if codes else [""] * self._count
        for instead in ("city", "email"):
            if instead in self._columns and "" in places:
                places = [place or other for place, other in zip(places, self[instead], strict=True)]
        return [f"{name}|{place}"[:LONGEST_KEY] for name, place in zip(names, places, strict=True)]

    def search_texts(self) -> list[str]:
        """What each row is searched by, as `rules.search_text` gives it.

        >>> Folded({"name": ["Café Solidário", "Guild"], "city": ["Linden", ""], "phone": ["1", "2"]}).search_texts()
        ['cafe solidario linden', 'guild']
        """
        parts = [self[name] for name in SEARCHED if name in self._columns]
        if any("" in part for part in parts):
            return [" ".join(filter(None, row)) for row in zip(*parts, strict=True)]
        return list(map(" ".join, zip(*parts, strict=True)))


def _one_to_a_line(text: str, cells: Column) -> bool:
    return bool(cells) and text.count("\n") == len(cells) - 1
