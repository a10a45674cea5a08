"""Whom to invite next and why, and how well a partner would fit: what the numbers say, in words."""

from collections import defaultdict

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.ledger.remembered import RememberedUntilNextLine

from ... import policies
from ...models import Disclosure, InviteFinding, InviteWeights, Stakeholder
from .. import queries
from . import kept
from .choosing import choose_among_all
from .found import Choice, Fit, InviteNext, Pick
from .inputs import profile_entries, words_in
from .kept import weights_and_finding, work_out_among_many
from .words import computed_from, left_out, method_in_words, pick_in_words, why_nobody

__all__ = ["Fit", "InviteNext", "Pick", "fit", "invite_next", "weights_and_finding", "work_out_among_many"]

#: The choice for a coalition, until a line of its ledger says that something changed. Alike for all who may ask.
_chosen: RememberedUntilNextLine[Choice] = RememberedUntilNextLine()


def invite_next(actor: Actor, weights: InviteWeights, finding: InviteFinding | None = None) -> InviteNext:
    """The invitations that together add most to who is at the table, with each one's reasons in words.

    With what a job found last among very many, shows that, and has it worked out anew if anything has changed.
    """
    found = kept.standing(weights, finding) if finding is not None else None
    if found is None:
        counts = (weights.a_month, weights.coverage, weights.reach, weights.assets, weights.paths)
        choice = _chosen.get(lambda: choose_among_all(weights), (localdate(), *counts))
    elif found.choice is None:
        return InviteNext([], method_in_words(None, 0.0), "", [], standing=found)
    else:
        choice = found.choice
    chosen = [taken.pk for taken in choice.taken]
    # Whoever said no, or was asked to wait, after a job had chosen them is not suggested for another minute.
    still_open = queries.open_on(localdate()).filter(pk__in=chosen).order_by().values_list("pk", flat=True)
    met = Stakeholder.objects.filter(pk__in={key for taken in choice.taken for key in (taken.pk, *taken.path)})
    limits = Disclosure.objects.filter(stakeholder__in=chosen, ended_at=None)
    ask_together(met, limits, still_open)
    allies, names = {ally.pk: ally for ally in met}, {str(item.pk): item.name for item in choice.items}
    picks = [
        pick_in_words(
            actor,
            allies[taken.pk],
            taken,
            [allies[step].name if step in allies else "…" for step in taken.path],
            [said for said in limits if said.stakeholder_id == taken.pk],
            names,
        )
        for taken in choice.taken
        if taken.pk in set(still_open)
    ]
    return InviteNext(
        picks,
        method_in_words(choice.share_of_best, choice.at_least) if picks else method_in_words(None, 0.0),
        computed_from(choice, localdate(found.made_at if found else None)),
        left_out(choice),
        "" if picks else why_nobody(choice.items, choice.count_candidates),
        found,
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
