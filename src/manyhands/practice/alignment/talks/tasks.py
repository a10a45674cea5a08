"""The end of closed talks, which nobody has to remember."""

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.tasks import job
from manyhands.foundation.tenancy.scope import current_coalition_id

from ..models import ClosedTalk


@job(max_tries=5)
def erase_talk(progress: Progress, *, talk_id: int) -> None:
    """Erase a talk whose day has come; does nothing to one that was ended before."""
    from . import actions

    talk = ClosedTalk.objects.filter(pk=talk_id, purged_at=None).first()
    if talk is not None and not talk.is_open:
        actions.end_talk(actor=Actor(current_coalition_id(), None, system="a closed talk’s last day"), talk=talk)
