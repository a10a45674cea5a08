"""How long a closed talk may last, and how fast one person may speak; kept by a one-way mark, for minutes."""

from datetime import timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from manyhands.foundation.access.rules import Actor

from ..models import ClosedTalk

LONGEST_TALK = timedelta(days=90)
#: Posts of one person in ten minutes.
MOST_POSTS, SECONDS = 20, 600


def may_post(talk: ClosedTalk, actor: Actor) -> bool:
    """Count one more post of this seat; False once there were too many. The mark cannot be turned back into a seat."""
    mark = salted_hmac("manyhands.alignment.talk", f"{talk.pk}:{actor.seat_id}", algorithm="sha256").hexdigest()[:24]
    key = f"alignment-talk-{mark}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) <= MOST_POSTS
    except ValueError:  # it ran out between the two lines
        return True
