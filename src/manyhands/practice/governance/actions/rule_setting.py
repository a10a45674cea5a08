"""Setting the rule by which a kind of decision is made."""

from fractions import Fraction

from django.db import transaction
from django.utils.functional import Promise
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.ledger.spine import record
from manyhands.practice.governance import policies
from manyhands.practice.governance.events import RuleSet
from manyhands.practice.governance.models import DecisionKind, DecisionRule
from manyhands.practice.governance.rules import Base, Terms


@transaction.atomic
def set_rule(*, actor: Actor, kind: str, name: str, terms: Terms, notice_days: int = 7) -> DecisionRule:
    """Put a rule in force for one kind of decision; the one before it is superseded and kept.

    Proposals that are already open keep the rule under which they opened.

    Who: coordinators, and the house when a coalition begins (`policies.set_rule`).
    Refuses: a kind that does not exist (`ValueError`).
    Tells: `RuleSet`.
    """
    require(actor, policies.set_rule)
    kind = DecisionKind(kind)
    # One live rule, also when two set it at once.
    Coalition.objects.select_for_update(no_key=True).get(pk=actor.coalition_id)
    DecisionRule.objects.filter(kind=kind, superseded_at=None).update(superseded_at=now())
    rule = DecisionRule.objects.create(
        kind=kind, name=name.strip(), notice_days=notice_days, in_force_from=localdate(), **DecisionRule.columns(terms)
    )
    record(RuleSet(rule_id=rule.pk, of=kind.value), by=actor, about=rule)
    return rule


#: What a coalition starts from, until its members agree on something else. A goal asks more of us than a deed.
HOUSE_RULES: dict[str, tuple[Promise, Terms, int]] = {
    DecisionKind.ORDINARY: (gettext_lazy("Our first rule"), Terms(quorum=Fraction(1, 2), threshold=Fraction(2, 3)), 7),
    DecisionKind.GOAL: (
        gettext_lazy("Our first rule for goals"),
        Terms(quorum=Fraction(2, 3), threshold=Fraction(3, 4)),
        14,
    ),
    DecisionKind.CHARTER: (
        gettext_lazy("Our first rule for rules"),
        Terms(quorum=Fraction(2, 3), threshold=Fraction(3, 4), base=Base.ELIGIBLE),
        14,
    ),
}


@transaction.atomic
def ensure_rules(*, actor: Actor) -> None:
    """Give every kind of decision a rule, so that none is ever made without. Safe to repeat.

    Who: everyone who may put a proposal forward, and the house when a coalition begins (`policies.ensure_rules`).
    Refuses: nothing; kinds that have a rule keep it.
    Tells: `RuleSet`, for each kind that had none.
    """
    require(actor, policies.ensure_rules)
    house = Actor(actor.coalition_id, None, system="house rules")
    live = set(DecisionRule.objects.filter(superseded_at=None).values_list("kind", flat=True))
    for kind, (name, terms, notice_days) in HOUSE_RULES.items():
        if kind not in live:
            set_rule(actor=house, kind=kind, name=str(name), terms=terms, notice_days=notice_days)
