"""How this room's lines read in the book."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_titles
from manyhands.foundation.ui.addresses import address_of

from . import events
from .models import Objective, Task

Facts = dict

MOVED = {
    "unowned": _("Nobody has {task_id} now."),
    "offered": _("Offered {task_id}."),
    "accepted": _("Took up {task_id} again."),
    "doing": _("Began {task_id}."),
    "blocked": _("Is stuck with {task_id}."),
    "done": _("Finished {task_id}."),
    "verified": _("Found {task_id} well done."),
    "dropped": _("Dropped {task_id}."),
}
ANSWERS = {
    "accepted": _("Took on {task_id}."),
    "declined": _("Cannot take on {task_id}."),
    "handed back": _("Handed back {task_id}."),
}


def register() -> None:
    """Called once, when the room is set up."""
    register_titles("task_id", Task.objects.all, "title", otherwise=_("a task"))
    register_titles("objective_id", Objective.objects.all, "title", otherwise=_("an objective"))
    task, objective = _page("task", "task_id"), _page("objective", "objective_id")
    said = _page("messages", "goal_id")
    for event, template, url in [
        (events.ObjectiveSet, _objective_set, objective),
        (events.Measured, _measured, objective),
        (events.TaskAdded, _("Added a task: {task_id}."), task),
        (events.TaskChanged, _("Changed the task {task_id}."), task),
        (events.TaskOffered, _("Offered a part in {task_id}."), task),
        (events.OfferAnswered, lambda facts: str(ANSWERS[facts["answer"]]).format(**facts), task),
        (events.MessageFramed, _("Wrote words for {goal_id} that speak to somebody’s own reason."), said),
        (events.TaskMoved, lambda facts: str(MOVED[facts["now"]]).format(**facts), task),
    ]:
        register_sentence(event, template, url)


def _page(name: str, fact: str) -> Callable[[LedgerEntry, str], str]:
    return lambda entry, slug: address_of(f"plans:{name}", slug, entry.facts[fact])


def _objective_set(facts: Facts) -> str:
    return str(_("Set an objective: {objective_id}.") if facts["is_new"] else _("Changed {objective_id}.")).format(
        **facts
    )


def _measured(facts: Facts) -> str:
    corrected, entered = _("Corrected a measurement of {objective_id}."), _("Measured {objective_id}.")
    return str(corrected if facts["is_correction"] else entered).format(**facts)
