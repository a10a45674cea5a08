"""Who may do what in a round. One function, one sentence each."""

from manyhands.foundation.access.rules import Actor, permission

from .models import (
    BreachReport,
    ClosedTalk,
    Compact,
    CompactPoint,
    LiveRound,
    Negotiation,
    NegotiationParty,
    Overlap,
    Priority,
    PriorityCandidate,
    PriorityRound,
    RoundImport,
    SpeakerQueue,
    Statement,
    SuccessDefinition,
    Vision,
    VisionRound,
)


def _leads(actor: Actor) -> bool:
    return actor.has_any("coordinator", "facilitator")


#: Who answers by a link has no seat; the link itself lets them answer one round, and do nothing else.
BY_LINK = "someone with a link"


def _is_the_house(actor: Actor) -> bool:
    """Work that nobody asked for, such as a round's last day."""
    return bool(actor.system) and actor.system != BY_LINK


def _has_a_voice(actor: Actor) -> bool:
    return actor.seat_id is not None and not actor.has_any("observer", "guest")


@permission("Prepare a question to everyone, open it, and say what the members made of it.")
def lead_rounds(actor: Actor, round: VisionRound | None = None) -> bool:
    return _leads(actor)


@permission("Close a round, which also happens by itself on its last day.")
def close_round(actor: Actor, round: VisionRound | None = None) -> bool:
    return _is_the_house(actor) or _leads(actor)


@permission("Write a statement that others answer; observers and guests only read.")
def contribute_statement(actor: Actor, round: VisionRound | None = None) -> bool:
    return _has_a_voice(actor)


@permission("Answer statements, in secret; observers and guests only read.")
def answer_statements(actor: Actor, round: VisionRound | None = None) -> bool:
    return _has_a_voice(actor)


@permission("Read statements before others do, take one out with a reason, or join two that say the same.")
def moderate_statements(actor: Actor, statement: Statement | None = None) -> bool:
    return _leads(actor)


@permission("Bring in a round that took place elsewhere, and undo that.")
def import_rounds(actor: Actor, arriving: RoundImport | None = None) -> bool:
    return _is_the_house(actor) or actor.has_any("coordinator", "facilitator")


@permission(
    "Ask which statements of a closed round or which priorities make an agenda, and keep one as the suggestion."
)
def choose_agenda(actor: Actor, round: VisionRound | None = None) -> bool:
    return _leads(actor)


@permission("Write down a concern of the community, and say that one shares it; observers and guests only read.")
def write_concern(actor: Actor, *about: object) -> bool:
    return _has_a_voice(actor)


@permission(
    "Say where a concern was heard and which agenda item answers it, put it on the agenda, reword it or set it aside."
)
def tend_concerns(actor: Actor, *about: object) -> bool:
    return _leads(actor)


@permission("Open a round's report to everyone by an address of its own, for other sites to show, and take it back.")
def publish_report(actor: Actor, round: VisionRound | None = None) -> bool:
    return _leads(actor)


# --- what success means to each member ------------------------------------------------------------


def _speaks_for_a_member(actor: Actor) -> bool:
    return _has_a_voice(actor) and actor.organization_id is not None


def _is_of(actor: Actor, organization_id: int | None) -> bool:
    return _speaks_for_a_member(actor) and actor.organization_id == organization_id


@permission("Write down what success means to one's own organization.")
def write_success(actor: Actor) -> bool:
    return _speaks_for_a_member(actor)


@permission("Change, share, link or confirm what success means to one's own organization.")
def change_success(actor: Actor, definition: SuccessDefinition) -> bool:
    return _is_of(actor, definition.organization_id)


@permission(
    "Name a pair of members whose outcomes conflict, and say when it is settled: either side, or those who lead."
)
def name_conflict(actor: Actor, one: SuccessDefinition, other: SuccessDefinition) -> bool:
    return _leads(actor) or _is_of(actor, one.organization_id) or _is_of(actor, other.organization_id)


@permission("Nominate a priority, and say whether one serves one's own organization or gets in its way.")
def nominate_priority(actor: Actor, priority: Priority | None = None) -> bool:
    return _speaks_for_a_member(actor)


@permission("Say which priority comes first, which later, and which is reached.")
def choose_priorities(actor: Actor, priority: Priority) -> bool:
    return _leads(actor)


@permission("Ask every member what comes first, beginning with the adopted vision, and close that round.")
def ask_what_comes_first(actor: Actor, round: PriorityRound | None = None) -> bool:
    return _leads(actor)


@permission("Say for one's own organization what is a priority for it, and which clauses of the vision that serves.")
def say_what_comes_first(actor: Actor, candidate: PriorityCandidate | None = None) -> bool:
    return _speaks_for_a_member(actor)


# --- negotiations ---------------------------------------------------------------------------------


@permission("Prepare a negotiation: its question, its issues, its parties and who mediates.")
def prepare_negotiation(actor: Actor, negotiation: Negotiation | None = None) -> bool:
    return _leads(actor)


