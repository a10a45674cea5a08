"""What plans tell the rest of the house."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class ObjectiveSet(Event):
    """An objective was set for a goal, or changed."""

    objective_id: int
    goal_id: int
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class Measured(Event):
    """A measurement was entered, or corrected."""

    objective_id: int
    measurement_id: int
    is_correction: bool = False


@dataclass(frozen=True, kw_only=True)
class TaskAdded(Event):
    """A task was added to a plan."""

    task_id: int
    goal_id: int


@dataclass(frozen=True, kw_only=True)
class TaskChanged(Event):
    """The words, the day or the place of a task were changed."""

    task_id: int


@dataclass(frozen=True, kw_only=True)
class TaskOffered(Event):
    """A part in a task was offered to someone."""

    task_id: int
    assignment_id: int
    part: str


@dataclass(frozen=True, kw_only=True)
class OfferAnswered(Event):
    """Someone accepted or declined a part in a task, or handed it back."""

    task_id: int
    assignment_id: int
    part: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class TaskMoved(Event):
    """A task is under way, stuck, done, verified or dropped."""

    task_id: int
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class MessageFramed(Event):
    """Words were written that link somebody's own motive to a goal."""

    goal_id: int
    framing_id: int
