"""What this room tells the rest of the house."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class AllyAdded(Event):
    """An ally was written into the list."""

    stakeholder_id: int
    kind_of_actor: str = ""


@dataclass(frozen=True, kw_only=True)
class AllyChanged(Event):
    """What we know of an ally was changed."""

    stakeholder_id: int
    fields_changed: int


@dataclass(frozen=True, kw_only=True)
class AllyMoved(Event):
    """Reaching out to an ally came to another stage, or where they stand was written anew."""

    stakeholder_id: int
    stage_before: str
    stage_after: str
    stance_before: str
    stance_after: str


@dataclass(frozen=True, kw_only=True)
class AllyTakenOn(Event):
    """Somebody looks after an ally from now on, or nobody does any more."""

    stakeholder_id: int
    seat_id: int | None


@dataclass(frozen=True, kw_only=True)
class AllyRated(Event):
    """A member said how much an ally cares and how much it can move."""

    stakeholder_id: int
    raters: int


@dataclass(frozen=True, kw_only=True)
class NoteRenewed(Event):
    """Somebody said that a note about a person is still needed; it is kept for another twelve months."""

    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class HeldHandedOver(Event):
    """What is held about a person was taken out, to hand it to them."""

    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class AllyRemoved(Event):
    """An ally was taken off the list; this can be undone for two weeks."""

    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class AllyRestored(Event):
    """An ally that had been taken off the list was put back."""

    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class ListUploaded(Event):
    """A list of possible allies was uploaded; nothing of it is among the allies yet."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class ListMatched(Event):
    """The columns of a list were matched, and it is tried without writing."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class ListDiscarded(Event):
    """A list was thrown away before anything of it was brought in."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class ImportStarted(Event):
    """A list that had been tried is being brought in."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class ImportStopped(Event):
    """An import was stopped before it had written anything."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class StakeholdersImported(Event):
    """A list was brought in, all of it at once."""

    import_id: int
    added: int
    updated: int
    skipped: int
    refused: int
    positions: int = 0


@dataclass(frozen=True, kw_only=True)
class ImportUndoAsked(Event):
    """Somebody asked to take an import back."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class ImportUndone(Event):
    """An import was taken back; what somebody had edited since was kept."""

    import_id: int
    removed: int
    restored: int
    kept: int
