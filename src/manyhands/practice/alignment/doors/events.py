"""What doors for people without a seat tell. Never who came through one."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class LinksMade(Event):
    """Links were made by which people without an account can answer a round."""

    round_id: int
    links: int


@dataclass(frozen=True, kw_only=True)
class LinksStopped(Event):
    """Links by which people without an account could answer were stopped."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class PaperBrought(Event):
    """Answers on paper were brought into a round."""

    round_id: int
    sheets: int


@dataclass(frozen=True, kw_only=True)
class PaperUndone(Event):
    """Answers on paper were taken out of a round again."""

    round_id: int
    sheets: int
