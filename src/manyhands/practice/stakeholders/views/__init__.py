"""Pages about allies and about lists that are brought in."""

from .allies import add_ally, ally_page, edit_ally, hand_over, look_after, remove_ally, renew_note, restore_ally
from .lists import (
    bring_list,
    discard_list,
    import_page,
    import_rows,
    imports,
    match_columns,
    start_import,
    stop_import,
    undo_import,
)
from .map import ally_map, rate_ally, withdraw_rating
from .saved import save_view, throw_view_away

__all__ = [
    "add_ally",
    "ally_map",
    "ally_page",
    "bring_list",
    "discard_list",
    "edit_ally",
    "hand_over",
    "import_page",
    "import_rows",
    "imports",
    "look_after",
    "match_columns",
    "rate_ally",
    "remove_ally",
    "renew_note",
    "restore_ally",
    "save_view",
    "start_import",
    "stop_import",
    "throw_view_away",
    "undo_import",
    "withdraw_rating",
]
