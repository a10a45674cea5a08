"""Work nobody has to ask for: proposals close on their day."""

from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import job
from manyhands.foundation.tenancy.scope import inside

from . import actions
from .models import Proposal


@every(minutes=10)
@job(max_tries=3)
def close_due_proposals(progress: Progress) -> None:
    """Close every proposal whose closing day has come, in every coalition. Safe to repeat."""
    coalitions = list(Coalition.objects.values_list("pk", flat=True))
    for done, coalition_id in enumerate(coalitions, start=1):
        with inside(coalition_id):
            closing_day = Actor(coalition_id, None, system="closing day")
            for proposal in Proposal.objects.filter(state=Proposal.State.DECIDE, closes_at__lte=now()):
                try:
                    actions.close_proposal(actor=closing_day, proposal=proposal)
                except actions.NotNow:
                    continue  # a person was faster
                except (actions.NotEveryoneAsked, actions.TooFewStand):
                    continue  # its page says who has to be asked, or to stand for it, before it can be closed
        progress.update(done=done, of=len(coalitions))
