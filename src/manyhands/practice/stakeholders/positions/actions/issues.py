"""Naming what we want, on which actors take sides."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import Refused
from ...models import Issue
from ..events import IssueChanged, IssueClosed, IssueNamed, IssueReopened
from ..tasks import ask_anew


@transaction.atomic
def name_issue(*, actor: Actor, title: str, about: str = "") -> Issue:
    """Name one thing we want, on which actors take sides.

    Who: coordinators, stewards and facilitators (`policies.name_issue`).
    Refuses: an empty title, and one that an open issue already has (`Refused`).
    Tells: `IssueNamed`.
    """
    require(actor, policies.name_issue)
    issue = Issue(title=_title(title), about=about.strip(), named_by_id=actor.seat_id)
    issue.save()
    record(IssueNamed(issue_id=issue.pk), by=actor, about=issue)
    ask_anew()
    return issue


@transaction.atomic
def change_issue(*, actor: Actor, issue: Issue, title: str, about: str = "") -> Issue:
    """Change the words of an issue; the positions on it stay.

    Who: coordinators, stewards and facilitators (`policies.name_issue`).
    Refuses: an empty title, and one that another open issue has (`Refused`).
    Tells: `IssueChanged`.
    """
    require(actor, policies.name_issue, issue)
    issue = Issue.objects.select_for_update(no_key=True).get(pk=issue.pk)
    words = _title(title, but=issue), about.strip()
    if words == (issue.title, issue.about):
        return issue
    issue.title, issue.about = words
    issue.save(update_fields=["title", "about"])
    record(IssueChanged(issue_id=issue.pk), by=actor, about=issue)
    return issue


@transaction.atomic
def close_issue(*, actor: Actor, issue: Issue) -> Issue:
    """Close an issue: it is decided, or we let it go. Everything about it is kept.

    Who: coordinators, stewards and facilitators (`policies.name_issue`).
    Refuses: nothing; closing twice is closing once.
    Tells: `IssueClosed`.
    """
    require(actor, policies.name_issue, issue)
    issue = Issue.objects.select_for_update(no_key=True).get(pk=issue.pk)
    if issue.closed_at is None:
        issue.closed_at = now()
        issue.save(update_fields=["closed_at"])
        record(IssueClosed(issue_id=issue.pk), by=actor, about=issue)
        ask_anew()
    return issue


@transaction.atomic
def reopen_issue(*, actor: Actor, issue: Issue) -> Issue:
    """Open a closed issue again.

    Who: coordinators, stewards and facilitators (`policies.name_issue`).
    Refuses: a title that another open issue has meanwhile (`Refused`).
    Tells: `IssueReopened`.
    """
    require(actor, policies.name_issue, issue)
    issue = Issue.objects.select_for_update(no_key=True).get(pk=issue.pk)
    if issue.closed_at is not None:
        _title(issue.title, but=issue)
        issue.closed_at = None
        issue.save(update_fields=["closed_at"])
        record(IssueReopened(issue_id=issue.pk), by=actor, about=issue)
        ask_anew()
    return issue


def _title(title: str, but: Issue | None = None) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refused(_("Say what we want, in a few words."))
    same = Issue.objects.filter(title__iexact=title, closed_at=None).exclude(pk=but.pk if but else None)
    if same.exists():
        raise Refused(_("There is an open issue with these words already."))
    return title
