"""What can be asked of background work. Every function reads; none writes."""

from django.db.models import Count, QuerySet

from .models import JobRun


def all_runs() -> QuerySet[JobRun]:
    """Every run of the installation, for operators."""
    return JobRun.objects.all()


def runs_of(coalition_id: int) -> QuerySet[JobRun]:
    """The runs that work inside one coalition."""
    return JobRun.objects.filter(coalition_id=coalition_id)


def counts() -> dict[str, int]:
    """How many runs are in each state: ``{"waiting": 0, "running": 1, "done": 40, "failed": 0}``."""
    found = dict(JobRun.objects.order_by().values_list("state").annotate(n=Count("id")))
    return {state: found.get(state, 0) for state in JobRun.State.values}
