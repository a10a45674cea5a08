"""Whether everyone was asked before a goal is adopted: told by a room above, since rooms of one row do not know each
other. Common ground asks, decisions refuse; `plans` looks down on both and joins them (`register_who_was_asked`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: More names than this are counted in a sentence; the page of the round has them all.
NAMES = 5


@dataclass(frozen=True)
class Member:
    """One active member: its name, since when it has been asked (None: never), and whether anyone of it took part."""

    name: str
    asked_at: datetime | None
    has_spoken: bool


@dataclass(frozen=True)
class Asking:
    """Every active member in the newest round that was put to everyone. Never how anybody answered."""

    members: list[Member]
    #: Address of the round without the coalition: ("alignment:round", 12), or the list of rounds.
    page: tuple[str, *tuple[int, ...]]
    is_round: bool

    @property
    def not_asked(self) -> list[Member]:
        return [each for each in self.members if each.asked_at is None]

    @property
    def silent(self) -> list[Member]:
        """Asked, and not heard."""
        return [each for each in self.members if each.asked_at is not None and not each.has_spoken]

    def url(self, slug: str) -> str:
        name, *ids = self.page
        return reverse(name, args=[slug, *ids])

    def sentence(self) -> str:
        """Why a goal cannot go on, naming who was not asked."""
        missing = self.not_asked
        if not self.is_round:
            return _("A goal is decided after everyone was asked, and no question was put to everyone yet.")
        names, more = ", ".join(each.name for each in missing[:NAMES]), len(missing) - NAMES
        if more > 0:
            more_names = ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", more)
            names = more_names % {"names": names, "n": more}
        return _("A goal is decided after every active member was asked. Not asked yet: %(names)s.") % {"names": names}


Source = Callable[[], Asking]
_SOURCES: list[Source] = []


def register_who_was_asked(source: Source) -> None:
    """Let a room above say who was asked; called once, when it is set up."""
    _SOURCES[:] = [source]


def who_was_asked() -> Asking | None:
    """Who was asked, or None in a house without a room that asks."""
    return _SOURCES[0]() if _SOURCES else None