@permission("Mediate: read what the parties told in private, propose packages, write down how it ended.")
def mediate(actor: Actor, negotiation: Negotiation) -> bool:
    return actor.has_any("facilitator") and actor.seat_id == negotiation.mediator_id


@permission("Hand a negotiation to another mediator; what was told in private is erased first.")
def hand_over_negotiation(actor: Actor, negotiation: Negotiation | None = None) -> bool:
    return actor.has_any("coordinator")


@permission("Tell the mediator one's own organization's points, walk-away and red lines, and answer to packages.")
def speak_as_party(actor: Actor, party: NegotiationParty) -> bool:
    return _is_of(actor, party.organization_id)


@permission("See the packages, concerns and concessions of a negotiation: its parties and its mediator.")
def sit_at_negotiation(actor: Actor, negotiation: Negotiation) -> bool:
    if mediate.holds(actor, negotiation):
        return True
    return _speaks_for_a_member(actor) and any(
        party.organization_id == actor.organization_id for party in negotiation.parties.all()
    )


# --- values and ground rules ----------------------------------------------------------------------


@permission("Begin a new version of the values or the ground rules, put it to the members, and bring it into force.")
def write_compact(actor: Actor, compact: Compact | None = None) -> bool:
    return _leads(actor)


@permission("Propose a value or a ground rule while a version is being written.")
def propose_point(actor: Actor, compact: Compact | None = None) -> bool:
    return _has_a_voice(actor)


@permission("Take a proposed value or ground rule out again: whoever proposed it, or those who lead.")
def withdraw_point(actor: Actor, point: CompactPoint) -> bool:
    return _leads(actor) or _is_of(actor, point.proposed_by_id)


@permission("Say for one's own organization whether it stands behind each value and ground rule.")
def ratify_compact(actor: Actor, point: CompactPoint | None = None) -> bool:
    return _speaks_for_a_member(actor)


@permission("Accept the ground rules before contributing for the first time.")
def accept_compact(actor: Actor, compact: Compact | None = None) -> bool:
    return actor.seat_id is not None


@permission("Report that a ground rule was broken, with one's name or without.")
def report_breach(actor: Actor) -> bool:
    return actor.seat_id is not None


@permission("Read reports of broken ground rules and answer them: stewards, or the one steward it was meant for.")
def answer_breach(actor: Actor, report: BreachReport | None = None) -> bool:
    if not actor.has_any("steward") or actor.seat_id is None:
        return False
    meant_for = report.to_seat if report is not None else None
    # A report must not wait for somebody who is gone.
    is_gone = meant_for is not None and (meant_for.left_at is not None or not meant_for.is_steward)
    return meant_for is None or is_gone or meant_for.pk == actor.seat_id


@permission("Begin a closed talk and choose who takes part.")
def begin_talk(actor: Actor) -> bool:
    return _has_a_voice(actor)


@permission("Read and speak in a closed talk: those who were asked in, nobody else, and only until it ends.")
def speak_in_talk(actor: Actor, talk: ClosedTalk) -> bool:
    return actor.seat_id is not None and any(place.seat_id == actor.seat_id for place in talk.places.all())


@permission("End a closed talk before its day, which erases it: whoever began it, and the house on its last day.")
def end_talk(actor: Actor, talk: ClosedTalk) -> bool:
    return _is_the_house(actor) or (actor.seat_id is not None and talk.begun_by_id == actor.seat_id)


# --- live rounds, visions, doors ------------------------------------------------------------------


@permission("Say that one is in the room of a live round.")
def join_live(actor: Actor, live: LiveRound | None = None) -> bool:
    return _has_a_voice(actor)


@permission("Raise one's hand to speak, and take it down again.")
def raise_hand(actor: Actor, queue: SpeakerQueue | None = None) -> bool:
    return _has_a_voice(actor)


@permission("See whose hand is up, give somebody the floor, and end their turn.")
def give_floor(actor: Actor, queue: SpeakerQueue | None = None) -> bool:
    return _leads(actor)


@permission("Read the private report of whom one called on oneself; nobody reads another's, whatever their office.")
def read_own_calls(actor: Actor) -> bool:
    return actor.seat_id is not None


@permission("Erase who asked to speak and who was called on, when its day has come: the house alone.")
def erase_hands(actor: Actor, queue: SpeakerQueue | None = None) -> bool:
    return _is_the_house(actor)


@permission("Say whether a shared sentence is true to what one meant.")
def voice_overlap(actor: Actor, overlap: Overlap | None = None) -> bool:
    return _has_a_voice(actor)


@permission("Gather what is alike, write a vision from it, and write down that members adopted it.")
def write_vision(actor: Actor, vision: Vision | None = None) -> bool:
    return _leads(actor)


@permission("Make links and paper sheets by which people without an account answer, and bring their sheets in.")
def lay_doors(actor: Actor, round: VisionRound | None = None) -> bool:
    return _leads(actor)


@permission("Answer one round by a link, without an account.")
def answer_by_link(actor: Actor, round: VisionRound | None = None) -> bool:
    return actor.system == BY_LINK
