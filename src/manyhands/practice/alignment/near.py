"""Statements near to a text: asked while somebody types, so what was read of a round is kept in this process."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from . import likeness, rules
from .models import Statement, VisionRound
from .rules import StatementState

#: Rounds kept at once; 10,000 statements take about 4 MB.
MOST_KEPT = 4
#: More new ones than this are read with all the others, which costs less than naming each.
FEW = 500

#: The opening tells a round from another of the same number. The words of a statement never change, so its id is
#: enough to know it by, and only what is new is read.
_kept: OrderedDict[tuple[int, datetime | None], likeness.Texts] = OrderedDict()
_lock = Lock()


def similar_statements(round: VisionRound, text: str, at_least: float = likeness.NEAR) -> list[Statement]:
    """Statements that can be answered and say much the same as a text, nearest first.

    Two queries, once a round is kept. In a live round's silence only those to begin with are live, so nobody reads
    another's words early.
    """
    live = Statement.objects.filter(round=round, state=StatementState.LIVE).order_by()
    with _lock:
        key = (round.pk, round.opened_at)
        texts = _kept.setdefault(key, likeness.Texts())
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
        ids = set(live.values_list("pk", flat=True))
        texts.forget(texts.ids - ids)
        if new := ids - texts.ids:
            few = live.filter(pk__in=new) if len(new) <= FEW else live
            texts.add(few.values_list("pk", "text"))
        near = texts.near(text[: rules.LONGEST_STATEMENT * 2], at_least=at_least)
    rows = Statement.objects.in_bulk(near) if near else {}
    return [rows[pk] for pk in near if pk in rows]
