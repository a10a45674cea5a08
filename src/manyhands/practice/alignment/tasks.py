"""Work of this room that nobody should wait for."""

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import job
from manyhands.foundation.tenancy.scope import current_coalition_id

from . import columns, constituencies, insights, queries
from .models import Finding, RoundImport, VisionRound
from .rules import ENOUGH_TO_WEIGH, RoundState


@job(max_tries=3)
def work_out_finding(progress: Progress, *, round_id: int) -> None:
    """Work out what the answers of a closed round show; leaves it alone if nothing has changed since."""
    round = VisionRound.objects.filter(pk=round_id).first()
    if round is None or not round.has_results:
        return
    constituencies.write_down(round)
    answers, groups = queries.answers_to_count(round), queries.groups_of_voices(round)
    mark = columns.fingerprint(answers, groups)
    if Finding.objects.filter(round=round, fingerprint=mark).exists():
        return
    payload = insights.find_common_ground_of(round, answers, groups, queries.organizations_of(round))
    Finding.objects.update_or_create(
        round=round, defaults={"fingerprint": mark, "method": payload["method"], "payload": payload}
    )


@every(minutes=15, each_coalition=True)
@job(max_tries=1)
def weigh_statements(progress: Progress) -> None:
    """Weigh which statements of open rounds teach most, for the order of cards; a round with few new answers waits."""
    for round in VisionRound.objects.filter(state=RoundState.OPEN):
        count = queries.count_answers(round)
        if count - round.bands_from < ENOUGH_TO_WEIGH:
            continue
        bands = insights.card_bands(queries.answers_to_count(round))
        VisionRound.objects.filter(pk=round.pk).update(
            card_bands={str(pk): band for pk, band in bands.items()}, bands_from=count
        )


@job(max_tries=3)
def close_on_its_day(progress: Progress, *, round_id: int) -> None:
    """Close a round whose last day has passed; does nothing to one that was closed before."""
    from . import actions

    round = VisionRound.objects.filter(pk=round_id).first()
    if round is None or round.state != VisionRound.State.OPEN or round.takes_answers:
        return
    actions.close_round(actor=Actor(current_coalition_id(), None, system="a round's last day"), round=round)


@job(max_tries=3)
def bring_in_round(progress: Progress, *, import_id: int) -> None:
    """Bring in a checked round. What a worker that died left behind is cleared first, so it is safe to repeat."""
    from . import importing

    arriving = RoundImport.objects.filter(pk=import_id).first()
    if arriving is not None and arriving.state == "running":
        importing.bring_in(arriving, progress)
