"""The address of a report that everyone may read: which one it is, and a seal that only this site can make."""

from django.utils.crypto import constant_time_compare, salted_hmac

from .models import PublicReport

SALT = "manyhands.alignment.public_report"


def seal(report: PublicReport) -> str:
    """The part of the address that nobody can guess: 80 bits, bound to the coalition and to this opening."""
    return f"{report.pk}-{_mark(report.coalition_id, report.pk)}"


def opened(sealed: str) -> PublicReport | None:
    """The report an address names, in the coalition we are inside; None for anything we did not seal or took back."""
    number, _, mark = sealed.partition("-")
    if not (number.isdecimal() and number.isascii() and len(number) < 16):
        return None
    report = PublicReport.objects.select_related("round").filter(pk=int(number)).first()
    if report is None or not constant_time_compare(mark, _mark(report.coalition_id, report.pk)):
        return None
    return report


def _mark(coalition_id: int, report_id: int) -> str:
    return salted_hmac(SALT, f"{coalition_id}:{report_id}", algorithm="sha256").hexdigest()[:20]
