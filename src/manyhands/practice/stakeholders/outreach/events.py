"""What this part tells the rest of the house."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class ContactLogged(Event):
    """Somebody spoke with an ally, or tried to."""

    stakeholder_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class StepPlanned(Event):
    """The next step with an ally was planned, or there is none any more."""

    stakeholder_id: int
    step_is_set: bool


@dataclass(frozen=True, kw_only=True)
class HeldBack(Event):
    """We wait with an ally until a day, never ask it, or may ask it again."""

    stakeholder_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class ScriptWritten(Event):
    """Words to begin with were written or changed."""

    script_id: int


@dataclass(frozen=True, kw_only=True)
class ScriptRetired(Event):
    """Words to begin with were put away, or taken out again."""

    script_id: int
    is_retired: bool


@dataclass(frozen=True, kw_only=True)
class MenuWritten(Event):
    """Something that people could do for us was written on the menu or changed."""

    menu_item_id: int


@dataclass(frozen=True, kw_only=True)
class MenuRetired(Event):
    """Something was taken off the menu, or put back."""

    menu_item_id: int
    is_retired: bool


@dataclass(frozen=True, kw_only=True)
class AllyInvited(Event):
    """An ally was invited to the table, with a menu of what it could do."""

    stakeholder_id: int
    invitation_id: int
    choices: int


@dataclass(frozen=True, kw_only=True)
class MenuChosen(Event):
    """Whoever took a seat said what they can do."""

    invitation_id: int
    choices: int


@dataclass(frozen=True, kw_only=True)
class AllyWelcomed(Event):
    """An invited ally took its seat; what it ticked became offers."""

    stakeholder_id: int | None
    invitation_id: int
    offers: int


@dataclass(frozen=True, kw_only=True)
class InputHeard(Event):
    """An ally told us something."""

    stakeholder_id: int
    input_id: int


@dataclass(frozen=True, kw_only=True)
class InputAnswered(Event):
    """It was written down what became of something an ally told us."""

    stakeholder_id: int
    input_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class InputTold(Event):
    """An ally was told what became of what it told us."""

    stakeholder_id: int
    input_id: int


@dataclass(frozen=True, kw_only=True)
class AllyBrainstormed(Event):
    """A name was called out and written into the list of allies."""

    stakeholder_id: int
