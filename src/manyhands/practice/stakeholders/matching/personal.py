"""What joined records know about a person: in the copy of their data, and erased when they ask.

A record that was joined with another waits two weeks for an undo, under whatever address it had. It belongs to the
person as much as the one that was kept, so both are found, and nothing that an undo would need is left of either.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from ..models import Merge, Stakeholder


def export(records: Iterable[Stakeholder]) -> list[dict[str, Any]]:
    """What the records that went into these said, and what these said before."""
    keys = [record.pk for record in records]
    merges = Merge.objects.filter(Q(kept__in=keys) | Q(gone__in=keys)).select_related("gone").order_by("pk")
    return [
        {
            "joined_at": merge.merged_at.isoformat(),
            "other_name": merge.gone.name,
            "other_e-mail": merge.gone.email,
            "other_phone": merge.gone.phone,
            "other_note": merge.gone.note,
            "before": {name: values[0] for name, values in merge.before.items()},
        }
        for merge in merges
    ]


def with_joined(records: Iterable[Stakeholder]) -> list[Stakeholder]:
    """These records, and those that went into them or that they went into."""
    found = {record.pk for record in records}
    while True:
        merges = Merge.objects.filter(Q(kept__in=found) | Q(gone__in=found), undone_at=None)
        more = {key for pair in merges.values_list("kept_id", "gone_id") for key in pair} - found
        if not more:
            return list(Stakeholder.with_removed.filter(pk__in=found).order_by("pk"))
        found |= more


def forget(records: Iterable[Stakeholder]) -> None:
    """Leave nothing of what these records were before they were joined; it cannot be undone then."""
    keys = [record.pk for record in records]
    Merge.objects.filter(Q(kept__in=keys) | Q(gone__in=keys)).delete()
