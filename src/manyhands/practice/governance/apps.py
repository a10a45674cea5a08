"""Opens the room of decisions: its door, its offers, and what it says of people."""

from urllib.parse import urlencode

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "manyhands.practice.governance"
    label = "governance"

    def ready(self) -> None:
        from manyhands.foundation.accounts.personal_data import register_personal_data
        from manyhands.foundation.coalitions.next_steps import register_next_step
        from manyhands.foundation.ui.navigation import register_link, register_room
        from manyhands.foundation.ui.offers import register_offer

        from . import book, policies, queries, waiting

        book.register()

        register_room(
            label=_("Decisions"),
            icon="scale",
            url_name="governance:decisions",
            order=40,
            hint=_("Proposals, stances, and what we decided."),
            awaits=waiting.waiting_for,
        )
        section = _("Decisions")
        register_link(section=section, label=_("How we decide"), icon="gavel", url_name="governance:how_we_decide")
        register_link(section=section, label=_("Decision register"), icon="book", url_name="governance:register")
        register_link(section=section, label=_("Dissent on record"), icon="flag", url_name="governance:dissents")
        register_link(section=section, label=_("Who is here for what"), icon="target", url_name="governance:joined_for")
        waiting.register()
        register_next_step(waiting.next_steps)
        # Stances belong to organizations and stay; the name beside them is the seat's, which coalitions erases.
        register_personal_data("governance", export=queries.about_seats, erase=lambda seat_ids: None)
        register_offer(
            "statement",
            _("Draft a proposal from this"),
            url=proposal_from_statement,
            icon="scale",
            allowed=policies.put_forward_proposal,
        )


def proposal_from_statement(request: HttpRequest, statement: object) -> str:
    """The form for a new proposal, beginning with the words of a statement."""
    quote = str(getattr(statement, "text", statement))[:400]
    begins = urlencode({"from": f"alignment.Statement:{getattr(statement, 'pk', 0)}", "quote": quote})
    return reverse("governance:new", args=[request.coalition.slug]) + "?" + begins  # type: ignore[attr-defined]
