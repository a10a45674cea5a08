"""Organizations written twice: a labelled set made the same way each time, for tests and benchmarks.

Each of the second writings has one to three changes of the kinds found in real lists: slips of the
keyboard, a legal form added, changed or left out, short forms of words, accents, other word order, "&" for
"and", a leading "The", dots, capital letters, two words written as one.
"""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from manyhands.analysis.matching.names import taken_apart

LEGAL = ["Inc", "Inc.", "Incorporated", "Corp", "LLC", "Ltd", "Limited", "e.V.", "gGmbH", "ASBL", "A.C.", "Co", "Onlus"]
SHORT = {
    "association": ["Assn", "Assoc", "Assoc."],
    "university": ["Univ", "Univ.", "U."],
    "international": ["Intl", "Int'l", "Internatl"],
    "national": ["Natl", "Nat'l"],
    "foundation": ["Fdn", "Found", "Fndn"],
    "department": ["Dept", "Dept."],
    "center": ["Ctr", "Centre"],
    "community": ["Cmty", "Comm."],
    "saint": ["St", "St."],
    "society": ["Soc", "Soc."],
    "institute": ["Inst", "Inst."],
    "committee": ["Cmte", "Ctte"],
    "organization": ["Org", "Organisation"],
    "services": ["Svcs", "Svc"],
    "american": ["Amer", "Amer."],
    "development": ["Dev", "Devel"],
    "education": ["Ed", "Educ"],
    "washington": ["Wash", "Wash."],
    "church": ["Ch", "Ch."],
    "school": ["Sch"],
    "council": ["Cncl"],
    "federation": ["Fed"],
}


def words(text: str) -> list[str]:
    return text.split()


#: For where the real names are missing: all of these are invented.
HEADS = words("Linden Harbor Northside Maple Ravine Willow Stone Ferry Juniper Beacon Cedar Marsh Falcon Orchard")
MIDDLES = words("Health Family Youth Tenants River Food Housing Music Bicycle Forest Reading Nurses Workers")
TAILS = words("Association Foundation Council Alliance Center Society Network Club Institute Project Union")


@dataclass(frozen=True)
class Labelled:
    """Names, and which two rows are one organization."""

    names: list[str]
    pairs: set[tuple[int, int]]


def real_names(shared: Path) -> list[str]:
    """Different names of organizations in the lists beside the project; equal ones once."""
    found: list[str] = []
    for file, column in (
        ("org-directories/irs-exempt-organizations/eo_dc_2021-02.csv", "NAME"),
        ("org-directories/irs-exempt-organizations/eo_vt_2026-04.csv", "NAME"),
        ("coalition-signon/coara-signatories/coara_signatories.csv", "Organization"),
        ("coalition-signon/scotus-amicus-ot2022/filers.csv", "filer_as_listed"),
    ):
        if (shared / file).exists():
            with (shared / file).open(encoding="utf-8", newline="") as opened:
                found += [" ".join((row[column] or "").strip('" \n').split()) for row in csv.DictReader(opened)]
    return different(found)


def invented_names() -> list[str]:
    """Some two thousand names of nobody."""
    return [f"{head} {middle} {tail}" for head in HEADS for middle in MIDDLES for tail in TAILS]


def different(names: list[str]) -> list[str]:
    """Without those that differ in nothing that tells."""
    seen: set[str] = set()
    kept = []
    for name in names:
        key = taken_apart(name).in_any_order
        if key and 5 <= len(name) <= 120 and key not in seen:
            seen.add(key)
            kept.append(name)
    return kept


