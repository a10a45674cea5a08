"""Writing concerns down, sharing them, saying where they were heard and what on an agenda answers them."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.ledger.spine import record
from manyhands.practice.stakeholders.models import Input
from manyhands.practice.stakeholders.outreach.queries import inputs

from .. import policies
from ..models import Concern, ConcernAnswer, ConcernSource, ConcernVoice, Horizon, Priority, Statement
from ..rules import StatementState
from ..success.actions import Refused as NotNominated
from ..success.actions import nominate_priority
from . import items
from .events import ConcernAnswered, ConcernHeard, ConcernReworded, ConcernSetAside, ConcernWritten

#: A priority's title is shorter than a concern may be.
LONGEST_TITLE = 160


class Refused(Exception):
    """It cannot be done as asked; the sentence says why."""


@transaction.atomic
def write_concern(
    *,
    actor: Actor,
    text: str,
    shares: bool = True,
    heard: Input | None = None,
    statement: Statement | None = None,
) -> Concern:
    """Write down a concern in words that everyone with a seat may read; with ``shares`` one shares it oneself.

    ``heard`` or ``statement`` is where it was heard; naming one is for those who lead.

    Who: any seat but an observer's or a guest's (`policies.write_concern`).
    Refuses: no words, or more than 300 signs; the words of another that is not set aside; an input that one may not
        read, or a statement that is not live (`Refused`).
    Tells: `ConcernWritten`, and `ConcernHeard` where a source is named.
    """
    require(actor, policies.write_concern, heard, statement)
    words = _words(text)
    Coalition.objects.select_for_update(no_key=True).get(pk=actor.coalition_id)  # the same words twice at once are one
    if Concern.objects.filter(text__iexact=words, set_aside_at=None).exists():
        raise Refused(_("This concern is in the list already. Say there that you share it."))
    concern = Concern.objects.create(text=words, written_by_id=actor.seat_id)
    if shares and actor.seat_id is not None:
        ConcernVoice.objects.create(concern=concern, seat_id=actor.seat_id)
    record(ConcernWritten(concern_id=concern.pk), by=actor, about=concern)
    if heard is not None or statement is not None:
        add_source(actor=actor, concern=concern, heard=heard, statement=statement)
    return concern


@transaction.atomic
def reword_concern(*, actor: Actor, concern: Concern, text: str) -> Concern:
    """Find better words for a concern. Who shared the old words is asked anew: nobody shares what they never read.

    What it was heard in, and what answers it, stays.

    Who: coordinators and facilitators (`policies.tend_concerns`).
    Refuses: no words, or more than 300 signs (`Refused`).
    Tells: `ConcernReworded`, unless the words are the same.
    """
    require(actor, policies.tend_concerns, concern)
    words, concern = _words(text), _locked(concern)
    if concern.text != words:
        concern.text = words
        concern.save(update_fields=["text"])
        ConcernVoice.objects.filter(concern=concern).delete()
        record(ConcernReworded(concern_id=concern.pk), by=actor, about=concern)
    return concern


@transaction.atomic
def add_source(
    *, actor: Actor, concern: Concern, heard: Input | None = None, statement: Statement | None = None
) -> ConcernSource:
    """Say that a concern was heard in what an ally told us, or in a statement of a round.

    Who: coordinators and facilitators (`policies.tend_concerns`).
    Refuses: neither or both; an input that one may not read; a statement that is not live (`Refused`).
    Tells: `ConcernHeard`, unless it stands there already.
    """
    require(actor, policies.tend_concerns, concern, heard, statement)
    if (heard is None) == (statement is None):
        raise Refused(_("Say where it was heard: in what an ally told us, or in a statement."))
    if heard is not None and not inputs(actor).filter(pk=heard.pk).exists():
        raise Refused(_("You may not read what this ally told us."))
    if statement is not None and statement.state != StatementState.LIVE:
        raise Refused(_("This statement is not among those of its round any more."))
    concern = _locked(concern)
    source, is_new = ConcernSource.objects.get_or_create(
        concern=concern, heard=heard, statement=statement, defaults={"added_by_id": actor.seat_id}
    )
    if is_new:
        record(ConcernHeard(concern_id=concern.pk, is_there=True), by=actor, about=concern)
    return source


@transaction.atomic
def drop_source(*, actor: Actor, source: ConcernSource) -> None:
    """Take what was heard from a concern again; what they told us stays where it is.

    Who: coordinators and facilitators (`policies.tend_concerns`).
    Refuses: nothing.
    Tells: `ConcernHeard`.
    """
    require(actor, policies.tend_concerns, source)
    concern = Concern.objects.get(pk=source.concern_id)
    source.delete()
    record(ConcernHeard(concern_id=concern.pk, is_there=False), by=actor, about=concern)


@transaction.atomic
def share_concern(*, actor: Actor, concern: Concern, shares: bool = True) -> None:
    """Say that one shares a concern, or no longer does.

    Who: any seat but an observer's or a guest's (`policies.write_concern`).
    Refuses: nothing; saying it twice counts once.
    Tells: no one, by design — voices are counted without names.
    """
    require(actor, policies.write_concern, concern)
    own = {"concern": concern, "seat_id": actor.seat_id}
    if shares:
        ConcernVoice.objects.get_or_create(**own)
    else:
        ConcernVoice.objects.filter(**own).delete()


@transaction.atomic
def answer_concern(*, actor: Actor, concern: Concern, item: str) -> ConcernAnswer:
    """Say that an item of an agenda answers a concern; the item as ``alignment.Priority:12``.

    Who: coordinators and facilitators (`policies.tend_concerns`).
    Refuses: an item that stands on no agenda; a concern that is set aside (`Refused`).
    Tells: `ConcernAnswered`, unless it says so already.
    """
    require(actor, policies.tend_concerns, concern)
    if item not in items.items_of(actor, [item]):
        raise Refused(_("This item stands on no agenda now. Choose one of what is offered."))
    return _answered(actor, _standing(concern), item)


@transaction.atomic
def release_answer(*, actor: Actor, answer: ConcernAnswer) -> None:
    """Say that an item of an agenda does not answer a concern after all.

    Who: coordinators and facilitators (`policies.tend_concerns`).
    Refuses: nothing.
    Tells: `ConcernAnswered`.
    """
    require(actor, policies.tend_concerns, answer)
    concern, item = Concern.objects.get(pk=answer.concern_id), answer.item
    answer.delete()
    _record_answer(actor, concern, item, answers=False)


@transaction.atomic
def put_on_agenda(*, actor: Actor, concern: Concern, horizon: str = Horizon.SHORT) -> ConcernAnswer:
    """Nominate a concern as a priority in its own words, which answers it from then on.

    A priority of the same words that stands in the list already is taken instead of a second one.

    Who: coordinators and facilitators (`policies.tend_concerns`) who speak for a member (`policies.nominate_priority`).
    Refuses: a concern that is set aside (`Refused`).
    Tells: `PriorityNominated` and `ConcernAnswered`.
    """
    require(actor, policies.tend_concerns, concern)
    concern = _standing(concern)
    title = concern.text if len(concern.text) <= LONGEST_TITLE else concern.text[: LONGEST_TITLE - 1].rstrip() + "…"
    listed = Priority.objects.filter(title__iexact=title, state__in=["nominated", "selected"]).first()
    try:
        priority = listed or nominate_priority(actor=actor, title=title, horizon=horizon)
    except NotNominated as problem:
        raise Refused(str(problem)) from problem
    return _answered(actor, concern, items.key_of(items.PRIORITY, priority.pk))


@transaction.atomic
def set_concern_aside(*, actor: Actor, concern: Concern, why: str) -> Concern:
    """Set a concern aside, with the reason that everyone reads. It keeps its voices.

    Who: coordinators and facilitators (`policies.tend_concerns`).
    Refuses: no reason (`Refused`).
    Tells: `ConcernSetAside`.
    """
    require(actor, policies.tend_concerns, concern)
    if not why.strip():
        raise Refused(_("Say why, in words for those who share it."))
    concern = _locked(concern)
    concern.set_aside_at, concern.why_set_aside = now(), why.strip()[:300]
    concern.save(update_fields=["set_aside_at", "why_set_aside"])
    record(ConcernSetAside(concern_id=concern.pk, is_aside=True), by=actor, about=concern)
    return concern


@transaction.atomic
def take_up_concern(*, actor: Actor, concern: Concern) -> Concern:
    """Take a concern up again that was set aside.

    Who: coordinators and facilitators (`policies.tend_concerns`).
    Refuses: nothing; one that is not set aside stays as it is.
    Tells: `ConcernSetAside`, if it was.
    """
    require(actor, policies.tend_concerns, concern)
    concern = _locked(concern)
    if concern.set_aside_at is not None:
        concern.set_aside_at, concern.why_set_aside = None, ""
        concern.save(update_fields=["set_aside_at", "why_set_aside"])
        record(ConcernSetAside(concern_id=concern.pk, is_aside=False), by=actor, about=concern)
    return concern


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise Refused(_("There are no words yet. A few are enough."))
    if len(words) > 300:
        raise Refused(_("A concern has at most 300 signs. Say it in one sentence."))
    return words


def _locked(concern: Concern) -> Concern:
    return Concern.objects.select_for_update(of=("self",), no_key=True).get(pk=concern.pk)


def _standing(concern: Concern) -> Concern:
    found = _locked(concern)
    if found.set_aside_at is not None:
        raise Refused(_("This concern is set aside. Take it up again first."))
    return found


def _answered(actor: Actor, concern: Concern, item: str) -> ConcernAnswer:
    answer, is_new = ConcernAnswer.objects.get_or_create(
        concern=concern, item=item, defaults={"linked_by_id": actor.seat_id}
    )
    if is_new:
        _record_answer(actor, concern, item, answers=True)
    return answer


def _record_answer(actor: Actor, concern: Concern, item: str, answers: bool) -> None:
    kind, _sign, number = item.rpartition(":")
    told = ConcernAnswered(concern_id=concern.pk, kind_of_item=kind, item_id=int(number), answers=answers)
    record(told, by=actor, about=concern)
