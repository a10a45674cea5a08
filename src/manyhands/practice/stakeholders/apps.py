from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    name = "manyhands.practice.stakeholders"
    label = "stakeholders"
    verbose_name = _("Allies")

    def ready(self) -> None:
        from manyhands.foundation.accounts.personal_data import register_personal_data
        from manyhands.foundation.coalitions.invitation_extras import register_invitation_extra
        from manyhands.foundation.coalitions.next_steps import register_next_step
        from manyhands.foundation.tenancy.wholesale import pack_quickly, prove_together
        from manyhands.foundation.ui.navigation import register_link, register_room

        from . import book, policies, queries, tasks  # noqa: F401  (tasks register their jobs)
        from .coverage import book as coverage
        from .coverage import tasks as _coverage_tasks  # noqa: F401
        from .matching import book as matching
        from .models import ImportRow, RowsToAdd, Stakeholder
        from .outreach import at_the_door
        from .outreach import book as outreach
        from .outreach import desk as outreach_desk
        from .outreach import listeners as _outreach_listeners  # noqa: F401
        from .outreach import members as outreach_members
        from .positions import book as positions
        from .profiles import book as profiles
        from .profiles import queries as profile_queries
        from .profiles import tasks as _profile_tasks  # noqa: F401
        from .ties import book as ties

        for part in (book, ties, profiles, outreach, positions, coverage, matching):
            part.register()

        # A list brings a hundred thousand of them, all with the same coalition and import.
        prove_together(Stakeholder, "coalition", "member", "looked_after_by", "added_by_import")
        prove_together(ImportRow, "coalition", "listing")
        pack_quickly(RowsToAdd, "lines")

        register_room(
            label=_("Allies"),
            icon="affiliate",
            url_name="stakeholders:allies",
            order=20,
            allowed=policies.see_allies,
            hint=_("Who can move this, how much they care, and how far we are with each."),
        )
        register_link(
            section=_("Allies"),
            label=_("Lists brought in"),
            icon="upload",
            url_name="stakeholders:imports",
            hint=_("Import a spreadsheet of possible allies, and take an import back."),
            allowed=policies.import_list,
        )
        register_link(
            section=_("Allies"),
            label=_("Invited allies"),
            icon="mail-forward",
            url_name="stakeholders:invited",
            hint=_("Letters with a menu of what they could do, and what came of each."),
            allowed=policies.invite_ally,
        )
        register_link(
            section=_("Allies"),
            label=_("What drives our partners"),
            icon="heart-handshake",
            url_name="stakeholders:drives",
            hint=_("Motives, needs and red lines side by side, as far as you may read them."),
            allowed=policies.see_allies,
        )
        register_link(
            section=_("Your organization"),
            label=_("What drives us"),
            icon="message-circle",
            url_name="stakeholders:what_drives_us",
            hint=_("What your organization wants, brings and cannot accept, and who may read it."),
            allowed=policies.speak_for_oneself,
        )
        register_link(
            section=_("Allies"),
            label=_("Files of ties"),
            icon="file-import",
            url_name="stakeholders:tie_lists",
            hint=_("Bring in who knows whom from a survey or a map, and take it back."),
            allowed=policies.import_list,
        )
        queries.register_desk()
        profile_queries.register_desk()
        outreach_desk.register()
        outreach_members.register()
        register_invitation_extra("menu", form=at_the_door.menu_form, keep=at_the_door.keep_menu)
        register_next_step(queries.next_steps)
        register_personal_data("stakeholders", export=queries.personal_export, erase=queries.personal_erase)
