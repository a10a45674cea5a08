"""Written down each day: how the table is filled."""

from django.utils.timezone import now

from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import job
from manyhands.foundation.tenancy.scope import inside

from ..models import GivenSector
from ..models.imports import UNDO_FOR
from .snapshots import write_snapshots


@every(hours=24, each_coalition=True)
@job(max_tries=3)
def forget_given_sectors(progress: Progress) -> None:
    """Forget which allies were given a sector at once when that cannot be taken back any more."""
    GivenSector.objects.filter(given_at__lt=now() - UNDO_FOR).delete()


@every(hours=24)
@job(max_tries=3)
def remember_coverage(progress: Progress) -> None:
    """Write down who sits at every coalition's table today."""
    coalitions = list(Coalition.objects.order_by("pk").values_list("pk", flat=True))
    for done, coalition_id in enumerate(coalitions, start=1):
        with inside(coalition_id):
            write_snapshots()
        progress.update(done=done, of=len(coalitions))
