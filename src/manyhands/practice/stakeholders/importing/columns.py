"""Which column is which? Guessed from headers people use, then from what is in the cells; always editable."""

import hashlib
import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from ..rules import folded

#: What a column can become, with the words coordinators read.
TARGETS: dict[str, object] = {
    "name": _("Name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "kind": _("Organization or person"),
    "also_known_as": _("Also known as"),
    "identifier": _("Official number"),
    "sector": _("Sector"),
    "street": _("Street"),
    "city": _("City or town"),
    "region": _("State or region"),
    "postal_code": _("Postal code"),
    "country": _("Country"),
    "website": _("Website"),
    "email": _("E-mail address"),
    "phone": _("Phone"),
    "about": _("Who they are"),
    "note": _("Note"),
    "tags": _("Tags"),
    "stance": _("Where they stand"),
    "stance_source": _("How we know where they stand"),
    "stance_on": _("Day as of which they stand there"),
    "issue": _("Issue they took sides on"),
    "position": _("Where they stand on the issue"),
}
#: Columns that say what an ally does in this list, and nothing that is kept with the ally.
BESIDE = frozenset({"issue", "position"})
#: Kept beside the record under its own name; may be chosen for any number of columns.
KEEP = "extra"

SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "organization", "organisation", "organization name", "organisation name", "org", "org name", "company",
        "company name", "legal name", "display name", "full name", "group name", "member name", "ally", "institution",
        "actor", "stakeholder", "label",
    ),
    "first_name": ("first name", "firstname", "given name", "first", "forename", "can2 first name"),
    "last_name": ("last name", "lastname", "family name", "surname", "last", "can2 last name"),
    "kind": ("ind/org", "contact type", "kind", "organization or person", "type of contact"),
    "also_known_as": ("sort name", "nickname", "alias", "aka", "also known as", "dba", "doing business as", "acronym"),
    "identifier": (
        "ein", "uuid", "external identifier", "external id", "id", "tax id", "charity number", "registration number",
        "abn", "company number", "identifier", "contact id", "unique id", "official number",
    ),
    "sector": (
        "sector", "ntee cd", "ntee", "ntee code", "industry", "field", "category", "cause", "organization type",
        "organisation type", "type of organization", "type of organisation", "actor type", "type",
    ),
    "street": (
        "street", "street address", "address", "address 1", "address line 1", "mailing address", "can2 user address",
    ),
    "city": ("city", "town", "city or town", "suburb", "locality", "can2 user city", "municipality"),
    "region": (
        "state", "state or region", "region", "province", "county", "state abbreviated", "can2 state abbreviated",
    ),
    "postal_code": ("zip", "zip code", "zipcode", "postal code", "postcode", "post code", "plz"),
    "country": ("country", "nation", "country name", "country code"),
    "website": ("website", "web", "url", "homepage", "web site", "site"),
    "email": ("email", "e mail", "email address", "e mail address", "mail"),
    "phone": ("phone", "phone number", "telephone", "tel", "mobile", "can2 phone", "phone 1"),
    "about": ("about", "description", "mission", "who they are", "summary", "what they do"),
    "note": ("note", "notes", "comment", "comments", "remarks"),
    "tags": ("tags", "tag", "groups", "labels", "keywords", "can2 user tags"),
    "stance": ("stance", "position", "where they stand"),
    "stance_source": ("stance source", "position source"),
    "stance_on": ("stance on", "stance date", "stance as of", "position date", "as of"),
    "issue": ("issue", "case", "bill", "topic", "letter", "petition"),
    "position": ("position on issue", "position on the issue", "side", "vote", "for or against"),
}  # fmt: skip
#: What a cell says where it names the kind.
PERSON_WORDS = frozenset({"person", "individual", "contact", "people", "human"})
ORGANIZATION_WORDS = frozenset({"organization", "organisation", "org", "company", "group", "household"})
KIND_WORDS = PERSON_WORDS | ORGANIZATION_WORDS
_SPOKEN = {word: target for target, words in SYNONYMS.items() for word in words}
CERTAIN = 92

_LOOKS = (
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.I)),
    ("website", re.compile(r"(https?://|www\.)\S+", re.I)),
)


