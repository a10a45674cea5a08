"""What alignment can be asked. Every function reads; none writes, and none tells how anyone else answered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.queries import voting_organizations

from . import policies, rules
from .asked import Asked, Heard, asked_members, newest_asking, not_yet_asked
from .columns import READ_AT_ONCE, Columns, in_columns
from .compact.queries import in_force as _in_force
from .concerns.items import AgendaItem, register_agenda_items
from .concerns.queries import answered_by as concerns_answered_by
from .concerns.queries import unanswered as unanswered_concerns
from .models import Compact, Finding, Participant, Response, RoundImport, Statement, VisionRound
from .near import similar_statements
from .rules import RoundState, StatementState
from .success.goals import KnownGoal, register_goals
from .success.queries import HorizonShare, priority_balance
from .vision.queries import adopted as our_vision

#: From the parts of this room, for other rooms.
__all__ = [
    "AgendaItem",
    "Asked",
    "Heard",
    "HorizonShare",
    "KnownGoal",
    "asked_members",
    "concerns_answered_by",
    "newest_asking",
    "not_yet_asked",
    "our_vision",
    "priority_balance",
    "register_agenda_items",
    "register_goals",
    "rules_in_force",
    "similar_statements",
    "unanswered_concerns",
]

# --- rounds ---------------------------------------------------------------------------------------


def rounds_for(actor: Actor) -> QuerySet[VisionRound]:
    """Every round this actor may see, newest first."""
    rounds = VisionRound.objects.exclude(state=RoundState.ARRIVING)
    return rounds if policies.lead_rounds.holds(actor) else rounds.exclude(state=RoundState.DRAFT)


def with_counts(rounds: QuerySet[VisionRound]) -> QuerySet[VisionRound]:
    """The same, with their live statements and their participants counted. For pages that show these counts only:
    a count goes through every participant, which nobody who answers should wait for.
    """
    return rounds.annotate(
        count_statements=counted(Statement.objects.filter(state=StatementState.LIVE), "round"),
        count_participants=counted(Participant.objects.all(), "round"),
    )


def counted(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many rows hang on each: counted apart, since two joins would multiply each other.

    Whole rows are counted, not their ids, so that an index is enough and no row is read.
    """
    counted = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def finding(round: VisionRound) -> Finding | None:
    """What the answers of a round show, or None while it is being worked out."""
    return Finding.objects.filter(round=round).first()


def next_number() -> int:
    newest = VisionRound.objects.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def heard(round: VisionRound) -> Heard:
    """Who has contributed, by the name of the organization. One query."""
    took_part = Participant.objects.filter(round=round, seat__organization=OuterRef("pk"))
    asked = voting_organizations().annotate(has_spoken=Exists(took_part)).order_by("name", "pk")
    rows = list(asked)
    return Heard([each.name for each in rows if each.has_spoken], [each.name for each in rows if not each.has_spoken])


def rules_in_force() -> Compact | None:
    """The ground rules in force, for rooms that show them when a meeting opens; their sentences are ``.points``."""
    return _in_force(Compact.Kind.BEHAVIOUR)


# --- statements -----------------------------------------------------------------------------------


def statement(statement_id: int) -> Statement | None:
    """A statement by its id, for rooms that quote one as their source; None once it is gone."""
    return Statement.objects.select_related("round").filter(pk=statement_id).first()


def statements_for(actor: Actor, round: VisionRound) -> QuerySet[Statement]:
    """The statements of a round that this actor may read: live ones, one's own, and for those who moderate all."""
    statements = Statement.objects.filter(_readable(actor), round=round)
    return statements.select_related("author", "merged_into", "overlap")


def statements_with_rounds(actor: Actor) -> QuerySet[Statement]:
    """Every statement this actor may read in a round they may see, each with its round: one query finds one."""
    statements = Statement.objects.filter(_readable(actor)).exclude(round__state=RoundState.ARRIVING)
    if not policies.lead_rounds.holds(actor):
        statements = statements.exclude(round__state=RoundState.DRAFT)
    return statements.select_related("round__live")


def _readable(actor: Actor) -> Q:
    if policies.moderate_statements.holds(actor):
        return Q()
    own = Q(author_id=actor.seat_id) if actor.seat_id else Q(pk=None)
    return Q(state__in=[StatementState.LIVE, StatementState.MERGED]) | own


def written_by(actor: Actor, round: VisionRound) -> QuerySet[Statement]:
    """What this actor wrote in a round."""
    if actor.seat_id is None:
        return Statement.objects.none()
    return Statement.objects.filter(round=round, author_id=actor.seat_id).select_related("merged_into", "overlap")


def waiting_to_be_read(round: VisionRound) -> QuerySet[Statement]:
    return Statement.objects.filter(round=round, state=StatementState.SUBMITTED)


def numbered_texts(round: VisionRound) -> dict[int, tuple[str, str]]:
    """Number and text of each live statement by id; those taken out since are left out."""
    return numbered(live_texts(round))


def live_texts(round: VisionRound) -> QuerySet[Any]:
    """What it takes to number them, not asked yet."""
    live = Statement.objects.filter(round=round, state=StatementState.LIVE)
    return live.values_list("pk", "imported_id", "position", "text")


def numbered(texts: Iterable[tuple[int, str, int, str]]) -> dict[int, tuple[str, str]]:
    """The same as `numbered_texts`, from `live_texts`."""
    return {pk: (imported_id or str(position + 1), text) for pk, imported_id, position, text in texts}


def reasons(round: VisionRound) -> QuerySet[Any]:
    """Why statements were taken out, and how often."""
    gone = Statement.objects.filter(round=round, state=StatementState.RETIRED)
    return gone.order_by().values_list("why_out").annotate(often=Count("pk"))


