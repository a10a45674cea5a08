"""Work of this part that nobody should wait for."""

from django.db import transaction

from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.tasks import job

from ..models import Negotiation, PackageFinding
from . import insights, queries


@job(max_tries=3)
def work_out_packages(progress: Progress, *, negotiation_id: int) -> None:
    """Work out what the terms of all parties allow; leaves it alone if that was done for these very terms.

    The answer is written in one step. If a party told something new meanwhile, it is for terms that no longer stand:
    then it is thrown away, and the job that the party's deed asked for does the work.
    """
    negotiation = Negotiation.objects.filter(pk=negotiation_id).first()
    if negotiation is None or negotiation.is_over:
        return
    table = queries.table_to_count(negotiation)
    if table is None:
        return
    mark = queries.fingerprint(table)
    if PackageFinding.objects.filter(negotiation=negotiation, fingerprint=mark).exists():
        return
    answer = insights.find_packages(table)
    with transaction.atomic():
        Negotiation.objects.select_for_update(no_key=True).get(pk=negotiation.pk)
        now = queries.table_to_count(negotiation)
        if now is None or queries.fingerprint(now) != mark:
            return
        PackageFinding.objects.update_or_create(
            negotiation=negotiation,
            defaults={
                "fingerprint": mark,
                "method": answer.method,
                "payload": answer.payload,
                "mediator_payload": answer.mediator_payload,
            },
        )
