"""What alignment tells the rest of the house. Answers are never told, to no one."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event

#: Who signs the line of a deed whose doer is to stay nameless.
NAMELESS = "someone in the round"


@dataclass(frozen=True, kw_only=True)
class RoundDrafted(Event):
    """A question to everyone was prepared."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class RoundOpened(Event):
    """A question was put to everyone."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class RoundGroupsChosen(Event):
    """It was said anew how the groups of opinion of a round come about."""

    round_id: int
    method: str


@dataclass(frozen=True, kw_only=True)
class RoundClosed(Event):
    """A round takes no more answers, and its common ground is being worked out."""

    round_id: int
    participants: int


@dataclass(frozen=True, kw_only=True)
class RoundValidated(Event):
    """Members looked at the common ground of a round and found it true."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class StatementContributed(Event):
    """Someone wrote a statement."""

    round_id: int
    statement_id: int


@dataclass(frozen=True, kw_only=True)
class StatementModerated(Event):
    """A statement was read and let in, or taken out."""

    round_id: int
    statement_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class StatementMerged(Event):
    """Two statements that say the same were joined."""

    round_id: int
    statement_id: int
    into_id: int


@dataclass(frozen=True, kw_only=True)
class RoundImported(Event):
    """A round that took place elsewhere was brought in."""

    round_id: int
    statements: int
    participants: int
    responses: int


@dataclass(frozen=True, kw_only=True)
class ImportUndone(Event):
    """A round that had been brought in was taken out again."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class ReportOpened(Event):
    """A round's report was opened to everyone, at an address of its own."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class ReportTakenBack(Event):
    """A round's report is no longer open to everyone."""

    round_id: int
