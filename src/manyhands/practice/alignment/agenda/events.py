"""What agendas tell the rest of the house. Ids and figures only."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class AgendaAsked(Event):
    """Somebody asked which so many statements of a round make an agenda."""

    round_id: int
    size: int


@dataclass(frozen=True, kw_only=True)
class PriorityAgendaAsked(Event):
    """Somebody asked which so many priorities would leave no like-minded members out."""

    size: int


@dataclass(frozen=True, kw_only=True)
class PricedAgendaAsked(Event):
    """Somebody said what priorities cost and how much there is, and asked which leave no like-minded members out."""

    priorities: int


@dataclass(frozen=True, kw_only=True)
class AgendaKept(Event):
    """One agenda of a round was kept as the suggestion."""

    round_id: int
    size: int
    method: str


@dataclass(frozen=True, kw_only=True)
class AgendaLetGo(Event):
    """The suggestion of a round was let go."""

    round_id: int
