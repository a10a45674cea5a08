"""What this part hears: an actor that leaves the list or comes back changes the picture of power."""

from manyhands.foundation.ledger.events import Event
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.spine import listens_to

from ..events import AllyRemoved, AllyRestored
from .tasks import ask_anew


@listens_to(AllyRemoved, AllyRestored)
def look_at_power_again(entry: LedgerEntry, happened: Event) -> None:
    """The figures hold only actors on the list."""
    ask_anew()
