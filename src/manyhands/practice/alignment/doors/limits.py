"""How many new sets of answers one address of the net may begin; kept for minutes, and only as a fingerprint."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from manyhands.foundation.accounts.callers import address_of

from ..models import AnswerLink
from .rules import NEW_SETS, NEW_SETS_SECONDS


def may_begin(request: HttpRequest, link: AnswerLink) -> bool:
    """Count one more new set of answers from this caller; False once there were too many of late."""
    mark = salted_hmac("manyhands.alignment.new_sets", f"{link.pk}:{address_of(request)}").hexdigest()[:24]
    key = f"alignment-link-{mark}"
    cache.add(key, 0, NEW_SETS_SECONDS)
    try:
        return cache.incr(key) <= NEW_SETS
    except ValueError:  # it ran out between the two lines
        return True
