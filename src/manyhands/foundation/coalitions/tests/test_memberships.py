"""Organizations as members: adding, describing, and the steps of a membership."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from manyhands.foundation.coalitions import actions, queries
from manyhands.foundation.coalitions.models import Membership, Organization, Seat
from manyhands.foundation.ledger.models import LedgerEntry

STEPS = [
    (actions.activate_membership, "paused", "active", {}),
    (actions.activate_membership, "applied", "active", {}),
    (actions.pause_membership, "active", "paused", {}),
    (actions.withdraw_membership, "active", "withdrawn", {"reason": "no time"}),
    (actions.remove_membership, "active", "removed", {"reason": "broke the compact"}),
    (actions.readmit_membership, "removed", "invited", {}),
]


def membership_of(world, who, state="active") -> Membership:
    found = Membership.objects.get(organization=world.organization[who])
    found.state = state
    found.save()
    return found


@pytest.mark.parametrize(("deed", "was", "now", "more"), STEPS)
def test_each_step_is_taken_and_written_down(clean_air, deed, was, now, more):
    with clean_air.inside():
        membership = membership_of(clean_air, "ben", was)
        assert deed(actor=clean_air.actor["amina"], membership=membership, **more).state == now
        line = LedgerEntry.objects.filter(kind="coalitions.MembershipChanged").get()
        assert line.facts == {"organization_id": membership.organization_id, "was": was, "now": now}
        assert more.get("reason", "(none)") not in str(list(LedgerEntry.objects.values()))


@pytest.mark.parametrize(("deed", "was", "now", "more"), STEPS)
def test_no_step_is_taken_from_the_wrong_state(clean_air, deed, was, now, more):
    with clean_air.inside():
        membership = membership_of(clean_air, "ben", now)
        with pytest.raises(actions.NotAllowedNow):
            deed(actor=clean_air.actor["amina"], membership=membership, **more)


@pytest.mark.parametrize(("deed", "was", "now", "more"), STEPS)
def test_neither_other_members_nor_other_coalitions_take_it(clean_air, safe_streets, deed, was, now, more):
    with clean_air.inside():
        membership = membership_of(clean_air, "ben", was)
        for name in ("mei", "rosa", "olu", "gus"):
            with pytest.raises(PermissionDenied):
                deed(actor=clean_air.actor[name], membership=membership, **more)
    with safe_streets.inside(), pytest.raises(PermissionDenied):
        deed(actor=safe_streets.actor["zed"], membership=membership, **more)


def test_an_organization_leaves_by_itself_and_its_seats_end(clean_air):
    with clean_air.inside():
        left = actions.withdraw_membership(
            actor=clean_air.actor["ben"], membership=membership_of(clean_air, "ben"), reason="We fold."
        )
        assert left.reason == "We fold."
        assert Seat.objects.get(pk=clean_air.seat["ben"].pk).left_at
        assert clean_air.organization["ben"] not in queries.voting_organizations()


def test_parting_needs_a_reason(clean_air):
    with clean_air.inside(), pytest.raises(actions.ReasonMissing):
        actions.remove_membership(
            actor=clean_air.actor["amina"], membership=membership_of(clean_air, "ben"), reason=" "
        )


def test_the_only_coordinators_organization_stays_until_there_is_another(clean_air):
    with clean_air.inside():
        with pytest.raises(actions.LastCoordinator):
            actions.withdraw_membership(actor=clean_air.actor["amina"], membership=membership_of(clean_air, "amina"))
        assert membership_of(clean_air, "amina").state == "active"
        assert Seat.objects.get(pk=clean_air.seat["amina"].pk).left_at is None


def test_a_resting_member_reads_along_without_a_voice(clean_air):
    with clean_air.inside():
        actions.pause_membership(actor=clean_air.actor["amina"], membership=membership_of(clean_air, "ben"))
        assert clean_air.seat["ben"] in queries.seats_at_the_table()
        assert clean_air.seat["ben"] not in queries.voting_seats()


def test_an_organization_is_added_once(clean_air):
    with clean_air.inside():
        made = actions.add_member_organization(actor=clean_air.actor["amina"], name=" Valley\nClinic", sector="health")
        assert (made.name, made.state, made.membership.state) == ("Valley Clinic", "prospect", "invited")
        assert LedgerEntry.objects.get().facts == {"organization_id": made.pk}
        with pytest.raises(actions.NameTaken):
            actions.add_member_organization(actor=clean_air.actor["amina"], name="valley clinic")
        with pytest.raises(actions.NotAllowedNow):
            actions.add_member_organization(actor=clean_air.actor["amina"], name="x", state="removed")
        with pytest.raises(ValidationError):
            actions.add_member_organization(actor=clean_air.actor["amina"], name="x", website="javascript:alert(1)")
        with pytest.raises(PermissionDenied):
            actions.add_member_organization(actor=clean_air.actor["ben"], name="Mine")
        assert Organization.objects.count() == 7


def test_whoever_speaks_for_an_organization_describes_it(clean_air, safe_streets):
    ours = clean_air.organization["ben"]
    with clean_air.inside():
        changed = actions.change_organization(actor=clean_air.actor["ben"], organization=ours, about="We ride.")
        assert changed.about == "We ride."
        assert LedgerEntry.objects.get().facts == {"organization_id": ours.pk, "fields": ["about"]}
        with pytest.raises(actions.NameTaken):
            actions.change_organization(actor=clean_air.actor["ben"], organization=ours, name="youth council")
        with pytest.raises(PermissionDenied):
            actions.change_organization(actor=clean_air.actor["rosa"], organization=ours, about="They ride.")
        with pytest.raises(TypeError):
            actions.change_organization(actor=clean_air.actor["ben"], organization=ours, state="closed")
    with safe_streets.inside(), pytest.raises(PermissionDenied):
        actions.change_organization(actor=safe_streets.actor["zed"], organization=ours, about="x")
