"""Many rows at once pass the same gate as single ones."""

import pytest

from manyhands.foundation.coalitions.models import Organization, WorkingGroup, WorkingGroupSeat
from manyhands.foundation.tenancy.copying import as_lines, insert_lines, insert_long, insert_rows
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


def test_lines_hold_any_text_and_come_in_as_they_were(clean_air, safe_streets):
    names = [
        "\\N",
        "\\.",
        "C:\\new\\table",
        "tab\there",
        "two\nlines\r\n",
        "\\\\t",
        "'); DROP TABLE x; --",
        "Ünïcøde 👪",
    ]
    with safe_streets.inside():
        theirs = Organization.objects.count()
    with clean_air.inside():
        pieces = [as_lines([names[:4], ["a"] * 4]), as_lines([names[4:], ["b"] * 4])]
        assert insert_lines(Organization, ["name", "sector"], pieces, {"state": "prospect"}) == len(names)
        rows = Organization.objects.filter(sector__in=["a", "b"]).order_by("pk").values_list("name", "coalition_id")
        assert list(rows) == [(name, clean_air.coalition.pk) for name in names]
        insert_rows(Organization, ["name", "sector"], [[name, "c"] for name in names])
        assert list(Organization.objects.filter(sector="c").order_by("pk").values_list("name", flat=True)) == names
    with safe_streets.inside():
        assert Organization.objects.count() == theirs


def test_lines_pass_the_gate_too(clean_air, safe_streets):
    with clean_air.inside():
        group = WorkingGroup.objects.create(name="Buses")
        seat = safe_streets.seat["zed"].pk
        with pytest.raises(WrongCoalition):
            insert_lines(WorkingGroupSeat, [], [], {"group_id": group.pk, "seat_id": seat})
        with pytest.raises(WrongCoalition, match="seat_id"):
            insert_lines(WorkingGroupSeat, ["seat_id"], [f"{seat}\n"], {"group_id": group.pk})


def test_only_what_a_coalition_owns_is_inserted(clean_air):
    from manyhands.foundation.accounts.models import Person

    with clean_air.inside(), pytest.raises(WrongCoalition):
        insert_lines(Person, ["name"], [], {})


def test_a_long_text_comes_in_as_it_was_and_through_the_gate(clean_air, safe_streets):
    text = "'); DROP TABLE x; -- %s {y}\\n\n\t" + "Ünïcøde 👪 " * 1000
    with clean_air.inside():
        insert_long(WorkingGroup(name="Buses", mandate=text, lead=clean_air.seat["ben"]))
        group = WorkingGroup.objects.get(name="Buses")
        assert (group.mandate, group.lead, group.state) == (text, clean_air.seat["ben"], "proposed")
        with pytest.raises(WrongCoalition):
            insert_long(WorkingGroup(name="Trams", mandate=text, lead_id=safe_streets.seat["zed"].pk))
        assert not WorkingGroup.objects.filter(name="Trams").exists()
