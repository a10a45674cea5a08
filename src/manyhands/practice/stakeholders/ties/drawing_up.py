"""When a large map is drawn anew: after each change of its ties, once, in the background."""

from manyhands.foundation.jobs.tasks import enqueue

from ..models import Tie

#: With more live ties than this, a map is not drawn while somebody waits for the page.
DRAWN_AT_ONCE = 500


def is_large() -> bool:
    """Are there so many ties that the map is drawn in the background?"""
    return Tie.objects.filter(ended_on=None).order_by()[DRAWN_AT_ONCE : DRAWN_AT_ONCE + 1].exists()


def ask_for_a_drawing() -> None:
    """Ask for a new drawing of a large network; a small one is drawn with its page."""
    if is_large():
        from .tasks import draw_map

        enqueue(draw_map)
