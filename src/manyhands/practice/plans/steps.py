"""What several deeds do on their way."""

from .models import Task


def locked(task: Task) -> Task:
    """The task as it is now, held until the transaction ends."""
    return Task.objects.select_for_update(no_key=True).get(pk=task.pk)
