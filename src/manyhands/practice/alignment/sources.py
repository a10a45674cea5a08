"""Leads other rooms from the name of a statement to its page and to how everyone answered it."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.ui.sources import Source, register_source

from . import findings, queries
from .models import Statement


def register() -> None:
    """Called once, when the room is set up."""
    register_source("alignment.Statement", statement_source)


def statement_source(request: HttpRequest, statement_id: int) -> Source | None:
    """The page of a statement and, once its round was counted, the results. One query."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    statement = _with_findings(actor).filter(pk=statement_id).first()
    if statement is None:
        return None
    slug = request.coalition.slug  # type: ignore[attr-defined]
    says = {"number": statement.shown_number, "question": statement.round.question}
    has_results = statement.round.has_results
    return Source(
        label=_("Statement %(number)s of “%(question)s”") % says,
        url=reverse("alignment:statement", args=[slug, statement.pk]),
        finding=_finding(statement) if has_results else "",
        evidence=_("See how everyone answered") if has_results else "",
        evidence_url=reverse("alignment:results", args=[slug, statement.round_id]) if has_results else "",
    )


def _with_findings(actor: Actor) -> QuerySet[Statement]:
    return queries.statements_with_rounds(actor).select_related("round__finding")


def _finding(statement: Statement) -> str:
    """What the answers to it show, as finely as the results page says it."""
    found = getattr(statement.round, "finding", None)
    if found is None or not found.payload["is_enough"]:
        return ""
    texts = {statement.pk: (str(statement.shown_number), statement.text)}
    row = next(iter(findings.statements(found.payload, texts)), None)
    if row is None or row.too_few or row.seen is None:
        return ""
    agreed = _("Every group agrees with it.") if row.agreed else _("No clear agreement of every group.")
    seen = ngettext(
        "%(n)d person answered it; agreement %(score)s.", "%(n)d people answered it; agreement %(score)s.", row.seen
    )
    return f"{agreed} {seen % {'n': row.seen, 'score': row.score}}"
