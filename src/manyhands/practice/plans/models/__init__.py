"""What plans keep: objectives with their measurements, tasks with who does what."""

from .messages import GoalMessage
from .objectives import Measurement, Objective
from .tasks import Assignment, Task

__all__ = ["Assignment", "GoalMessage", "Measurement", "Objective", "Task"]
