"""Which letters do these bytes mean? UTF-8 and UTF-16 are told by proof, older ones by a sane guess."""

import codecs
from pathlib import Path

SAMPLE = 256 * 1024
#: Below this share of letters outside ASCII, a text is taken for a Western language.
FOREIGN = 0.25
MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]


class NotText(ValueError):
    """The bytes are no text in any encoding."""


def encoding_of(path: Path) -> str:
    """The name of the file's encoding, as `open` takes it.

    Raises
    ------
    NotText
        If most of the bytes are no letters in any encoding.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    if wide := _wide(sample):
        return wide
    if _strange(sample):
        raise NotText("control signs")
    if _is_utf8(path):
        return "utf-8"
    return _guess(sample)


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    even, odd = sample[0::2][:2000], sample[1::2][:2000]
    if len(sample) < 8:
        return ""
    if odd.count(0) > len(odd) * 0.6 and even.count(0) < len(even) * 0.1:
        return "utf-16-le"
    if even.count(0) > len(even) * 0.6 and odd.count(0) < len(odd) * 0.1:
        return "utf-16-be"
    return ""


def _strange(sample: bytes) -> bool:
    """More control signs than a damaged list would have."""
    control = sum(sample.count(byte) for byte in range(32) if byte not in (9, 10, 13))
    return control > max(8, len(sample) * 0.02)


def _is_utf8(path: Path) -> bool:
    """Proven over the whole file. A few broken letters among many whole ones are a damaged UTF-8, not another code."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    broken = whole = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            text = decoder.decode(chunk)
            if not text.isascii():
                bad = _escaped(text)
                broken += bad
                whole += sum(1 for letter in text if letter > "\x7f") - bad
    broken += _escaped(decoder.decode(b"", final=True))
    return broken == 0 or whole > 10 * broken


def _escaped(text: str) -> int:
    """How many bytes were no letters; they stand in the text as lone surrogates."""
    return sum(1 for letter in text if "\udc80" <= letter <= "\udcff")


def _guess(sample: bytes) -> str:
    """Windows' and ISO's Latin letters, unless the text is plainly in another alphabet."""
    from charset_normalizer import from_bytes  # 3 MB, and most lists are UTF-8

    foreign = sum(1 for byte in sample if byte > 0x7F)
    letters = sum(1 for byte in sample if byte > 0x7F or chr(byte).isalpha()) or 1
    if foreign / letters > FOREIGN and (best := from_bytes(sample).best()) is not None:
        return best.encoding
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"
