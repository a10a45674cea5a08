"""The choice itself, among everybody one may invite: nobody is left out for being far down a long list."""

from collections import Counter

from django.utils.timezone import localdate

from ...models import InviteWeights
from .. import queries
from .found import Choice, Taken
from .inputs import (
    Asked,
    as_candidates,
    introduction_ties,
    members_as_they_are,
    warmth_of,
    ways_to,
    what_is_wanted,
    words_by_actor,
)


def choose_among_all(weights: InviteWeights) -> Choice:
    """Whom to invite, what each adds and the way there, for all who may ask."""
    from manyhands.analysis.coverage import Weights, invite_next

    # Of two who would add as much the first by number is taken, so they are numbered by rating, then by ties.
    asked = Asked()
    count_ties = Counter(end for one, other, *_rest in asked.ties for end in (one, other))
    allies = queries.open_to_all(localdate(), count_ties)
    items, ties, tags = list(asked.items), introduction_ties(asked), words_by_actor(asked)
    members = members_as_they_are(asked, tags)
    candidates = as_candidates(allies, items, tags, warmth_of(ties, members))
    by_place = 2 * sum(bool(each.places) for each in candidates) >= len(candidates)
    wanted = what_is_wanted(items, tags, allies, by_place=by_place)
    used = Weights(weights.coverage, weights.reach, weights.assets, weights.paths)
    chosen = invite_next(members, candidates, wanted, weights.a_month, weights=used)
    of = {each.id: ally.pk for each, ally in zip(candidates, allies, strict=True)}
    paths = ways_to(ties, [member.id for member in members], [str(of[pick.id]) for pick in chosen.picks])
    return Choice(
        taken=[Taken(pk := of[pick.id], pick, count_ties[pk], paths.get(str(pk), [])) for pick in chosen.picks],
        items=items,
        by_place=by_place,
        share_of_best=chosen.share_of_best,
        at_least=chosen.at_least,
        count_candidates=chosen.considered,
        count_members=len(members),
        count_ties=len(ties) if ties else 0,
        not_asked=next(iter(asked.others), (0, 0, 0)),
    )
