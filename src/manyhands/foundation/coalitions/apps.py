from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoalitionsConfig(AppConfig):
    name = "manyhands.foundation.coalitions"
    label = "coalitions"

    def ready(self) -> None:
        from manyhands.foundation.accounts import personal_data as everyone
        from manyhands.foundation.jobs.schedules import register_coalitions
        from manyhands.foundation.ledger.authors import register_all_names, register_author_names

        from . import book, personal_data, queries
        from .next_steps import register_next_step
        from .steps import invite_two

        register_author_names(queries.seat_labels)
        register_all_names(queries.all_names)
        register_coalitions(queries.coalition_ids)
        book.register()
        register_next_step(invite_two)
        everyone.register_seats(personal_data.seats)
        everyone.register_erasure_check(personal_data.reasons_to_stay)
        everyone.register_personal_data("coalitions", export=personal_data.export, erase=personal_data.erase)
        _register_places()


def _register_places() -> None:
    from manyhands.foundation.access.rules import seated
    from manyhands.foundation.ledger.policies import read_book
    from manyhands.foundation.ui.navigation import register_link, register_room

    from .policies import change_coalition, invite

    register_room(
        label=_("Members"),
        icon="building-community",
        url_name="coalitions:members",
        order=70,
        phone=False,
        hint=_("Which organizations belong to us, and who speaks for them."),
    )
    people, house = _("People"), _("This coalition")
    places = [
        (
            people,
            _("Members at a glance"),
            "eye",
            "coalitions:members_at_a_glance",
            5,
            seated,
            _("How far we are with each member, when we last spoke, and which goals it endorses."),
        ),
        (people, _("Invitations"), "mail", "coalitions:invitations", 10, invite, _("Whom we asked, and who answered.")),
        (people, _("Working groups"), "users-group", "coalitions:groups", 20, seated, _("Teams and their mandates.")),
        (people, _("My seat"), "user", "coalitions:my_seat", 30, seated, _("Whom you sit for, and how to leave.")),
        (house, _("Look back"), "history", "ledger:book", 10, read_book, _("Who did what, and when.")),
        (house, _("Who may do what"), "shield-check", "coalitions:who_may", 20, seated, _("Every right, by role.")),
        (house, _("Settings"), "settings", "coalitions:settings", 30, change_coalition, _("Name, purpose, color.")),
    ]
    for section, label, icon, url_name, order, allowed, hint in places:
        register_link(
            section=section, label=label, icon=icon, url_name=url_name, order=order, allowed=allowed, hint=hint
        )
