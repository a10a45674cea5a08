"""What tests of negotiations begin with: a table of three, with Mei as the mediator, and what each tells her."""

from decimal import Decimal

import pytest

from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.alignment.compromise import actions
from manyhands.practice.alignment.models import IssueOption, Negotiation, NegotiationParty

ISSUES = [("Hours", ["Long", "Short"]), ("Noise", ["Loud", "Quiet"])]
#: Points in the order above, what no deal is worth, and red lines. The best package for both: long and quiet.
TERMS = {"joan": ([80, 0, 20, 0], 20, []), "amina": ([0, 30, 0, 70], 30, ["Loud"])}
SECRETS = ("80.00", "71.37", "28.63", "31.41")


class Room:
    """A negotiation and the people around it, with short words for what they do."""

    def __init__(self, world) -> None:
        self.world = world
        self.negotiation = actions.draft_negotiation(
            actor=world.actor["mei"],
            question="When may vans deliver?",
            mediator=world.seat["mei"],
            organizations=[world.organization["joan"], world.organization["amina"]],
        )
        for name, options in ISSUES:
            actions.add_issue(actor=world.actor["mei"], negotiation=self.negotiation, name=name, options=options)
        actions.open_negotiation(actor=world.actor["mei"], negotiation=self.negotiation)

    def options(self) -> list[IssueOption]:
        return list(IssueOption.objects.filter(issue__negotiation=self.negotiation).order_by("issue_id", "id"))

    def party(self, who: str) -> NegotiationParty:
        rows = NegotiationParty.objects.select_related("negotiation")
        return rows.get(negotiation=self.negotiation, organization=self.world.organization[who])

    def tell(self, who: str, points, walk_away, red=(), work: bool = True):
        options = self.options()
        told = actions.tell_terms(
            actor=self.world.actor[who],
            party=self.party(who),
            points={o.pk: Decimal(str(value)) for o, value in zip(options, points, strict=True)},
            walk_away=None if walk_away is None else Decimal(str(walk_away)),
            red_lines=[o.pk for o in options if o.name in red],
        )
        if work:
            run_waiting()
        return told

    def all_tell(self) -> None:
        for who, (points, walk_away, red) in TERMS.items():
            self.tell(who, points, walk_away, red)

    def fresh(self) -> Negotiation:
        return Negotiation.objects.get(pk=self.negotiation.pk)

    def propose(self):
        found = self.fresh().finding.payload["packages"]
        return actions.propose_packages(
            actor=self.world.actor["mei"], negotiation=self.fresh(), chosen=[each["options"] for each in found]
        )

    def accept(self, package, *who: str) -> None:
        for name in who:
            actions.answer_package(actor=self.world.actor[name], party=self.party(name), package=package, accepts=True)

    def doings(self):
        return [
            actions.Doing(issue.pk, self.world.organization["joan"].pk, f"Sees to {issue.name}.")
            for issue in self.negotiation.issues.all()
        ]

    def agree(self, package, **more):
        self.accept(package, "joan", "amina")
        package.refresh_from_db()
        return actions.agree_package(actor=self.world.actor["mei"], package=package, doings=self.doings(), **more)


@pytest.fixture
def room(inside) -> Room:
    return Room(inside)


@pytest.fixture
def second_facilitator(inside):
    """Ben, who is a facilitator too, and mediates nothing."""
    Seat.objects.filter(pk=inside.seat["ben"].pk).update(is_facilitator=True)
    seat = Seat.objects.get(pk=inside.seat["ben"].pk)
    inside.actor["ben"], inside.seat["ben"] = actor_for(seat), seat
    return seat
