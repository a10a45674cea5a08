"""Groups of opinion that are declared instead of found: which voices stand together, and who is too few to. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

__all__ = [
    "ALONE",
    "FEWEST_ORGANIZATIONS",
    "FEWEST_VOICES",
    "FOUND",
    "METHOD",
    "OTHERS",
    "SEVERAL",
    "UNKNOWN",
    "WAYS",
    "Declared",
    "Voice",
    "declared",
    "label_of",
]

#: Printed beside the figures. The number changes when the rule does.
METHOD = "declared groups 1"
#: What a group must bring to stand for itself. Who belongs to it is known to all, unlike with groups that are found, so
#: five are not enough: of fewer than ten nothing can be told of how they answered (`suppression.shown_answers`), but
#: "every group agrees" would say it of five people by name.
FEWEST_VOICES = 10
#: And so many organizations, none of which brings more than half of the people: else the group is one organization.
FEWEST_ORGANIZATIONS = 5

FOUND = "found"
WAYS = [
    (FOUND, _("found in the answers")),
    ("sector", _("by sector of the organization")),
    ("city", _("by town of the organization")),
    ("region", _("by region of the organization")),
    ("country", _("by country of the organization")),
    ("places", _("by the place an organization speaks for")),
    ("voices", _("by the people an organization speaks for")),
]

#: Names of groups that no organization brings. Nobody's own word is in brackets: `label_of` takes them off.
OTHERS = "(others)"
ALONE = "(no organization)"
UNKNOWN = "(not known)"
SEVERAL = "(several)"
#: The only group where no two are large enough.
EVERYONE = "A"


def label_of(words: Iterable[str]) -> str:
    """The group of an organization of which this is known, in the words it is known by.

    >>> label_of(["Health "]), label_of([]), label_of(["Linden", "Harbor"]), label_of(["(others)"])
    ('Health', '(not known)', '(several)', 'others')
    """
    known = {" ".join(each.split()).strip("() ")[:60] for each in words} - {""}
    return UNKNOWN if not known else SEVERAL if len(known) > 1 else known.pop()


@dataclass(frozen=True)
class Voice:
    """One that counts: what its group is called, and the organization it answered for (None for none)."""

    group: str
    organization: int | None


@dataclass(frozen=True)
class Declared:
    """The groups as they are told: the group of each voice, and which were too small and stand among the others."""

    of_voice: dict[int, str] = field(default_factory=dict)
    joined: list[str] = field(default_factory=list)


def declared(voices: Mapping[int, Voice]) -> Declared:
    """Put those that are too few together, until nothing small is left that could be told apart.

    They are joined and not left out, since what is left out of a total can be found by subtraction. If the others are
    still too few, the smallest that stands joins them. Where fewer than two groups are left, everyone is one.

    >>> town = {n: Voice("Linden" if n < 12 else "Harbor", n) for n in range(24)}
    >>> found = declared(town)
    >>> sorted(set(found.of_voice.values())), found.joined
    (['Harbor', 'Linden'], [])
    >>> found = declared(town | {90: Voice("Mill", 90), 91: Voice(ALONE, None)})
    >>> sorted(set(found.of_voice.values())), found.joined
    (['(others)', 'Linden'], ['(no organization)', 'Harbor', 'Mill'])
    >>> declared({n: Voice("Linden", n) for n in range(12)}).joined
    ['Linden']
    """
    groups: dict[str, dict[int, Voice]] = defaultdict(dict)
    for pk, voice in voices.items():
        groups[_same(voice.group)][pk] = voice
    names = {key: min(voice.group for voice in own.values()) for key, own in groups.items()}
    small = {key for key, own in groups.items() if not _stands(own)}
    while small and not _stands(_together(groups, small)) and len(small) < len(groups):
        small.add(min(groups.keys() - small, key=lambda key: (len(groups[key]), key)))
    if len(groups.keys() - small) + bool(small) < 2:
        return Declared(dict.fromkeys(voices, EVERYONE), sorted(names.values()))
    told = {key: OTHERS if key in small else names[key] for key in groups}
    return Declared({pk: told[_same(voice.group)] for pk, voice in voices.items()}, sorted(names[key] for key in small))


def _same(name: str) -> str:
    """Two ways to write one word are one group."""
    return name.casefold()


def _together(groups: Mapping[str, dict[int, Voice]], keys: Iterable[str]) -> dict[int, Voice]:
    return {pk: voice for key in keys for pk, voice in groups[key].items()}


def _stands(voices: Mapping[int, Voice]) -> bool:
    """Whether these are enough to be told apart. Whoever answered for no organization counts as one of their own."""
    organizations = Counter(
        -1 - pk if voice.organization is None else voice.organization for pk, voice in voices.items()
    )
    return (
        len(voices) >= FEWEST_VOICES
        and len(organizations) >= FEWEST_ORGANIZATIONS
        and 2 * max(organizations.values()) <= len(voices)
    )
