"""Questions of every page, written as SQL once and not at every asking.

Django writes a question's SQL anew each time it is asked. For the counts beside the rooms that took three times as long
as the answer (docs/decisions/0011-quick-pages.md). Here the words are kept and only who asks, and when, is filled in.
Nothing of an answer is kept.

    open_proposals = WrittenOnce(lambda actor, now: Proposal.objects.filter(closes_at__gt=now).values_list("pk"))
    open_proposals.ask(actor)

The function gets an actor whose ids are blanks, so no person's id can stay in the words. It runs for each coalition and
each set of roles once, may ask nothing itself, and may not leave a moment in the words; all of this is refused.
"""

from .blanks import AmongIds, Blank
from .plain import WhichExist, WrittenOnce
from .rows import RowsForActor, RowsOfWords, is_written
from .words import NotFixed

__all__ = ["AmongIds", "Blank", "NotFixed", "RowsForActor", "RowsOfWords", "WhichExist", "WrittenOnce", "is_written"]
