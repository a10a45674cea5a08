"""The mistakes that `make prove` makes, one for each rule of the house: what is changed, and which test must see it."""

from dataclasses import dataclass

#: Written in parts where the words themselves would break a rule that reads this file.
HOME_OF_SOMEBODY = "/ho" + "me/ana/notes"


@dataclass(frozen=True)
class Break:
    """One mistake: in this file, this (a pattern) becomes that, and this test must fail.

    Without a pattern, a new file is written. ``hinders`` marks a mistake with which the tests cannot even be loaded;
    elsewhere that would prove nothing. ``needs`` is "migrations" or "postgresql" where the test means nothing without.
    """

    name: str
    file: str
    find: str
    put: str
    test: str
    hinders: bool = False
    needs: str = ""


ROOMS = "src/manyhands"
G, T, C = f"{ROOMS}/practice/governance", f"{ROOMS}/foundation/tenancy", f"{ROOMS}/practice/alignment"
PERMISSIONS, LEDGER, TENANCY, WALLS, ORDER, SETTINGS = (
    f"tests/architecture/test_{name}.py::test_"
    for name in ("permissions", "ledger", "tenancy", "walls", "order", "settings")
)
ACTION = "tests/architecture/test_permissions.py::TestEveryAction::test_"
FENCE = f"{T}/tests/test_fence.py::"
REPORT = f"{C}/tests/test_public_report.py::test_"
END, BEGINNING = r"\Z", r"\A"

PERMISSION_BREAKS = [
    Break("a require is removed", f"{G}/actions*", r"\n    require\(actor, policies\.\w+[^\n]*\)\n", "\n", f"{ACTION}asks_first"),
    Break("an @allow is removed", f"{G}/views*", r"@allow\(\w+(?:\.\w+)?\)\n", "", f"{PERMISSIONS}every_view_says_who_may_open_it"),
    Break("an action loses its transaction", f"{G}/actions*", r"@transaction\.atomic\n", "", f"{ACTION}is_one_transaction"),
    Break("an action gets a way round", f"{G}/actions*", r"\(\*, actor: Actor,", "(*, actor: Actor, force: bool = False,", f"{ACTION}has_no_way_round"),
    Break("an action does not say who acts", f"{G}/actions*", r"\(\*, actor: Actor,", "(*, someone: Actor,", f"{ACTION}says_who_acts_and_takes_everything_by_name"),
    Break("an action does not say whom it refuses", f"{G}/actions*", r"Refuses:", "Besides:", f"{ACTION}explains_itself"),
    Break("a permission without a sentence", f"{G}/policies.py", r'@permission\("([^"]+)\."\)', '@permission("set")', f"{PERMISSIONS}every_permission_is_explained_in_one_sentence", hinders=True),
    Break("a view writes", f"{G}/views*", END, "\n\ndef _write(form):\n    form.save()\n", f"{PERMISSIONS}views_leave_writing_to_actions"),
    Break("a policy lets everybody", f"{G}/policies.py", r"    return [^\n]+\n\Z", "    return True\n", "tests/security/test_roles.py::test_every_role_tries_every_action"),
    Break("outsiders see a coalition", f"{ROOMS}/foundation/access/views.py", r"if needed\.holds\(request\.actor\):", "if True:", "tests/security/test_outsiders.py"),
]  # fmt: skip

LEDGER_BREAKS = [
    Break("a ledger line is left out", f"{G}/actions*", r"    record\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\n", "    pass\n", f"{LEDGER}an_action_writes_the_line_that_it_promises"),
    Break("an event carries what somebody wrote", f"{G}/events.py", r"    proposal_id: int\n", "    proposal_id: int\n    reason_text: str = ''\n", f"{LEDGER}an_event_is_explained_and_carries_no_personal_data"),
    Break("an event that nobody explains", f"{G}/events.py", r'(class \w+\([^)]*\):\n)    """[^"]+"""\n', "@@1", f"{LEDGER}an_event_is_explained_and_carries_no_personal_data"),
    Break("a ledger line can be changed", f"{ROOMS}/foundation/ledger/models.py", r"raise LineIsWritten\(\"A ledger line is never changed.\"\)", "pass", f"{LEDGER}a_line_is_never_changed_or_taken_out"),
    Break("record works outside a transaction", f"{ROOMS}/foundation/ledger/spine.py", r"if not transaction\.get_connection\(\)\.in_atomic_block:", "if False:", f"{LEDGER}a_line_needs_the_transaction_of_its_change"),
]  # fmt: skip

