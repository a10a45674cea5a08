"""What plans can be asked. Every function reads; none writes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from manyhands.foundation.access.rules import Actor, Visitor
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.ui.addresses import address_of
from manyhands.practice.governance import queries as governance
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.stakeholders.models import ProfileEntry
from manyhands.practice.stakeholders.profiles.queries import readable_by, visible_to

from . import rules, sentences
from .models import Assignment, GoalMessage, Measurement, Objective, Task


@dataclass(frozen=True)
class ObjectiveProgress:
    """One objective as far as anyone can know: its last value, how it goes, and in what words."""

    objective: Objective
    readings: list[Measurement]
    course: rules.Course
    percent: int | None  # of the way from baseline to target; None while nobody knows

    @property
    def last(self) -> Measurement | None:
        return self.readings[-1] if self.readings else None

    @property
    def now(self) -> str:
        """The last value, as people write it; a dash before the first."""
        return sentences.figure(self.last.value) if self.last else "–"

    @property
    def towards(self) -> str:
        return sentences.towards(self.objective)

    @property
    def course_label(self) -> str:
        return sentences.course_label(self.course)

    @property
    def is_good(self) -> bool:
        return self.course in {rules.Course.ON_TRACK, rules.Course.REACHED}

    @property
    def measured(self) -> str:
        """Where and when the last value comes from; says so when there is none."""
        return sentences.measured(self.last)


@dataclass(frozen=True)
class GoalProgress:
    """A shared goal with its objectives, for the desk, the list of plans and the open site."""

    goal: SharedGoal
    objectives: list[ObjectiveProgress]
    count_tasks: int
    count_done: int
    count_unowned: int
    url: str

    @property
    def leading(self) -> ObjectiveProgress | None:
        """The objective to show when there is room for one: the first that has been measured, else the first."""
        return next((o for o in self.objectives if o.readings), self.objectives[0] if self.objectives else None)

    @property
    def told(self) -> tuple[Any, ...]:
        """What the desk shows of it; see `ui/drawn.py`."""
        step = self.leading
        if step is None:
            return self.url, self.goal.title
        how = (step.now, step.towards, step.percent, step.is_good, str(step.course_label), step.measured)
        return self.url, self.goal.title, *how


# --- goals and objectives -------------------------------------------------------------------------


def goal_progress(actor: Actor | Visitor) -> list[GoalProgress]:
    """How our goals are going: every adopted or reached goal, one query whatever their number.

    It holds nothing that names a person, so it may be shown to a `Visitor` where the coalition is public; the face
    that shows it decides that.
    """
    asked = GoalRows()
    ask_together(*asked.questions)
    return progress_of_goals(asked)


class GoalRows:
    """What it takes to say how our goals are going, not asked yet, so that a page can ask it with others."""

    def __init__(self) -> None:
        ours = governance.adopted_goals()
        self.goals: QuerySet[Any] = ours.annotate(
            count_tasks=Count("tasks", filter=~Q(tasks__state="dropped")),
            count_done=Count("tasks", filter=Q(tasks__state__in=["done", "verified"])),
            count_unowned=Count("tasks", filter=Q(tasks__state="unowned")),
        )
        self.of_goals = ObjectiveRows(Objective.objects.filter(goal__in=ours))

    @property
    def questions(self) -> tuple[QuerySet[Any], ...]:
        return self.goals, *self.of_goals.questions


def progress_of_goals(asked: GoalRows) -> list[GoalProgress]:
    """How our goals are going, from these rows."""
    goals = list(asked.goals)
    if not goals:
        return []
    slug = slug_of(goals[0].coalition_id)
    by_goal: dict[int, list[ObjectiveProgress]] = defaultdict(list)
    for progress in progress_of_objectives(asked.of_goals):
        by_goal[progress.objective.goal_id].append(progress)
    return [
        GoalProgress(
            goal,
            by_goal[goal.pk],
            goal.count_tasks,
            goal.count_done,
            goal.count_unowned,
            address_of("plans:goal", slug, goal.pk),
        )
        for goal in goals
    ]


class ObjectiveRows:
    """Objectives and what was measured of them, not asked yet, so that a page can ask it with others."""

    def __init__(self, objectives: QuerySet[Objective]) -> None:
        self.objectives = objectives.select_related("owner__organization").order_by("id")
        self.readings = current_measurements().filter(objective__in=objectives)

    @property
    def questions(self) -> tuple[QuerySet[Any], ...]:
        return self.objectives, self.readings


def progress_of_objectives(asked: ObjectiveRows) -> list[ObjectiveProgress]:
    """Objectives with their measurements and course, from these rows."""
    found: dict[int, tuple[Objective, list[Measurement]]] = {each.pk: (each, []) for each in asked.objectives}
    for reading in asked.readings:
        reading.objective, readings_of_it = found[reading.objective_id]
        readings_of_it.append(reading)
    return [progress_of(objective, of_it) for objective, of_it in found.values()]


def progress_of(objective: Objective, readings: Iterable[Measurement]) -> ObjectiveProgress:
    """The course of one objective from its readings, oldest first."""
    kept = list(readings)
    path = objective.path
    plain = [rules.Reading(reading.value, reading.measured_on) for reading in kept]
    course = rules.course(path, plain, localdate())
    percent = int(rules.share_of_way(path, plain[-1].value) * 100) if path and plain else None
    return ObjectiveProgress(objective, kept, course, percent)


def current_measurements() -> QuerySet[Measurement]:
    """Measurements that count: those that no newer one corrects; oldest first."""
    rows = Measurement.objects.filter(corrected_by=None).select_related("entered_by", "corrects")
    return rows.order_by("measured_on", "id")


def every_measurement(objective: Objective) -> QuerySet[Measurement]:
    """All that was ever entered for an objective, corrected ones too, newest first."""
    rows = Measurement.objects.filter(objective=objective).select_related("entered_by", "corrected_by")
    return rows.order_by("-measured_on", "-id")


# --- tasks ----------------------------------------------------------------------------------------


def tasks() -> QuerySet[Task]:
    """Every task, next due first and those that are over last, with who has a part in it."""
    return (
        Task.objects.select_related("goal", "objective", "added_by", "done_by", "verified_by")
        .prefetch_related(Prefetch("assignments", queryset=_parts(), to_attr="people"))
        .annotate(is_over=Q(state__in=Task.OVER))
        .order_by("is_over", F("due_on").asc(nulls_last=True), "id")
    )


def _parts() -> QuerySet[Assignment]:
    live = Assignment.objects.filter(acceptance__in=Assignment.LIVE).select_related("seat__organization")
    return live.order_by("part", "id")


def tasks_with_parts(tasks: QuerySet[Task]) -> tuple[QuerySet[Task], QuerySet[Assignment]]:
    """These tasks, and who has a part in them, not asked yet, so that a page can ask both with others."""
    return tasks.prefetch_related(None), _parts().filter(task__in=tasks.order_by().values("pk"))


def with_people(tasks: Iterable[Task], parts: Iterable[Assignment]) -> list[Task]:
    """Tasks with their parts as `people`, as `tasks` gives them."""
    found = list(tasks)
    people: dict[int, list[Assignment]] = defaultdict(list)
    for part in parts:
        people[part.task_id].append(part)
    for task in found:
        task.people = people[task.pk]  # type: ignore[attr-defined]
    return found


def alike(goal: SharedGoal, title: str, place: str) -> Task | None:
    """A task of any plan that seems to be the same work: the same place, or the same words, not over yet."""
    same = Q(title__iexact=title.strip())
    if place.strip():
        same |= Q(place__iexact=place.strip(), goal=goal)
    return tasks().filter(same).exclude(state__in=Task.OVER).first()


# --- what awaits ----------------------------------------------------------------------------------


# --- what is known of a person --------------------------------------------------------------------


def about_seats(seat_ids: list[int]) -> dict[str, list]:
    """What plans keep that these seats did, for the person's own download."""
    parts = Assignment.objects.filter(seat__in=seat_ids)
    return {
        "tasks": list(parts.values("task__title", "part", "acceptance", "offered_at", "answered_at", "reason")),
        "measurements": list(
            Measurement.objects.filter(entered_by__in=seat_ids).values("objective__title", "value", "measured_on")
        ),
        "objectives": list(Objective.objects.filter(owner__in=seat_ids).values("title", "due_on")),
    }


def motives_to_speak_to(actor: Actor) -> list[ProfileEntry]:
    """Why actors on the list care, as far as this reader may read it."""
    said = visible_to(actor).filter(about="motive", stakeholder__removed_at=None)
    return list(said.select_related("stakeholder").order_by("stakeholder__name", "pk"))


def messages_of(goal: SharedGoal, actor: Actor) -> list[GoalMessage]:
    """Words that link somebody's motive to a goal, as far as this reader may read the motive."""
    framed = GoalMessage.objects.filter(readable_by(actor, "motive__"), goal=goal, motive__replaced_at=None)
    found = framed.filter(motive__stakeholder__removed_at=None).select_related("motive__stakeholder")
    return list(found.order_by("motive__stakeholder__name", "pk"))
