"""Whom to invite next and why, and how well a partner would fit: what the numbers say, in words."""

from collections import defaultdict
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor

from ... import policies
from ...models import InviteWeights, Stakeholder
from .. import queries
from .found import Fit, InviteNext, Pick
from .inputs import (
    as_candidate,
    introduction_ties,
    limits_of,
    members_as_they_are,
    profile_entries,
    warmth_of,
    ways_to,
    what_is_wanted,
    words_by_actor,
    words_in,
)
from .words import computed_from, left_out, method_in_words, pick_in_words, why_nobody

__all__ = ["Fit", "InviteNext", "Pick", "fit", "invite_next"]

#: Choosing among more than this is work for a longer list; those that matter most by rating are looked at.
MOST_CANDIDATES = 2000


def invite_next(actor: Actor, weights: InviteWeights) -> InviteNext:
    """The invitations that together add most to who is at the table, with each one's reasons in words."""
    from manyhands.analysis.coverage import Weights
    from manyhands.analysis.coverage import invite_next as choose

    today = localdate()
    # Of two who would add as much the first by number is taken, so they are numbered by rating, then by ties.
    everyone = queries.best_first(queries.candidates().exclude(not_before__gt=today))
    allies = {str(ally.pk): ally for ally in everyone[:MOST_CANDIDATES]}
    items, ties = queries.chosen_items(), introduction_ties()
    tags = words_by_actor(about=["brings", "wants", "reaches"])
    members = members_as_they_are(items, tags)
    warmth = warmth_of(ties, members)
    ranked = {f"candidate {rank}": key for rank, key in enumerate(allies)}
    candidates = [
        replace(as_candidate(allies[key], items, tags, warmth.get(key)), id=rank) for rank, key in ranked.items()
    ]
    by_place = 2 * sum(bool(each.places) for each in candidates) >= len(candidates)
    wanted = what_is_wanted(items, tags, allies, by_place=by_place)
    chosen = choose(
        members,
        candidates,
        wanted,
        weights.a_month,
        weights=Weights(weights.coverage, weights.reach, weights.assets, weights.paths),
    )
    chosen_keys = [ranked[pick.id] for pick in chosen.picks]
    limits = limits_of([int(key) for key in chosen_keys])
    paths = ways_to(ties, [member.id for member in members], chosen_keys)
    names = {str(item.pk): item.name for item in items}
    picks = [
        pick_in_words(actor, allies[key], pick, paths.get(key, []), limits, names)
        for key, pick in zip(chosen_keys, chosen.picks, strict=True)
    ]
    return InviteNext(
        picks,
        method_in_words(chosen.share_of_best, chosen.at_least) if picks else method_in_words(None, 0.0),
        computed_from(len(candidates), len(members), items, len(ties) if ties else 0, by_place=by_place),
        left_out(),
        "" if picks else why_nobody(items, len(candidates)),
    )


def fit(actor: Actor, ally: Stakeholder) -> Fit:
    """How far an actor wants what members want, and how far it brings what they lack, from entries this reader sees."""
    from manyhands.analysis.coverage import Side, partner_fit

    entries = profile_entries(about=["motive", "agenda", "brings", "wants"])
    seen = [entry for entry in entries if policies.read_profile.holds(actor, entry)]
    ours: dict[str, set[str]] = defaultdict(set)
    theirs: dict[str, set[str]] = defaultdict(set)
    for entry in seen:
        side = theirs if entry.stakeholder_id == ally.pk else ours if entry.stakeholder.member_id else None
        if side is not None:
            side["interests" if entry.about in {"motive", "agenda"} else entry.about] |= set(words_in(entry.tags))
    lacks = ours["wants"] - ours["brings"]
    found = partner_fit(
        Side(ours["interests"], ours["brings"], lacks), Side(theirs["interests"], theirs["brings"], theirs["wants"])
    )
    return Fit(
        overlap=None if found.overlap is None else 100 * found.overlap,
        complement=None if found.complement is None else 100 * found.complement,
        shared=found.shared,
        only_theirs=found.only_theirs,
        new=found.it_brings,
        have=found.both_have,
        why_no_overlap=_("Not enough yet: what both sides care about must be written down in a few words first."),
        why_no_complement=_("Not enough yet: what members need and lack, and what this actor brings, must be written."),
        computed_from=_("From %(n)s entries that you may read, as of %(day)s. Method: %(method)s.")
        % {"n": len(seen), "day": date_format(localdate()), "method": found.method},
    )
