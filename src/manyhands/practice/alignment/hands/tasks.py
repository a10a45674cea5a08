"""What is kept about hands is erased on its day, which nobody has to remember."""

from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import job
from manyhands.foundation.tenancy.scope import current_coalition_id

from . import queries


@every(hours=24, each_coalition=True)
@job(max_tries=3)
def erase_old_hands(progress: Progress) -> None:
    """Erase who asked and who was called on, wherever that is long enough ago."""
    from . import actions

    house = Actor(current_coalition_id(), None, system="the day on which hands are erased")
    for queue in queries.due(now()):
        actions.erase_hands(actor=house, queue=queue)
