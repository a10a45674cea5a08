"""Finding the row an address names, among those this person may see."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from .. import queries
from ..models import Statement, VisionRound


def find_round(request: HttpRequest, vision_round_id: int, *, counted: bool = False) -> VisionRound:
    """The round, with its statements and participants counted where a page shows that."""
    rounds = queries.rounds_for(request.actor)
    seen = queries.with_counts(rounds) if counted else rounds
    return get_object_or_404(seen.select_related("live", "public_report", "follows"), pk=vision_round_id)


def find_statement(request: HttpRequest, statement_id: int, *beside: str) -> Statement:
    """The statement with its round, all that answering needs, and what it points at ``beside``. One query."""
    seen = queries.statements_with_rounds(request.actor)
    return get_object_or_404(seen.select_related("round__live", *beside), pk=statement_id)
