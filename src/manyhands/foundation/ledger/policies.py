"""Who may do what with the book. One function, one sentence each."""

from manyhands.foundation.access.rules import Actor, Visitor, operator, permission


@permission("Read who did what and when, in the coalition's book.")
def read_book(actor: Actor) -> bool:
    return actor.seat_id is not None and not actor.has_any("guest")


@permission("Read lines of the book that concern trust and conflict, which only stewards see.")
def read_stewards_lines(actor: Actor) -> bool:
    return actor.has_any("steward")


@permission("Send something that happened to a part of the house that failed to hear it, once more.")
def retry_delivery(actor: Actor | Visitor) -> bool:
    return operator.holds(actor)
