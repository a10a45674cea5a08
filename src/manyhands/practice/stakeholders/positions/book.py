"""How this part's lines read in the book, and where people find it."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_titles
from manyhands.foundation.ui.addresses import address_of

from .. import policies
from ..models import Issue
from . import events


def register() -> None:
    """Called once, when the room is set up."""
    from manyhands.foundation.accounts.personal_data import register_personal_data
    from manyhands.foundation.ui.awaiting import register_awaiting
    from manyhands.foundation.ui.navigation import register_link

    from . import listeners, queries, tasks  # noqa: F401  (listeners and tasks make themselves known when they load)

    for url_name, label, icon, hint in [
        ("issues", _("Positions"), "scale", _("Who stands where on each thing you want, and who moved.")),
        ("position_matrix", _("Positions in one table"), "table", _("Actors down, what you want across.")),
        ("power", _("Who holds power"), "hierarchy", _("Who has a say over whom, and what the answer hangs on.")),
    ]:
        register_link(
            section=_("Allies"),
            label=label,
            icon=icon,
            url_name=f"stakeholders:{url_name}",
            hint=hint,
            allowed=policies.see_allies,
        )
    register_awaiting(queries.awaiting, lambda actor, _moment: [queries.old_ones(actor)])
    register_personal_data("positions", export=queries.personal_export, erase=queries.personal_erase)
    register_titles(
        "issue_id", Issue.objects.all, "title", otherwise=_("an issue"), form="“%s”", allowed=policies.see_allies
    )
    issue, ally = _page("issue", "issue_id"), _page("ally_positions", "stakeholder_id")
    survey = _page("survey", "tie_list_id")
    for event, template, url in [
        (events.IssueNamed, _("Named what we want: {issue_id}."), issue),
        (events.IssueChanged, _("Changed the words of {issue_id}."), issue),
        (events.IssueClosed, _("Closed {issue_id} as an issue; its positions are kept."), issue),
        (events.IssueReopened, _("Opened {issue_id} again as an issue."), issue),
        (events.PositionWritten, _("Wrote down where {stakeholder_id} stands on {issue_id}."), ally),
        (events.PositionTakenBack, _("Took back what was written about {stakeholder_id} on {issue_id}."), ally),
        (events.SwayRated, _("Rated whom {stakeholder_id} can move ({pairs})."), ally),
        (events.SwayWithdrawn, _("Took back a rating of whom {stakeholder_id} can move."), ally),
        (events.ClaimRated, _("Rated the claim of {stakeholder_id}."), ally),
        (events.ClaimWithdrawn, _("Took back a rating of the claim of {stakeholder_id}."), ally),
        (events.SurveyTried, _("Tried a file of influence or positions: {statements} statements."), survey),
        (events.SurveyBroughtIn, _("Brought in a file of influence or positions: {statements} statements."), survey),
        (events.SurveyTakenBack, _("Took back a file of influence or positions: {statements} statements."), survey),
    ]:
        register_sentence(event, template, url)


def _page(name: str, fact: str) -> Callable[[LedgerEntry, str], str]:
    return lambda entry, slug: address_of(f"stakeholders:{name}", slug, entry.facts[fact])
