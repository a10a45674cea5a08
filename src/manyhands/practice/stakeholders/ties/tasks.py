"""What is done in the background: bringing in a large file of ties, drawing a large map, members' places on it."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import Job, enqueue, job
from manyhands.foundation.tenancy.scope import current_coalition_id

from .. import policies
from ..models import NetworkDrawing, TieList
from . import insights, queries
from .actions import Refused, bring_ties_in, keep_members_on_the_map

#: A file with more ties, allies and changes than this is brought in by the worker while its page waits.
AT_ONCE = 1000


def is_long(listing: TieList) -> bool:
    """Would somebody wait too long for the page?"""
    counts = listing.content.get("counts", {})
    changed = counts.get("changed_ties", 0) + counts.get("changed_allies", 0)
    return bool(listing.count_ties + listing.count_actors + changed > AT_ONCE)


def run_of(listing: TieList) -> JobRun | None:
    """The work that brings a file in, while its page waits for that."""
    if listing.state != TieList.State.TRIED or "run" not in listing.content:
        return None
    run = JobRun.objects.filter(pk=listing.content["run"]).first()
    return None if run is None or run.state == JobRun.State.DONE else run


@transaction.atomic
def ask_to_bring_in(*, actor: Actor, listing: TieList, by: Job) -> JobRun:
    """Ask the worker to bring a file in by a job that takes ``tie_list_id`` and ``seat_id``; asked twice, done once."""
    require(actor, policies.import_list, listing)
    listing = TieList.objects.select_for_update(no_key=True).get(pk=listing.pk)
    if listing.state != TieList.State.TRIED:
        raise Refused(_("This file has been brought in already."))
    run = enqueue(by, tie_list_id=listing.pk, seat_id=actor.seat_id)
    listing.content = {**listing.content, "run": run.pk}
    listing.save(update_fields=["content"])
    return run


@job(max_tries=3)
def bring_in(progress: Progress, *, tie_list_id: int, seat_id: int) -> None:
    """Bring a file of ties in, all of it in one transaction: a worker that is killed leaves nothing."""
    listing = TieList.objects.filter(pk=tie_list_id, state=TieList.State.TRIED).first()
    seat = Seat.objects.filter(pk=seat_id).first()
    if listing is None or seat is None:
        return  # thrown away, or in already
    try:
        bring_ties_in(actor=actor_for(seat), listing=listing)
    except Refused:
        return  # meanwhile there is nothing left to bring in, which its page says


@job(max_tries=3)
def draw_map(progress: Progress) -> None:
    """Lay out the whole network, and keep the places. Safe to repeat: the newest drawing replaces the last."""
    network = queries.network(with_ended=True)
    drawing = NetworkDrawing.objects.first()
    if drawing is not None and drawing.made_from == network.signature:
        return
    placed = insights.lay_out(network)
    places = {str(pk): place for pk, place in placed.items()}
    # Two may be at it at once, each after a change of its own: the one that comes second finds the first one's row.
    NetworkDrawing.objects.update_or_create(
        defaults={"places": places, "made_from": network.signature, "made_at": now()}
    )


@every(hours=24, each_coalition=True)
@job(max_tries=3)
def look_after_members(progress: Progress) -> None:
    """Members of coalitions that are older than the map get their place too."""
    keep_members_on_the_map(actor=Actor(current_coalition_id(), None, system="ally map"))
