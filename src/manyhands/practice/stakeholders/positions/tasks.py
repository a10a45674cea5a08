"""Work of this part that nobody should wait for: what follows from all ratings of sway and all positions."""

import hashlib

from django.utils.timezone import localdate, now

from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import enqueue, job

from ..models import Position, PowerFinding, TieList
from . import queries, rules


def ask_anew() -> None:
    """Something changed that the picture of power rests on: have it worked out again, in the background."""
    at = now()
    if not PowerFinding.objects.update(asked_at=at):
        PowerFinding.objects.get_or_create(defaults={"asked_at": at})
    enqueue(work_out_power)


@job(max_tries=3)
def work_out_power(progress: Progress) -> None:
    """Work out the picture of power of this coalition; leaves it alone if nothing has changed since."""
    work_out_now()


def work_out_now() -> PowerFinding | None:
    """The same, in this process. None where nothing was ever rated."""
    finding: PowerFinding | None = PowerFinding.objects.first()
    if finding is None:
        return None
    began = now()
    given = queries.ratings_and_positions(localdate())
    mark = hashlib.sha256(repr(given).encode()).hexdigest()
    if finding.fingerprint != mark:
        from . import insights

        payload = insights.work_out_power(given)
        PowerFinding.objects.filter(pk=finding.pk).update(
            fingerprint=mark, payload=payload, method=payload.get("method", ""), computed_at=began
        )
    else:
        PowerFinding.objects.filter(pk=finding.pk).update(computed_at=began)
    finding.refresh_from_db()
    return finding


@job(max_tries=3)
def bring_survey(progress: Progress, *, tie_list_id: int, seat_id: int) -> None:
    """Bring a long file in, all of it in one transaction: a worker that is killed leaves nothing."""
    from . import actions  # which ask for work of this module

    listing = TieList.objects.filter(pk=tie_list_id, state=TieList.State.TRIED).first()
    seat = Seat.objects.filter(pk=seat_id).first()
    if listing is None or seat is None:
        return  # thrown away, or in already
    try:
        actions.bring_survey_in(actor=actor_for(seat), listing=listing)
    except actions.Refused:
        return  # meanwhile there is nothing left to bring in, which its page says


@every(hours=24, each_coalition=True)
@job(max_tries=3)
def let_positions_expire(progress: Progress) -> None:
    """Every day: positions against us that are too old no longer count, and those of people are erased."""
    Position.objects.filter(queries.aged(rules.Age.EXPIRED, localdate()), stakeholder__kind="person").delete()
    if PowerFinding.objects.exists():
        enqueue(work_out_power)
