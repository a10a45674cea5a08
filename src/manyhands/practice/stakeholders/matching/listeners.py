"""What this part hears: a list that came in may hold actors that are here already; a merge moves ties and positions."""

from manyhands.foundation.ledger.events import Event
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.spine import listens_to

from ..events import ImportUndone, StakeholdersImported
from ..positions.tasks import ask_anew
from ..ties.drawing_up import ask_for_a_drawing
from .events import AlliesMerged, MergeUndone
from .tasks import ask_for_pairs


@listens_to(StakeholdersImported, ImportUndone)
def look_for_pairs(entry: LedgerEntry, happened: Event) -> None:
    """In the background; safe to repeat."""
    ask_for_pairs()


@listens_to(AlliesMerged, MergeUndone)
def draw_and_count_anew(entry: LedgerEntry, happened: Event) -> None:
    """The map and the picture of power have one actor less, or one more."""
    ask_for_a_drawing()
    ask_anew()