DRAWN_BREAKS = [
    Break("a part of a page shows what it does not name", f"{ROOMS}/foundation/coalitions/templates/coalitions/members.html", r" membership\.state ", " ", "tests/architecture/test_drawn_parts.py::test_every_value_is_named"),
]  # fmt: skip

TENANCY_BREAKS = [
    Break("a scope is removed", f"{T}/models.py", r"\.filter\(coalition_id=current_coalition_id\(\)\)", "", f"{TENANCY}asking_without_a_coalition_is_an_error_not_an_answer"),
    Break("a row may point at another coalition", f"{T}/models.py", r"raise WrongCoalition\(f\"\{self\._meta\.label\} reaches outside coalition \{here\}\"\)", "pass", f"{FENCE}test_a_row_never_points_into_another_coalition"),
    Break("a model without an owner", f"{G}/models*", r"\(CoalitionOwned\)", "(models.Model)", f"{TENANCY}every_model_has_an_owner", hinders=True),
    Break("a row that goes past the gate", f"{G}/models*", r"(class \w+\(CoalitionOwned\):\n)", "@@1    def save(self, *given, **named):\n        models.Model.save(self, *given, **named)\n\n", f"{TENANCY}every_owned_row_asks_the_gate_before_it_is_saved"),
    Break("a room looks over all coalitions", f"{G}/queries.py", END, "\n\ndef _everything():\n    from .models import Proposal\n\n    return Proposal.all_coalitions.all()\n", f"{TENANCY}only_the_foundation_looks_over_all_coalitions"),
    Break("raw SQL in a room", f"{G}/queries.py", END, "\n\ndef _raw():\n    from django.db import connection\n\n    return connection.cursor()\n", f"{TENANCY}raw_sql_stays_in_the_foundation"),
    Break("the database keeps no fence", f"{T}/fence.py", r"FORCE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY", f"{FENCE}TestInTheDatabase", needs="postgresql"),
    Break("links of new rows go unproven", f"{T}/wholesale.py", r"IF cardinality", "IF false AND cardinality", f"{T}/tests/test_wholesale.py::TestLinks", needs="postgresql"),
]  # fmt: skip

WALL_BREAKS = [
    Break("an upward import", f"{ROOMS}/practice/stakeholders/queries*", END, "\nfrom manyhands.practice.governance import models as _upward  # noqa\n", f"{WALLS}imports_go_down_only"),
    Break("the analysis library meets the web", f"{ROOMS}/analysis/suppression.py", END, "\nimport django  # noqa\n", f"{WALLS}imports_go_down_only"),
    Break("a room without a row in the contract", "pyproject.toml", r'layers = \["plans", ', "layers = [", f"{WALLS}every_room_of_practice_has_its_row_in_the_contract"),
    Break("a file named for nothing", f"{G}/utils.py", "", '"""What fits nowhere else."""\n', f"{WALLS}a_name_says_what_is_inside"),
    Break("a view asks the analysis library", f"{G}/views*", END, "\nfrom manyhands import analysis as _numbers  # noqa\n", f"{WALLS}only_insights_ask_the_analysis_library"),
    Break("a room takes a lower room's pages", f"{ROOMS}/practice/plans/queries.py", END, "\nfrom manyhands.practice.governance import views as _pages  # noqa\n", f"{WALLS}a_room_uses_only_what_a_lower_room_offers"),
    Break("a model signal in a room", f"{G}/rules.py", END, "\nfrom django.db.models import signals as _signals  # noqa\n", f"{WALLS}no_model_signals_outside_the_foundation"),
]  # fmt: skip