def fingerprint(header: Sequence[str]) -> str:
    """The same for the same header, whatever file it comes in.

    >>> fingerprint(["Name", " EIN"]) == fingerprint(["name", "ein"])
    True
    """
    return hashlib.blake2b("\x1f".join(folded(title) for title in header).encode(), digest_size=16).hexdigest()


def guess(header: Sequence[str], samples: Sequence[Sequence[str]]) -> dict[str, str]:
    """A target for each column that we recognise, by the column's place in the header (as text, for JSON).

    Each target is used once: of two columns called "Last Name" the first counts.

    >>> guess(["EIN", "NAME", "STREET", "ZIP", "NTEE_CD", "RULING"], [[]] * 6)
    {'0': 'identifier', '1': 'name', '2': 'street', '3': 'postal_code', '4': 'sector'}
    >>> guess(["Organisation", "Reach them at"], [["Clinic"], ["hello@clinic.example"]])
    {'0': 'name', '1': 'email'}
    >>> guess(["Name", "E-mail"], [["Clinic"], ["hello@clinic.example", "ask at the desk"]])
    {'0': 'name', '1': 'email'}

    Where a column names an issue, the position is the one on it:

    >>> guess(["Name", "Issue", "Position"], [[]] * 3), guess(["Name", "Position"], [[]] * 2)
    ({'0': 'name', '1': 'issue', '2': 'position'}, {'0': 'name', '1': 'stance'})

    A type is the sector, unless it only says who is a person and who an organization:

    >>> guess(["Actor", "Type"], [["Clinic"], ["gov", "sci"]]), guess(["Name", "Type"], [["Ana"], ["Person"]])
    ({'0': 'name', '1': 'sector'}, {'0': 'name', '1': 'kind'})
    """
    found: dict[str, str] = {}
    plain = [re.sub(r"[\s_.\-–]+", " ", folded(title)).strip() for title in header]
    for at, values in enumerate(samples):
        if plain[at] == "type" and values and {folded(value) for value in values} <= KIND_WORDS:
            plain[at] = "kind"
    exact = [(at, _SPOKEN[title]) for at, title in enumerate(plain) if title in _SPOKEN]
    for at, target in sorted(exact, key=lambda pair: SYNONYMS[pair[1]].index(plain[pair[0]])):
        _take(found, at, target)
    for at, title in enumerate(plain):
        if str(at) not in found and len(title) > 3:
            best = process.extractOne(title, _SPOKEN.keys(), scorer=fuzz.ratio, score_cutoff=CERTAIN)
            if best is not None:
                _take(found, at, _SPOKEN[best[0]])
    for at, values in enumerate(samples):
        if str(at) not in found and values:
            target = next((name for name, look in _LOOKS if all(look.fullmatch(value) for value in values)), "")
            _take(found, at, target)
    if "issue" in found.values() and "position" not in found.values():
        # Beside an issue, a position is the one on it.
        found = {at: "position" if target == "stance" else target for at, target in found.items()}
    return dict(sorted(found.items(), key=lambda pair: int(pair[0])))


def problem_with(mapping: Mapping[str, str], columns: int) -> str:
    """What keeps a mapping from being used, in one sentence; empty when it can be.

    >>> str(problem_with({"0": "city"}, 3))
    'Say which column holds the name: it is the one thing we need.'
    >>> str(problem_with({"0": "name", "1": "name"}, 3))
    'Two columns are matched with “Name”; choose one of them.'
    >>> problem_with({"0": "first_name", "1": "last_name", "2": "extra"}, 3)
    ''
    """
    for at, target in mapping.items():
        if not at.isdigit() or int(at) >= columns or (target not in TARGETS and target != KEEP):
            return str(_("A column is matched with something that is not here any more. Look at the matches again."))
    chosen = [target for target in mapping.values() if target != KEEP]
    twice = next((target for target in chosen if chosen.count(target) > 1), None)
    if twice:
        return str(_("Two columns are matched with “%(field)s”; choose one of them.")) % {"field": TARGETS[twice]}
    if not {"name", "first_name", "last_name"}.intersection(chosen):
        return str(_("Say which column holds the name: it is the one thing we need."))
    return ""


def _take(found: dict[str, str], at: int, target: str) -> None:
    if target and target not in found.values() and str(at) not in found:
        found[str(at)] = target
