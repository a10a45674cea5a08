"""Who may do what with background work. One function, one sentence each."""

from typing import Any

from manyhands.foundation.access.rules import Actor, Visitor, operator, permission


@permission("Start background work again that has failed.")
def retry_run(actor: Actor | Visitor, *about: Any) -> bool:
    return operator.holds(actor)
