"""What this part tells the rest of the house: ids only, never where somebody stands."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class IssueNamed(Event):
    """Something we want was named, on which actors take sides."""

    issue_id: int


@dataclass(frozen=True, kw_only=True)
class IssueChanged(Event):
    """The words of an issue were changed."""

    issue_id: int


@dataclass(frozen=True, kw_only=True)
class IssueClosed(Event):
    """An issue was closed; what was written about it is kept."""

    issue_id: int


@dataclass(frozen=True, kw_only=True)
class IssueReopened(Event):
    """A closed issue was opened again."""

    issue_id: int


@dataclass(frozen=True, kw_only=True)
class PositionWritten(Event):
    """Somebody wrote down where an actor stands on an issue."""

    stakeholder_id: int
    issue_id: int


@dataclass(frozen=True, kw_only=True)
class PositionTakenBack(Event):
    """A position that was written by mistake was taken back."""

    stakeholder_id: int
    issue_id: int


@dataclass(frozen=True, kw_only=True)
class SwayRated(Event):
    """A member said how much an actor can make others do."""

    stakeholder_id: int
    pairs: int


@dataclass(frozen=True, kw_only=True)
class SwayWithdrawn(Event):
    """A member took back a rating of who has a say over whom."""

    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class ClaimRated(Event):
    """A member said whose claim is strong, rightful or urgent."""

    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class ClaimWithdrawn(Event):
    """A member took back what they said of an actor's claim."""

    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class SurveyTried(Event):
    """A file of who finds whom influential, or of who stands where, was read; nothing of it is written."""

    tie_list_id: int
    statements: int


@dataclass(frozen=True, kw_only=True)
class SurveyBroughtIn(Event):
    """A file of influence or of positions came in as a whole."""

    tie_list_id: int
    statements: int
    issues: int


@dataclass(frozen=True, kw_only=True)
class SurveyTakenBack(Event):
    """A file of influence or of positions was taken back as a whole."""

    tie_list_id: int
    statements: int
