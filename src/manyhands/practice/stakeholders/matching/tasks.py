"""The search for records that look alike, done in the background; it may be killed at any moment and run again."""

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.tasks import enqueue, job
from manyhands.foundation.tenancy.scope import current_coalition_id

from . import actions, queries

STEPS = 3


@job(max_tries=3)
def find_pairs(progress: Progress) -> None:
    """Look through all allies for pairs. Everything is written at once, at the end; running twice is running once."""
    from . import insights

    progress.update(done=0, of=STEPS, note="read")
    rows = queries.described()
    progress.update(done=1, of=STEPS, note="compare")
    found = insights.pairs_among(rows)
    progress.update(done=2, of=STEPS, note="write")
    actions.keep_pairs(actor=Actor(current_coalition_id(), None, system="matching"), found=found)
    progress.update(done=STEPS, of=STEPS)


def ask_for_pairs() -> JobRun:
    """Have the list looked through in the background; what waits already is not asked for twice."""
    return enqueue(find_pairs)


def last_search() -> JobRun | None:
    """The newest search of this coalition."""
    mine = JobRun.objects.filter(name=find_pairs.name, coalition_id=current_coalition_id())
    return mine.order_by("-pk").first()
