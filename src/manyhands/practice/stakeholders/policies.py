"""Who may do what with allies. One function, one sentence each."""

from manyhands.foundation.access.rules import Actor, permission
from manyhands.foundation.coalitions.models import Invitation

from .models import Import, ProfileEntry, Rating, SavedView, Stakeholder, Tie


@permission("See the allies, what members think of them, and how far we are with each.")
def see_allies(actor: Actor, *about: object) -> bool:
    return actor.seat_id is not None and "guest" not in actor.roles


@permission("Write a new ally into the list.")
def add_ally(actor: Actor) -> bool:
    return bool(actor.system) or _works_here(actor)


@permission("Change what we know of an ally, its stage and who looks after it.")
def change_ally(actor: Actor, stakeholder: Stakeholder | None = None) -> bool:
    return bool(actor.system) or _works_here(actor)


@permission("Rate how much an ally cares and how much it can move.")
def rate_ally(actor: Actor, stakeholder: Stakeholder | None = None) -> bool:
    return _works_here(actor)


@permission("Take back one's own rating of an ally.")
def withdraw_rating(actor: Actor, rating: Rating) -> bool:
    return actor.seat_id is not None and rating.rater_id == actor.seat_id


@permission("Take an ally off the list, and put it back.")
def remove_ally(actor: Actor, stakeholder: Stakeholder | None = None) -> bool:
    return actor.has_any("coordinator", "steward")


@permission("Read notes, e-mail addresses and phone numbers of people who are no members.")
def see_private(actor: Actor, stakeholder: Stakeholder | None = None) -> bool:
    looks_after = stakeholder is not None and stakeholder.looked_after_by_id == actor.seat_id is not None
    return actor.has_any("coordinator", "steward") or looks_after


@permission("Keep a note about a person, who is no member, for another twelve months.")
def renew_note(actor: Actor, stakeholder: Stakeholder | None = None) -> bool:
    return see_private.holds(actor, stakeholder)


@permission("Hand a person a copy of everything that is held about them.")
def hand_over(actor: Actor, stakeholder: Stakeholder | None = None) -> bool:
    return actor.has_any("coordinator", "steward")


@permission("Bring in a list of allies, try it first, and take it back.")
def import_list(actor: Actor, listing: Import | None = None) -> bool:
    return bool(actor.system) or actor.has_any("coordinator", "steward")


# --- ties ---


@permission("Write down a tie between two allies, change it, and end it.")
def write_tie(actor: Actor, tie: Tie | None = None) -> bool:
    return bool(actor.system) or _works_here(actor)


@permission("Say for one's own organization how close a tie is.")
def rate_tie(actor: Actor, tie: Tie | None = None) -> bool:
    if tie is None:
        return _works_here(actor)
    return _works_here(actor) and (_is_own(actor, tie.one) or _is_own(actor, tie.other))


@permission("Save a view of the allies, as a list or on the map, to find it again.")
def save_view(actor: Actor) -> bool:
    return see_allies.holds(actor)


@permission("Throw away a view that one saved oneself.")
def throw_view_away(actor: Actor, view: SavedView) -> bool:
    return view.by_seat_id == actor.seat_id is not None


# --- profiles ---


@permission("Write down what drives an ally, with the source and who may read it.")
def write_profile(actor: Actor, stakeholder: Stakeholder | None = None) -> bool:
    return bool(actor.system) or _works_here(actor)


@permission("Read what an ally said about itself, as far as its readers go.")
def read_profile(actor: Actor, entry: ProfileEntry) -> bool:
    own = _is_own(actor, entry.stakeholder)
    if entry.about == ProfileEntry.About.NOTE:
        return actor.has_any("coordinator", "steward") or own
    if entry.readers == ProfileEntry.Readers.OWN:
        return own
    return own or (
        actor.has_any("coordinator", "steward")
        if entry.readers == ProfileEntry.Readers.STEWARDS
        else see_allies.holds(actor)
    )


@permission("Confirm or take back what is written about one's own organization; stewards for actors without a seat.")
def confirm_profile(actor: Actor, about: ProfileEntry | Stakeholder | None = None) -> bool:
    if about is None:
        return _works_here(actor)
    stakeholder = about.stakeholder if isinstance(about, ProfileEntry) else about
    own = _is_own(actor, stakeholder) and _works_here(actor)
    return own or (stakeholder.member_id is None and actor.has_any("coordinator", "steward"))


@permission("Say what drives one's own organization.")
def speak_for_oneself(actor: Actor, organization: object = None) -> bool:
    if organization is None:
        return _works_here(actor) and actor.organization_id is not None
    return _works_here(actor) and getattr(organization, "pk", None) == actor.organization_id


# --- reaching out ---


@permission("Log contacts with allies, plan the next step, and say when not to ask.")
def reach_out(actor: Actor, stakeholder: Stakeholder | None = None) -> bool:
    return bool(actor.system) or _works_here(actor)


@permission("Write the words and the menu of contributions for invitations.")
def write_scripts(actor: Actor, *about: object) -> bool:
    return _works_here(actor)


@permission("Say what became of something a stakeholder told us.")
def answer_input(actor: Actor, *about: object) -> bool:
    return _works_here(actor)


@permission("Invite an ally to the table, with a menu of what they could do.")
def invite_ally(actor: Actor, *about: object) -> bool:
    return actor.has_any("coordinator", "steward")


@permission("Say on taking one's own seat which of the things on the invitation one can do.")
def choose_menu(actor: Actor, invitation: Invitation) -> bool:
    return actor.seat_id is not None and invitation.accepted_by_id == actor.seat_id


# --- positions and influence ---


@permission("Name the issues on which actors take sides.")
def name_issue(actor: Actor, *about: object) -> bool:
    return bool(actor.system) or actor.has_any("coordinator", "steward", "facilitator")


@permission("Write down where an actor stands on an issue, with a source and a date.")
def write_position(actor: Actor, *about: object) -> bool:
    return bool(actor.system) or _works_here(actor)


@permission("Rate who has a say over whom, and whose claim is strong, rightful or urgent.")
def rate_influence(actor: Actor, *about: object) -> bool:
    return _works_here(actor)


# --- who is at the table ---


@permission("Choose the lists that the coalition measures itself against, and what counts when we invite.")
def choose_coverage(actor: Actor, *about: object) -> bool:
    return bool(actor.system) or actor.has_any("coordinator", "steward")


@permission("Say for one's own organization which sectors, places and groups it speaks for.")
def declare_coverage(actor: Actor, organization: object = None) -> bool:
    if organization is None:
        return _works_here(actor)
    return _works_here(actor) and getattr(organization, "pk", None) == actor.organization_id


@permission("Disclose an interest or a legal limit of a partner, and end it.")
def disclose(actor: Actor, stakeholder: Stakeholder | None = None) -> bool:
    own = stakeholder is not None and _is_own(actor, stakeholder) and _works_here(actor)
    return own or actor.has_any("coordinator", "steward")


# --- records that may be the same ---


@permission("Join two records of one actor, take that back, and say that two are not the same.")
def judge_pairs(actor: Actor, *about: object) -> bool:
    return bool(actor.system) or actor.has_any("coordinator", "steward")


def _is_own(actor: Actor, stakeholder: Stakeholder) -> bool:
    return stakeholder.member_id is not None and stakeholder.member_id == actor.organization_id


def _works_here(actor: Actor) -> bool:
    return actor.has_any("representative", "alternate", "coordinator", "steward", "facilitator")
