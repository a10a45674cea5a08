"""What can be asked about links and paper. Every function reads; none writes, and none tells who came through."""

from django.db.models import QuerySet

from .. import queries
from ..models import AnswerLink, PaperBatch, Participant, Response, VisionRound
from ..rules import StatementState


def links_of(round: VisionRound) -> QuerySet[AnswerLink]:
    """The links of a round, newest first, with how many people answered by each."""
    used = queries.counted(Participant.objects.all(), "link")
    return AnswerLink.objects.filter(round=round).annotate(count_used=used)


def papers_of(round: VisionRound) -> QuerySet[PaperBatch]:
    """Files of sheets that were brought in, newest first."""
    return PaperBatch.objects.filter(round=round).select_related("brought_by")


def has_begun(link: AnswerLink, key: str) -> bool:
    """Whether whoever holds this key has answered by the link before."""
    return bool(key) and Participant.objects.filter(round_id=link.round_id, link_key=key).exists()


def answers_by_link(link: AnswerLink, key: str) -> QuerySet[Response]:
    """How the holder of this key answered, latest first; nobody else can ask, for nobody else holds it."""
    if not key:
        return Response.objects.none()
    mine = Response.objects.filter(participant__round_id=link.round_id, participant__link_key=key)
    return mine.filter(statement__state=StatementState.LIVE).select_related("statement").order_by("-answered_at", "-id")


def deck_by_link(link: AnswerLink, key: str, *, statement_id: int | None = None) -> queries.Deck:
    """The next card for the holder of this key."""
    return queries.dealt(link.round, answers_by_link(link, key), f"link {key}", statement_id=statement_id)
