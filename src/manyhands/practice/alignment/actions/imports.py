"""Bringing in a round that took place elsewhere: try first, then bring in, then perhaps undo."""

from django.db import transaction

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.ledger.spine import record

from .. import importing, policies, tasks
from ..events import ImportUndone
from ..models import RoundImport, Vision
from ..rules import RoundState
from .steps import WrongStep


class AlreadyIn(Exception):
    """This import has been begun or undone already."""


@transaction.atomic
def check_import(
    *,
    actor: Actor,
    question: str,
    votes: bytes,
    comments: bytes,
    groups: bytes = b"",
    is_published: bool = False,
) -> RoundImport:
    """Read the files to the end and keep them for bringing in; nothing is brought in yet.

    Who: coordinators and facilitators, and the command line (`policies.import_rounds`).
    Refuses: files that cannot be used, with the row (`importing.UnfitFile`).
    Tells: no one — nothing has happened yet that anybody could see.
    """
    require(actor, policies.import_rounds)
    checked = importing.read(votes, comments, groups)
    return RoundImport.objects.create(
        question=question,
        is_published=is_published,
        votes=votes,
        comments=comments,
        groups=groups,
        fingerprint=importing.fingerprint(votes, comments, groups),
        summary=checked.summary(),
        begun_by_id=actor.seat_id,
    )


@transaction.atomic
def begin_import(*, actor: Actor, arriving: RoundImport) -> JobRun:
    """Have a checked round brought in. Members see it once all of it is there, or not at all.

    Who: coordinators and facilitators, and the command line (`policies.import_rounds`).
    Refuses: an import that was begun or undone before (`AlreadyIn`).
    Tells: no one yet — the job that brings the round in writes the line when it is in.
    """
    require(actor, policies.import_rounds, arriving)
    locked = RoundImport.objects.select_for_update(no_key=True).defer("votes", "comments", "groups").get(pk=arriving.pk)
    if locked.state != "checked":
        raise AlreadyIn(locked)
    run = enqueue(tasks.bring_in_round, import_id=locked.pk)
    locked.state, locked.run_id = "running", run.pk
    locked.save(update_fields=["state", "run_id"])
    return run


@transaction.atomic
def undo_import(*, actor: Actor, arriving: RoundImport) -> None:
    """Take a round that was brought in out again, with every statement and answer that came with it.

    Who: coordinators and facilitators, and the command line (`policies.import_rounds`).
    Refuses: an import undone before (`AlreadyIn`); a round that members have since built on (`WrongStep`).
    Tells: `ImportUndone`.
    """
    require(actor, policies.import_rounds, arriving)
    locked = RoundImport.objects.select_for_update(no_key=True).defer("votes", "comments", "groups").get(pk=arriving.pk)
    if locked.state == "undone":
        raise AlreadyIn(locked)
    if locked.round is not None and locked.round.state in {RoundState.VALIDATED, RoundState.ADOPTED}:
        raise WrongStep("Members have validated this round.")
    if locked.round is not None and Vision.objects.filter(round=locked.round).exists():
        raise WrongStep("A vision is written from this round.")
    round, locked.round, locked.state = locked.round, None, "undone"
    locked.votes = locked.comments = locked.groups = b""
    locked.save()
    if round is not None:
        importing.clear(round)
    record(ImportUndone(import_id=locked.pk), by=actor, about=locked)
