"""What closed talks tell: that there was one, to nobody but those in it. Never a word of it."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class TalkErased(Event):
    """A closed talk ended, and every word of it was erased."""

    posts: int
