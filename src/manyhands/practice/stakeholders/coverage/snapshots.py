"""How the table was filled on a day, written once a day and whenever it changes."""

from django.db.models import Count, Q
from django.utils.timezone import localdate

from ..models import CoverageList, CoverageSnapshot

#: Only organizations whose membership is active sit at the table.
AT_THE_TABLE = Q(spoken_for_by__organization__membership__state="active")


def write_snapshots() -> int:
    """Write how many active members speak for each entry of every chosen list today; how many lists there were."""
    listed = list(CoverageList.objects.filter(is_chosen=True))
    for listing in listed:
        counted = listing.items.annotate(n=Count("spoken_for_by", filter=AT_THE_TABLE)).values_list("pk", "n")
        counts = {str(key): number for key, number in counted}
        CoverageSnapshot.objects.update_or_create(listing=listing, on=localdate(), defaults={"counts": counts})
    return len(listed)