def taken_out(reasons: Iterable[tuple[str, int]]) -> list[tuple[str, int | None]]:
    """How often each kind of these `reasons` was given for taking a statement out; None for fewer than five times.

    No sum of all, from which a number under five could be worked out.
    """
    found: Counter[str] = Counter()
    for why, often in reasons:
        found[why or Statement.WhyOut.OTHER] += often
    return [(str(why.label), rules.as_told(found[why])) for why in Statement.WhyOut if found[why]]


# --- one's own answers ----------------------------------------------------------------------------


def own_participant(actor: Actor, round: VisionRound) -> Participant | None:
    return Participant.objects.filter(round=round, seat_id=actor.seat_id).first() if actor.seat_id else None


def own_answers(actor: Actor, round: VisionRound) -> QuerySet[Response]:
    """How this actor answered, latest first. There is no function that gives another's answers."""
    if actor.seat_id is None:
        return Response.objects.none()
    mine = Response.objects.filter(participant__seat_id=actor.seat_id, participant__round=round)
    return mine.filter(statement__state=StatementState.LIVE).select_related("statement").order_by("-answered_at", "-id")


@dataclass(frozen=True)
class Deck:
    """The cards of one person: what comes next, how far they are, and what they answered last."""

    card: Statement | None
    done: int
    of: int
    last: Response | None
    #: The answer to the card, if it is shown again to be changed.
    given: Response | None = None

    @property
    def dots(self) -> tuple[int, int, int]:
        return rules.dots(self.done, self.of)

    @property
    def dotcounted(self) -> int:
        return sum(self.dots)


def bands(round: VisionRound) -> dict[int, int]:
    """What an answer to each statement would teach, as it was last weighed."""
    return {int(pk): int(band) for pk, band in round.card_bands.items()}


def deck(actor: Actor, round: VisionRound, *, statement_id: int | None = None) -> Deck:
    """The next card for this actor, or the one they ask for again. Three queries at most."""
    reader = f"round {round.pk}, seat {actor.seat_id}"
    return dealt(round, own_answers(actor, round), reader, statement_id=statement_id)


def dealt(round: VisionRound, own: QuerySet[Response], reader: str, *, statement_id: int | None = None) -> Deck:
    """The cards for whoever gave these answers, in an order of the reader's own."""
    live = set(Statement.objects.filter(round=round, state=StatementState.LIVE).values_list("pk", flat=True))
    # Columns, not rows: somebody may have answered hundreds, and two of their answers are shown.
    answers = {row[0]: row for row in own.values_list("statement_id", "pk", "answer", "is_important")}
    order = rules.card_order(live - answers.keys(), reader, bands(round))
    chosen = statement_id if statement_id in live else next(iter(order), None)
    latest = next(iter(answers), None)
    shown = Statement.objects.select_related("author").in_bulk([pk for pk in (chosen, latest) if pk is not None])
    last, given = (_answer_of(shown.get(pk or 0), answers.get(pk or 0)) for pk in (latest, chosen))
    return Deck(shown.get(chosen or 0), len(answers), len(live), last, given)


def _answer_of(statement: Statement | None, row: tuple[int, int, int, bool] | None) -> Response | None:
    if statement is None or row is None:
        return None
    return Response(pk=row[1], statement=statement, answer=row[2], is_important=row[3])


# --- all answers, for the count only --------------------------------------------------------------


def answers_to_count(round: VisionRound) -> Columns:
    """Participants, statements and answers to live statements, in no order. For `insights` alone; never for a page.

    Read in stretches, so that millions of answers take tens of megabytes.
    """
    counted = Response.objects.filter(statement__round=round, statement__state=StatementState.LIVE)
    rows = counted.values_list("participant_id", "statement_id", "answer")
    return in_columns(rows.iterator(chunk_size=READ_AT_ONCE))


def count_answers(round: VisionRound) -> int:
    return Response.objects.filter(statement__round=round, statement__state=StatementState.LIVE).count()


def declared_groups(round: VisionRound) -> dict[int, str]:
    """The declared group of each participant who has one."""
    named = Participant.objects.filter(round=round).exclude(declared_group="")
    return dict(named.values_list("pk", "declared_group"))


def groups_of_voices(round: VisionRound) -> dict[int, str]:
    """The declared group of each that counts as one voice: participants, or the organizations they answered for."""
    groups = declared_groups(round)
    if round.counts_by != "organization":
        return groups
    return {organization: groups[pk] for pk, organization in organizations_of(round).items() if pk in groups}


def organizations_of(round: VisionRound) -> dict[int, int]:
    """For which organization each participant with a seat answered. For the count alone; never for a page."""
    seated = Participant.objects.filter(round=round, seat__organization__isnull=False)
    return dict(seated.values_list("pk", "seat__organization_id"))


def count_without_organization(round: VisionRound) -> int:
    """How many answered for no organization; where organizations have a voice, they are not counted."""
    answered = Response.objects.filter(statement__round=round, statement__state=StatementState.LIVE)
    without = answered.filter(Q(participant__seat=None) | Q(participant__seat__organization=None))
    return without.values("participant").distinct().count()


# --- imports --------------------------------------------------------------------------------------


def imports_for(actor: Actor) -> QuerySet[RoundImport]:
    """Rounds on their way in, newest first, without the files themselves."""
    return RoundImport.objects.defer("votes", "comments", "groups").select_related("round")


def same_files(arriving: RoundImport) -> RoundImport | None:
    """An earlier import of the very same files that was not undone."""
    done = RoundImport.objects.filter(fingerprint=arriving.fingerprint, state="done").exclude(pk=arriving.pk)
    return done.select_related("round").defer("votes", "comments", "groups").first()