def more_names(names: list[str], number: int, chance: random.Random) -> list[str]:
    """Fill up with names put together from halves of two: like real ones, and nearer to each other than those."""
    seen = {taken_apart(name).in_any_order for name in names}
    made = list(names)
    parts = [name.split() for name in names]
    while len(made) < number:
        one, other = chance.choice(parts), chance.choice(parts)
        head, tail = one[: max(1, (len(one) + 1) // 2)], other[len(other) // 2 :]
        name = " ".join([*head, *tail])
        key = taken_apart(name).in_any_order
        if 5 <= len(name) <= 120 and key and key not in seen:
            seen.add(key)
            made.append(name)
    return made


def labelled(names: list[str], number: int, *, seed: int = 2026, twice: float = 0.2) -> Labelled:
    """``number`` rows, of which the given share is a second writing of another row; in random order.

    Parameters
    ----------
    names : list of str
        Different ones to begin with.
    number : int
    seed : int
    twice : float
        Share of second writings among the rows.
    """
    chance = random.Random(seed)
    second = int(number * twice)
    base = list(names)
    chance.shuffle(base)
    base = more_names(base, number - second, chance)[: number - second]
    origin = chance.sample(range(len(base)), second)
    rows = base + [rewritten(base[at], chance) for at in origin]
    place = list(range(len(rows)))
    chance.shuffle(place)
    shuffled = [""] * len(rows)
    for at, to in enumerate(place):
        shuffled[to] = rows[at]
    pairs = {
        (min(one, other), max(one, other))
        for at, of in enumerate(origin)
        for one, other in [(place[of], place[len(base) + at])]
    }
    return Labelled(shuffled, pairs)


def rewritten(name: str, chance: random.Random) -> str:
    """The name as somebody else might write it; never letter for letter the same."""
    changed = name
    for _ in range(chance.choice([1, 1, 2, 2, 3])):
        changed = chance.choice(CHANGES)(changed, chance)
    while changed == name or not taken_apart(changed).plain:
        changed = slip(changed, chance)
    return changed


def slip(name: str, chance: random.Random) -> str:
    """One letter left out, doubled, changed, or swapped with the next."""
    places = [at for at, letter in enumerate(name[:-1]) if letter.isalpha()]
    if not places:
        return name + "a"
    at = chance.choice(places)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    letter = letter.upper() if name[at].isupper() else letter
    return chance.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ]
    )


def two_slips(name: str, chance: random.Random) -> str:
    return slip(slip(name, chance), chance)


def other_legal_form(name: str, chance: random.Random) -> str:
    legal = taken_apart(name).legal
    bare = " ".join(name.split()[: len(name.split()) - len(legal)]).rstrip(",") if legal else name
    return (
        bare + chance.choice(["", " ", ", "]).rstrip() + (" " + chance.choice(LEGAL) if chance.random() < 0.7 else "")
    )


def shortened(name: str, chance: random.Random) -> str:
    words = name.split()
    can = [at for at, word in enumerate(words) if word.strip(",.").casefold() in SHORT]
    if not can:
        return slip(name, chance)
    at = chance.choice(can)
    short = chance.choice(SHORT[words[at].strip(",.").casefold()])
    words[at] = short.upper() if words[at].isupper() else short
    return " ".join(words)


def other_accents(name: str, chance: random.Random) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    if plain != name:
        return plain
    vowels = [at for at, letter in enumerate(name) if letter in "aeiouAEIOU"]
    if not vowels:
        return slip(name, chance)
    at = chance.choice(vowels)
    return name[:at] + unicodedata.normalize("NFC", name[at] + chance.choice("\u0301\u0300\u0302")) + name[at + 1 :]


def other_order(name: str, chance: random.Random) -> str:
    words = name.split()
    if len(words) < 2:
        return slip(name, chance)
    of = [at for at, word in enumerate(words) if word.casefold() in {"of", "for", "de"} and at]
    cut = of[0] if of and chance.random() < 0.5 else 1
    return " ".join(words[cut:]) + ", " + " ".join(words[:cut])


def other_and(name: str, chance: random.Random) -> str:
    if re.search(r"\band\b", name, re.I):
        return re.sub(r"\band\b", "&", name, flags=re.I)
    return name.replace("&", "and") if "&" in name else "The " + name


def other_case(name: str, chance: random.Random) -> str:
    return name.title() if name.isupper() else name.upper()


def dotted(name: str, chance: random.Random) -> str:
    return name.replace("'", "").replace("’", "").replace("-", " ") + chance.choice([".", " .", ",", ""])


def joined(name: str, chance: random.Random) -> str:
    words = name.split()
    if len(words) < 3:
        return slip(name, chance)
    at = chance.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1].lower(), *words[at + 2 :]])


CHANGES = [slip, slip, two_slips, other_legal_form, other_legal_form, shortened, shortened, other_accents, other_order]
CHANGES += [other_and, other_case, dotted, joined]
