"""A choice among very many is worked out by a job and kept; pages show the last one until the next is ready."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate, now

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.ledger.remembered import last_lines

from ...models import CoverageItem, InviteFinding, InviteWeights
from .. import queries
from .choosing import choose_among_all
from .found import Choice, Standing, Taken

#: Among more candidates the choice takes more than about 200 ms of a processor, and nobody waits for it.
AT_ONCE = 5000
#: A choice is not worked out anew sooner for what others do meanwhile; for other weights it is at once.
STANDS_FOR = timedelta(minutes=1)


def weights_and_finding() -> tuple[InviteWeights, InviteFinding | None]:
    """What counts how much; and, with too many candidates to choose while somebody waits, what a job found last.

    One query for both.
    """
    weights, findings = InviteWeights.objects.all()[:1], InviteFinding.objects.all()[:1]
    more = queries.open_on(localdate()).order_by().values_list("pk")[AT_ONCE : AT_ONCE + 1]
    ask_together(weights, findings, more)
    finding = next(iter(findings), None) or InviteFinding()
    return next(iter(weights), None) or InviteWeights(), finding if more else None


def mark_of(weights: InviteWeights) -> str:
    """What a choice rests on: the day and the weights, then the last lines of the ledger."""
    values = (weights.a_month, weights.coverage, weights.reach, weights.assets, weights.paths)
    lines = last_lines()
    return f"{now().date()} {' '.join(f'{value:g}' for value in values)}/{max(lines, default=0)} {sum(lines)}"


def standing(weights: InviteWeights, finding: InviteFinding) -> Standing:
    """The choice among very many as it stands; what is behind is asked for."""
    from ..tasks import ask_for_invitations  # whose job asks this part

    mark = mark_of(weights)
    choice = _read(finding.payload) if finding.payload else None
    if choice is not None and _still_stands(finding, mark, now()):
        return Standing(choice, finding.made_at, is_behind=False, has_failed=False)
    has_failed = ask_for_invitations(mark).state == JobRun.State.FAILED
    return Standing(choice, finding.made_at, is_behind=not has_failed, has_failed=has_failed)


def work_out_among_many() -> InviteFinding:
    """Choose among all and keep it, unless that was done already. Safe to repeat: the newest replaces the last."""
    weights = InviteWeights.objects.first() or InviteWeights()
    mark = mark_of(weights)  # before anything is read: what changes meanwhile is worked in the next time
    found: InviteFinding | None = InviteFinding.objects.filter(made_from=mark).first()
    if found is None:
        kept = {"payload": _kept(choose_among_all(weights)), "made_from": mark, "made_at": now()}
        found, _is_new = InviteFinding.objects.update_or_create(defaults=kept)
    return found


def _still_stands(finding: InviteFinding, mark: str, moment: datetime) -> bool:
    is_alike = finding.made_from.partition("/")[0] == mark.partition("/")[0]
    is_fresh = finding.made_at is not None and moment < finding.made_at + STANDS_FOR
    return finding.made_from == mark or (is_alike and is_fresh)


def _kept(choice: Choice) -> dict[str, Any]:
    taken = [asdict(each) for each in choice.taken]
    return {**asdict(replace(choice, taken=[], items=[])), "taken": taken, "items": [item.pk for item in choice.items]}


def _read(kept: Mapping[str, Any]) -> Choice:
    from manyhands.analysis.coverage import Pick

    items = list(CoverageItem.objects.filter(pk__in=kept["items"]).select_related("listing"))
    taken = []
    for each in kept["taken"]:
        adds = {name: _tuples(value) for name, value in each["adds"].items()}
        taken.append(Taken(**{**each, "adds": Pick(**adds)}))
    return Choice(**{**kept, "items": items, "taken": taken, "not_asked": tuple(kept["not_asked"])})


def _tuples(value: Any) -> Any:
    """Lists as they were before JSON."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
