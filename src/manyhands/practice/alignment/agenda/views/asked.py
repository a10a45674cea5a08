"""What the pages of agendas share: the length in an address, and the job that works it out."""

from manyhands.foundation.jobs.models import JobRun

from ...models import Agenda


def number(text: str) -> int | None:
    """A length as it stands in an address; None if it is no such number.

    >>> number("5"), number("-5"), number("9999"), number("٣"), number("")
    (5, None, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def run_of(agenda: Agenda) -> JobRun | None:
    return JobRun.objects.filter(pk=agenda.run_id).first() if agenda.run_id else None
