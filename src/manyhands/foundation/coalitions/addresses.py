"""The word that stands for a coalition in addresses, without asking the database once for each link."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .models import Coalition

#: The coalition whose page is being made; `EnterCoalition` has fetched it anyway.
_entered: ContextVar[tuple[int, str] | None] = ContextVar("entered_coalition", default=None)


@contextmanager
def entered(coalition: Coalition) -> Iterator[None]:
    """Know this coalition's slug while one of its pages is made."""
    token = _entered.set((coalition.pk, coalition.slug))
    try:
        yield
    finally:
        _entered.reset(token)


def slug_of(coalition_id: int | None) -> str:
    """The slug of a coalition. Free on a page of that coalition, one query elsewhere.

    Raises
    ------
    Coalition.DoesNotExist
        If there is no such coalition.
    """
    entered = _entered.get()
    if entered is not None and entered[0] == coalition_id:
        return entered[1]
    if coalition_id is None:
        raise Coalition.DoesNotExist
    return str(Coalition.objects.values_list("slug", flat=True).get(pk=coalition_id))
