"""Working groups: proposing, mandate, steps, lead, joining and leaving."""

import pytest
from django.core.exceptions import PermissionDenied

from manyhands.foundation.coalitions import actions, queries
from manyhands.foundation.coalitions.models import WorkingGroup
from manyhands.foundation.ledger.models import LedgerEntry


@pytest.fixture
def streets(clean_air) -> WorkingGroup:
    with clean_air.inside():
        return WorkingGroup.objects.create(name="School streets", mandate="May spend 200.")


def lines() -> list[str]:
    return [kind.split(".")[1] for kind in LedgerEntry.objects.order_by("id").values_list("kind", flat=True)]


def test_a_member_proposes_one(clean_air):
    with clean_air.inside():
        made = actions.propose_group(actor=clean_air.actor["ben"], name=" Air \n meters", lead=clean_air.seat["mei"])
        assert (made.name, made.state, made.lead) == ("Air meters", "proposed", clean_air.seat["mei"])
        assert queries.group_of(clean_air.actor["mei"]) == {made.pk}
        with pytest.raises(actions.NameTaken):
            actions.propose_group(actor=clean_air.actor["ben"], name="air METERS")
        for name in ("olu", "gus"):
            with pytest.raises(PermissionDenied):
                actions.propose_group(actor=clean_air.actor[name], name="Mine")
        assert lines() == ["WorkingGroupProposed"]


def test_it_takes_every_step_and_skips_none(clean_air, streets):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        with pytest.raises(actions.NotAllowedNow):
            actions.change_group_state(actor=amina, group=streets, state="active")
        for state in ("chartered", "active", "paused", "active", "closed"):
            assert actions.change_group_state(actor=amina, group=streets, state=state).state == state
        with pytest.raises(actions.NotAllowedNow):
            actions.change_group_state(actor=amina, group=streets, state="active")
        for deed, more in [
            (actions.change_group, {"name": "x", "mandate": ""}),
            (actions.name_lead, {"lead": None}),
            (actions.join_group, {}),
        ]:
            with pytest.raises(actions.NotAllowedNow):
                deed(actor=amina, group=streets, **more)


def test_a_mandate_is_written_before_it_is_given(clean_air):
    with clean_air.inside():
        group = WorkingGroup.objects.create(name="Vague")
        with pytest.raises(actions.MandateMissing):
            actions.change_group_state(actor=clean_air.actor["amina"], group=group, state="chartered")


def test_the_lead_looks_after_it_and_others_do_not(clean_air, streets):
    with clean_air.inside():
        actions.name_lead(actor=clean_air.actor["amina"], group=streets, lead=clean_air.seat["ben"])
        streets.refresh_from_db()
        actions.change_group(actor=clean_air.actor["ben"], group=streets, name="Streets", mandate="May spend 300.")
        assert WorkingGroup.objects.get().mandate == "May spend 300."
        for deed, more in [
            (actions.change_group, {"name": "x", "mandate": ""}),
            (actions.change_group_state, {"state": "chartered"}),
            (actions.name_lead, {"lead": None}),
        ]:
            with pytest.raises(PermissionDenied):
                deed(actor=clean_air.actor["rosa"], group=streets, **more)
        assert lines() == ["WorkingGroupLeadNamed", "WorkingGroupChanged"]


def test_nobody_who_left_leads(clean_air, streets):
    with clean_air.inside():
        gone = actions.leave_seat(actor=clean_air.actor["ben"])
        with pytest.raises(actions.SeatLeft):
            actions.name_lead(actor=clean_air.actor["amina"], group=streets, lead=gone)


def test_a_taken_name_is_refused(clean_air, streets):
    with clean_air.inside():
        other = WorkingGroup.objects.create(name="Air")
        with pytest.raises(actions.NameTaken):
            actions.change_group(actor=clean_air.actor["amina"], group=other, name="school streets", mandate="")


def test_joining_and_leaving(clean_air, streets):
    with clean_air.inside():
        olu = clean_air.actor["olu"]
        actions.join_group(actor=olu, group=streets)
        with pytest.raises(actions.AlreadyInGroup):
            actions.join_group(actor=olu, group=streets)
        assert queries.groups().get().count_places == 1
        actions.leave_group(actor=olu, group=streets)
        with pytest.raises(actions.NotAllowedNow):
            actions.leave_group(actor=olu, group=streets)
        with pytest.raises(PermissionDenied):
            actions.join_group(actor=clean_air.actor["gus"], group=streets)
        with pytest.raises(PermissionDenied):
            actions.leave_group(actor=clean_air.actor["gus"], group=streets)
        assert lines() == ["WorkingGroupJoined", "WorkingGroupLeft"]


def test_a_lead_who_leaves_leads_no_more(clean_air, streets):
    with clean_air.inside():
        actions.name_lead(actor=clean_air.actor["amina"], group=streets, lead=clean_air.seat["ben"])
        actions.leave_group(actor=clean_air.actor["ben"], group=streets)
        assert WorkingGroup.objects.get().lead is None


def test_no_deed_reaches_another_coalitions_group(clean_air, safe_streets, streets):
    zed = safe_streets.actor["zed"]
    with safe_streets.inside():
        for deed, more in [
            (actions.change_group, {"name": "x", "mandate": ""}),
            (actions.change_group_state, {"state": "chartered"}),
            (actions.name_lead, {"lead": None}),
            (actions.join_group, {}),
            (actions.leave_group, {}),
        ]:
            with pytest.raises(PermissionDenied):
                deed(actor=zed, group=streets, **more)
        with pytest.raises(PermissionDenied):
            actions.propose_group(actor=zed, name="x", lead=clean_air.seat["ben"])
