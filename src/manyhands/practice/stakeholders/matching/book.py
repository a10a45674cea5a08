"""How this part's lines read in the book."""

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import register_awaiting
from manyhands.foundation.ui.navigation import register_link

from .. import policies
from . import events


def register() -> None:
    """Called once, when the room is set up."""
    from . import listeners, queries, tasks  # noqa: F401  (two of them say what they do when they are loaded)

    for event, template, url in [
        (events.PairsFound, _("Looked for allies that are on the list twice: {found} new pairs."), _queue),
        (events.PairNamed, _("Asked whether {stakeholder_id} and {other_stakeholder_id} are the same."), _queue),
        (events.AlliesMerged, _("Joined two records of {stakeholder_id}."), _ally),
        (events.MergeUndone, _("Took apart again: {stakeholder_id} and {other_stakeholder_id}."), _ally),
        (events.PairJudgedDifferent, _("Said of {stakeholder_id} and {other_stakeholder_id}: not the same."), _ally),
        (events.PairReopened, _("Asks once more: are {stakeholder_id} and {other_stakeholder_id} the same?"), _queue),
    ]:  # fmt: skip
        register_sentence(event, template, url)
    register_awaiting(queries.awaiting, lambda _actor, _moment: [queries.unjudged()])
    register_link(
        section=_("Allies"),
        label=_("Records that look alike"),
        icon="copy",
        url_name="stakeholders:pairs",
        hint=_("Allies that may be on the list twice: compare, join, or say that they are two."),
        allowed=policies.judge_pairs,
    )


def _ally(entry: LedgerEntry, slug: str) -> str:
    return address_of("stakeholders:ally", slug, entry.facts["stakeholder_id"])


def _queue(entry: LedgerEntry, slug: str) -> str:
    return address_of("stakeholders:pairs", slug)