ORDER_BREAKS = [
    Break("a file of six hundred lines", f"{G}/long_story.py", "", '"""A long story."""\n' + "\n" * 600, f"{ORDER}no_file_is_longer_than_a_sitting"),
    Break("a room that says nothing of itself", f"{G}/README.md", r"(?s).+", "# governance\n", f"{ORDER}every_room_says_what_it_is_for_on_one_screen"),
    Break("a module that says nothing of itself", f"{G}/silent.py", "", "SILENT = True\n", f"{ORDER}every_module_begins_with_what_it_is"),
    Break("a rule asks the clock", f"{G}/rules.py", END, "\nfrom django.utils.timezone import now  # noqa\n", f"{ORDER}rules_are_pure"),
    Break("a lock holds the key too", f"{G}/steps.py", r"select_for_update\(no_key=True\)", "select_for_update()", f"{ORDER}a_lock_leaves_the_key_free"),
    Break("a model ahead of its migrations", f"{G}/models*", r"max_length=\d+", "max_length=77", f"{ORDER}models_and_migrations_agree", needs="migrations"),
    Break("inline style in a page", f"{G}/templates/governance/*.html", r"<h1", '<h1 style="color: red"', f"{ORDER}pages_carry_no_inline_style_or_script"),
    Break("a path that is true on one machine", "docs/guide/notes.md", "", f"See {HOME_OF_SOMEBODY}.\n", f"{ORDER}no_document_or_code_names_a_place_on_one_machine_or_a_package_host"),
    Break("the library needs the site", f"{ROOMS}/analysis/common_ground/__init__.py", END, "\nimport django  # noqa\n", f"{ORDER}the_analysis_library_works_without_the_site"),
    Break("a link to nowhere", "docs/guide/notes.md", "", "[Nowhere](nowhere.md)\n", f"{ORDER}every_link_in_the_documents_leads_somewhere"),
    Break("a job that no worker knows", f"{G}/later.py", "", '"""Work for later."""\n\nfrom manyhands.foundation.jobs.tasks import job\n\n\n@job()\ndef later(progress):\n    """Nobody loads this."""\n', f"{ORDER}workers_know_every_job"),
]  # fmt: skip

SETTING_BREAKS = [
    Break("a setting nobody explains", f"{ROOMS}/config/environment.py", r"    @property\n    def is_production", '    hidden: bool = Field(False, description="Hidden.")\n\n    @property\n    def is_production', f"{SETTINGS}every_setting_is_explained"),
    Break("a setting that is gone is still explained", "docs/guide/settings.md", END, "\n`MANYHANDS_GONE_LONG_AGO`\n", f"{SETTINGS}the_page_explains_nothing_that_is_gone"),
    Break("a room reads the environment", f"{G}/rules.py", END, "\n\ndef _mode():\n    import os\n\n    return os.environ.get('MODE')\n", f"{SETTINGS}nothing_else_is_read_from_the_environment"),
    Break("it starts without a secret", f"{ROOMS}/config/environment.py", r"if len\(found\.secret_key\) < 32:", "if False:", f"{SETTINGS}it_refuses_to_start_insecurely_and_says_what_to_set"),
    Break("it does not start at all", f"{ROOMS}/config/settings.py", END, "\nraise RuntimeError('never')\n", f"{SETTINGS}it_starts_when_everything_is_set", hinders=True),
    Break("every page may be framed", f"{ROOMS}/config/settings.py", r'"frame-ancestors": \[NONE\]', '"frame-ancestors": ["*"]', f"{REPORT}every_other_page_still_refuses_to_be_framed"),
    Break("a public address can be guessed", f"{C}/publishing.py", r" or not constant_time_compare\([^\n]+\):", ":", f"{REPORT}an_address_cannot_be_guessed"),
]  # fmt: skip

BREAKS = [
    *PERMISSION_BREAKS,
    *LEDGER_BREAKS,
    *DRAWN_BREAKS,
    *TENANCY_BREAKS,
    *WALL_BREAKS,
    *ORDER_BREAKS,
    *SETTING_BREAKS,
]

#: Tests of the rules that only see to it that the others looked at something.
SEE_TO_IT = {"a_value_left_out_is_seen", "there_are_actions_to_speak_of", "there_are_models_to_speak_of"}
