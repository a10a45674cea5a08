"""What this part tells the rest of the house. Ids only: what a member keeps to itself is in no line."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class SuccessDefined(Event):
    """A member wrote down what success means to it."""

    definition_id: int
    organization_id: int


@dataclass(frozen=True, kw_only=True)
class SuccessRewritten(Event):
    """A member said anew what success means to it."""

    definition_id: int
    organization_id: int


@dataclass(frozen=True, kw_only=True)
class SuccessShared(Event):
    """A member shared what success means to it."""

    definition_id: int
    organization_id: int


@dataclass(frozen=True, kw_only=True)
class SuccessLinked(Event):
    """A member said which shared goals serve its outcome, or that none does."""

    definition_id: int
    organization_id: int
    goals: int


@dataclass(frozen=True, kw_only=True)
class SuccessConfirmed(Event):
    """A member confirmed what success means to it, and said what it sees of it."""

    definition_id: int
    organization_id: int


@dataclass(frozen=True, kw_only=True)
class SuccessTakenBack(Event):
    """A member took back what it had said of success."""

    definition_id: int
    organization_id: int


@dataclass(frozen=True, kw_only=True)
class ConflictNamed(Event):
    """Two members want things that get in each other's way, and somebody said so."""

    conflict_id: int
    organization_id: int
    other_organization_id: int


@dataclass(frozen=True, kw_only=True)
class ConflictSettled(Event):
    """Two members found a way in which both get what they must see."""

    conflict_id: int
    organization_id: int
    other_organization_id: int


@dataclass(frozen=True, kw_only=True)
class ConflictReopened(Event):
    """A pair that had been settled is open again."""

    conflict_id: int
    organization_id: int
    other_organization_id: int


@dataclass(frozen=True, kw_only=True)
class PriorityNominated(Event):
    """Somebody asked for something to be done before other things."""

    priority_id: int


@dataclass(frozen=True, kw_only=True)
class PriorityStandTaken(Event):
    """A member said whether a priority serves it or gets in its way."""

    priority_id: int
    organization_id: int


@dataclass(frozen=True, kw_only=True)
class PriorityChosen(Event):
    """A priority comes first, comes later, or was reached."""

    priority_id: int
    state: str
