"""Every member has its actor, however it came in; and the house may look after that again and again."""

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions import actions as coalitions
from manyhands.foundation.coalitions.models import Membership
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.spine import deliver_waiting
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.models import Stakeholder
from manyhands.practice.stakeholders.ties import actions, queries


def house(clean_air):
    return Actor(clean_air.coalition.pk, None, system="ally map")


def test_members_get_their_place_once(clean_air):
    with clean_air.inside():
        known = allies.add_ally(actor=clean_air.actor["amina"], name="northside CLINIC")
        placed = actions.keep_members_on_the_map(actor=house(clean_air))
        assert len(placed) == Membership.objects.filter(state="active").count() == 6
        known.refresh_from_db()
        assert (known.member_id, known.stage) == (clean_air.organization["rosa"].pk, "committed")
        assert actions.keep_members_on_the_map(actor=house(clean_air)) == []
        assert LedgerEntry.objects.filter(kind="ties.MemberPutOnTheMap").count() == 6


def test_two_of_the_same_name_are_left_alone(clean_air):
    with clean_air.inside():
        for _time in range(2):
            allies.add_ally(actor=clean_air.actor["amina"], name="Northside Clinic")
        actions.keep_members_on_the_map(actor=house(clean_air))
        assert Stakeholder.objects.filter(name="Northside Clinic").count() == 3


def test_who_joins_is_placed_and_who_pauses_is_no_member_on_the_map(clean_air):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        organization = clean_air.organization["rosa"]
        coalitions.pause_membership(actor=amina, membership=organization.membership)
        deliver_waiting()
        assert not Stakeholder.objects.filter(member=organization).exists()
        coalitions.activate_membership(actor=amina, membership=organization.membership)
        deliver_waiting()
        row = Stakeholder.objects.get(member=organization)
        assert queries.network().nodes[row.pk].is_member
        coalitions.pause_membership(actor=amina, membership=organization.membership)
        deliver_waiting()
        assert row.pk not in queries.network().nodes
