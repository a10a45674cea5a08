"""What governance hears: a coalition that begins gets a rule for every kind of decision."""

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.events import CoalitionCreated
from manyhands.foundation.ledger.events import Event
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.spine import listens_to

from .actions.rule_setting import ensure_rules


@listens_to(CoalitionCreated)
def give_first_rules(entry: LedgerEntry, created: Event) -> None:
    """No decision without a rule in force: the coalition starts with ours, and replaces them as it likes."""
    ensure_rules(actor=Actor(entry.coalition_id, None, system="house rules"))
