"""Many rows at once pass the same gate as single ones."""

import pytest
from django.db.models import Value

from manyhands.foundation.coalitions.models import Organization, WorkingGroup, WorkingGroupSeat
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.tenancy.copying import copy_rows, insert_rows
from manyhands.foundation.tenancy.models import WrongCoalition


def test_rows_are_inserted_with_their_defaults_and_their_coalition(clean_air):
    with clean_air.inside():
        before = Organization.objects.count()
        assert insert_rows(Organization, ["name", "sector"], [["Clinic", "Health"], ["Cañón, 'x' {y}", ""]]) == 2
        found = Organization.objects.get(name="Cañón, 'x' {y}")
        assert (Organization.objects.count(), found.state, found.coalition_id) == (
            before + 2,
            "prospect",
            clean_air.coalition.pk,
        )
        assert insert_rows(Organization, ["name"], []) == 0


def test_a_link_to_another_coalition_is_refused(clean_air, safe_streets):
    with clean_air.inside():
        group = WorkingGroup.objects.create(name="Buses")
        rows = [[group.pk, clean_air.seat["ben"].pk], [group.pk, safe_streets.seat["zed"].pk]]
        with pytest.raises(WrongCoalition):
            insert_rows(WorkingGroupSeat, ["group_id", "seat_id"], rows)
        assert not WorkingGroupSeat.objects.exists()


def test_copies_stay_inside_the_coalition(clean_air, safe_streets):
    with safe_streets.inside():
        theirs = Organization.objects.count()
    with clean_air.inside():
        ours = Organization.objects.count()
        fields = {
            field.name: field.name
            for field in Organization._meta.concrete_fields
            if field.name not in {"id", "coalition"}
        }
        assert copy_rows(Organization.objects.all(), Organization, {**fields, "sector": Value("copied")}) == ours
        assert Organization.objects.filter(sector="copied").count() == ours
        with pytest.raises(ValueError, match="sector"):
            copy_rows(Organization.objects.all(), Organization, {n: n for n in fields if n != "sector"})
    with safe_streets.inside():
        assert Organization.objects.count() == theirs


def test_only_what_a_coalition_owns_is_copied(clean_air):
    from manyhands.foundation.accounts.models import Person

    with clean_air.inside(), pytest.raises(WrongCoalition):
        copy_rows(Person.objects.all(), LedgerEntry, {})
