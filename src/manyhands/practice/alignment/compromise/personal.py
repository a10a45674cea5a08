"""What negotiations give to a person who asks for their data, and forget of one who leaves for good.

Points, walk-aways and red lines are an organization's, told to a mediator in confidence: they are in nobody's
download, not even in that of the person who typed them.
"""

from typing import Any

from ..models import Negotiation, NegotiationConcern, PackageAnswer, PrivateTerms


def export(seats: list[int]) -> dict[str, list[dict[str, Any]]]:
    """What a person did in negotiations, without what was told in private."""
    told = PrivateTerms.objects.filter(by_seat_id__in=seats).order_by("id")
    return {
        "told a mediator in private": list(told.values("party__negotiation__question", "party__told_at")),
        "concerns": list(
            NegotiationConcern.objects.filter(voiced_by_id__in=seats)
            .order_by("id")
            .values("negotiation__question", "text", "voiced_at")
        ),
        "answers to packages": list(
            PackageAnswer.objects.filter(by_seat_id__in=seats)
            .order_by("id")
            .values("package__negotiation__question", "answered_at")
        ),
        "mediated": list(Negotiation.objects.filter(mediator_id__in=seats).order_by("id").values("question", "state")),
    }


def forget(seats: list[int]) -> None:
    """Cut the links to the person; what the parties said and agreed stays theirs."""
    PrivateTerms.objects.filter(by_seat_id__in=seats).update(by_seat=None)
    NegotiationConcern.objects.filter(voiced_by_id__in=seats).update(voiced_by=None)
    PackageAnswer.objects.filter(by_seat_id__in=seats).update(by_seat=None)
    Negotiation.objects.filter(begun_by_id__in=seats).update(begun_by=None)
