"""Work of this part that nobody should wait for."""

from django.utils.timezone import now

from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.tasks import job

from .. import constituencies
from .. import queries as rounds
from ..models import Agenda, AgendaFinding
from ..rules import as_told
from . import insights, queries


@job(max_tries=3)
def work_out_agenda(progress: Progress, *, agenda_id: int) -> None:
    """Work out which statements each way of choosing takes; leaves it alone if that was done for these very answers.

    The answer is written whole, in one step. A closed round's answers stay as they are, so it need not be done again.
    """
    agenda = Agenda.objects.select_related("round").filter(pk=agenda_id).first()
    round = agenda.round if agenda is not None else None
    if agenda is None or round is None or not round.has_results:
        return
    constituencies.write_down(round)
    voices, groups, order = queries.voices_of(round), rounds.groups_of_voices(round), queries.stated_order(round)
    mark = queries.fingerprint(voices, groups, order, agenda.size)
    if AgendaFinding.objects.filter(agenda=agenda, fingerprint=mark).exists():
        return
    payload = insights.find_agenda(voices, groups, order, agenda.size)
    payload |= {"counts_by": round.counts_by, "declared_by": round.declared_by}
    if round.counts_by == "organization":
        payload["uncounted"] = as_told(rounds.count_without_organization(round))
    AgendaFinding.objects.update_or_create(
        agenda=agenda,
        defaults={"fingerprint": mark, "method": payload["method"], "payload": payload, "computed_at": now()},
    )


@job(max_tries=3)
def work_out_priority_agenda(progress: Progress, *, agenda_id: int) -> None:
    """Work out which priorities each way of choosing takes; leaves it alone if that was done for these very stands."""
    agenda = Agenda.objects.filter(pk=agenda_id, round=None).first()
    if agenda is None:
        return
    standing = queries.standing()
    mark = standing.fingerprint(agenda)
    if AgendaFinding.objects.filter(agenda=agenda, fingerprint=mark).exists():
        return
    payload = insights.find_priority_agenda(
        standing.serves, standing.order, standing.selected, agenda.size, priced=agenda.priced
    )
    AgendaFinding.objects.update_or_create(
        agenda=agenda,
        defaults={"fingerprint": mark, "method": payload["method"], "payload": payload, "computed_at": now()},
    )
