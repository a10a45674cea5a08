"""Written down each day: how the table is filled."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import enqueue, job
from manyhands.foundation.tenancy.scope import inside

from ..models import GivenSector, InviteFinding
from ..models.imports import UNDO_FOR
from .snapshots import write_snapshots

#: A choice among very many that nobody has looked at for so long.
FORGET_AFTER = timedelta(days=7)


@job(max_tries=3)
def work_out_invitations(progress: Progress) -> None:
    """Work out whom to invite next among very many allies; leaves it alone if nothing has changed since."""
    from . import insights

    insights.work_out_among_many()


@transaction.atomic
def ask_for_invitations(mark: str) -> JobRun:
    """Have it worked out in the background for what `mark` says, unless that is under way, or was tried and failed."""
    InviteFinding.objects.get_or_create()
    finding = InviteFinding.objects.select_for_update(no_key=True).get()  # two pages ask after each other
    run = JobRun.objects.filter(pk=finding.run_id).first()
    has_failed = run is not None and run.state == JobRun.State.FAILED and finding.asked_for == mark
    if run is None or (run.is_over and not has_failed):
        run = enqueue(work_out_invitations)
        InviteFinding.objects.filter(pk=finding.pk).update(run_id=run.pk, asked_for=mark)
    return run


@every(hours=24, each_coalition=True)
@job(max_tries=3)
def forget_old_invitations(progress: Progress) -> None:
    """Forget whom we would have invited a week ago: nobody has looked since, and it holds words about allies."""
    InviteFinding.objects.filter(made_at__lt=now() - FORGET_AFTER).delete()


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
