from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlignmentConfig(AppConfig):
    name = "manyhands.practice.alignment"
    label = "alignment"
    verbose_name = "Common ground"

    def ready(self) -> None:
        from manyhands.foundation.accounts.personal_data import register_personal_data
        from manyhands.foundation.coalitions.next_steps import register_next_step
        from manyhands.foundation.ui.awaiting import register_awaiting
        from manyhands.foundation.ui.navigation import register_link, register_room

        from . import book, personal, policies, sources, tasks, waiting  # noqa: F401  (jobs are known by name)
        from .agenda import book as agenda
        from .agenda import tasks as _agenda_tasks  # noqa: F401
        from .compact import book as compact
        from .compact import waiting as compact_waiting
        from .compromise import book as compromise
        from .compromise import personal as compromise_personal
        from .compromise import tasks as _compromise_tasks  # noqa: F401
        from .compromise import waiting as compromise_waiting
        from .concerns import book as concerns
        from .concerns import personal as concerns_personal
        from .doors import book as doors
        from .hands import personal as hands_personal
        from .hands import tasks as _hands_tasks  # noqa: F401
        from .live import place as live_place
        from .prioritizing import book as prioritizing
        from .prioritizing import personal as prioritizing_personal
        from .prioritizing import waiting as prioritizing_waiting
        from .success import book as success
        from .success import personal as success_personal
        from .success import queries as success_queries
        from .success import remarks
        from .talks import book as talks
        from .talks import queries as talk_queries
        from .talks import tasks as _talk_tasks  # noqa: F401
        from .talks import waiting as talk_waiting
        from .vision import book as vision

        for part in (book, compact, vision, doors, talks, success, prioritizing, compromise, agenda, concerns):
            part.register()

        live_place.register()

        register_room(
            label=_("Common ground"),
            icon="heart-handshake",
            url_name="alignment:rounds",
            order=30,
            phone=False,  # two words do not stand at a thumb; the desk leads there when something waits
            hint=_("Ask everyone one question, and see what all groups agree on."),
        )
        register_link(
            section=_("Common ground"),
            label=_("Bring in a round from elsewhere"),
            icon="file-import",
            url_name="alignment:import",
            allowed=policies.import_rounds,
            hint=_("A Polis conversation: votes and comments, from two files."),
        )
        register_link(
            section=_("Common ground"),
            label=_("Our vision"),
            icon="telescope",
            url_name="alignment:our_vision",
            hint=_("The picture of success we share, and the contributions behind each clause."),
        )
        register_link(
            section=_("Common ground"),
            label=_("What people worry about"),
            icon="message-2",
            url_name="alignment:concerns",
            hint=_("Concerns by their voices, which of them our agenda answers, and what still waits."),
        )
        register_link(
            section=_("Common ground"),
            label=_("Join a live round"),
            icon="qrcode",
            url_name="alignment:find_live",
            hint=_("Type the code you see on the big screen."),
        )
        register_link(
            section=_("Common ground"),
            label=_("Whom you called on"),
            icon="hand-stop",
            url_name="alignment:hands_reports",
            allowed=policies.give_floor,
            hint=_("Your private reports: whom you called on, beside who asked to speak."),
        )
        register_link(
            section=_("Common ground"),
            label=_("Closed talks"),
            icon="lock",
            url_name="alignment:talks",
            hint=_("Among a few, for a time, and gone afterwards."),
        )
        register_link(
            section=_("Common ground"),
            label=_("Our values"),
            icon="heart",
            url_name="alignment:our_values",
            hint=_("What we hold to, who stands behind it, and what is contested."),
        )
        register_link(
            section=_("Common ground"),
            label=_("How we treat each other"),
            icon="users",
            url_name="alignment:ground_rules",
            hint=_("Our ground rules, a sheet for meetings, and what to do when one is broken."),
        )
        register_link(
            section=_("Common ground"),
            label=_("Reports of breaches"),
            icon="flag",
            url_name="alignment:breach_reports",
            allowed=policies.answer_breach,
            hint=_("For stewards: what was reported, and by when it is answered."),
        )
        register_link(
            section=_("Common ground"),
            label=_("What success means to each of us"),
            icon="target",
            url_name="alignment:success",
            hint=_("What each member must see, what conflicts, what comes first and whom it serves."),
        )
        register_link(
            section=_("Common ground"),
            label=_("Negotiations"),
            icon="scale",
            url_name="alignment:negotiations",
            hint=_("Packages that nobody would refuse, and who gave way to whom."),
        )
        register_link(
            section=_("Your organization"),
            label=_("What success means to us"),
            icon="target",
            url_name="alignment:our_success",
            allowed=policies.write_success,
            hint=_("Yours alone until you share it; confirmed once a year."),
        )
        register_awaiting(success_queries.unsaid, lambda actor, _moment: [success_queries.silent(actor)])
        register_awaiting(success_queries.unconfirmed, lambda actor, _moment: [success_queries.own_rows(actor)])
        compromise_waiting.register()
        prioritizing_waiting.register()
        remarks.register()
        sources.register()
        register_awaiting(waiting.awaiting, waiting.rounds_to_look_at)
        compact_waiting.register()
        register_awaiting(talk_waiting.awaiting, lambda actor, moment: [talk_queries.open_talks(actor, moment)])
        register_next_step(waiting.next_step)
        register_personal_data("alignment", export=personal.personal_data, erase=personal.forget)
        register_personal_data("success", export=success_personal.export, erase=success_personal.forget)
        register_personal_data(
            "what comes first", export=prioritizing_personal.export, erase=prioritizing_personal.forget
        )
        register_personal_data("hands", export=hands_personal.export, erase=hands_personal.forget)
        register_personal_data("negotiations", export=compromise_personal.export, erase=compromise_personal.forget)
        register_personal_data("concerns", export=concerns_personal.export, erase=concerns_personal.forget)
