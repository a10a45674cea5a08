"""Skip, fill, update and add, as people know them from CiviCRM."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.analysis.matching import Way, combine, merged
from manyhands.analysis.matching.combining import says_nothing

KEPT = {
    "name": "Clinic",
    "city": "Linden",
    "phone": "",
    "tags": ["air"],
    "more": {"EIN": "1", "size": ""},
    "open": None,
}
CAME = {"name": "Clinic", "city": "Harbor", "phone": "123", "tags": ["bus", "air"], "more": {"EIN": "2", "x": "y"}}


def test_skip_leaves_everything_and_says_what_differs():
    found = combine(KEPT, CAME, "skip")
    assert (found.fields, found.changes, found.is_new) == (KEPT, {}, False)
    assert found.differing == ("city",)


def test_fill_only_fills_what_is_empty():
    found = combine(KEPT, CAME, "fill")
    assert (found.fields["city"], found.fields["phone"]) == ("Linden", "123")
    assert found.fields["tags"] == ["air", "bus"]
    assert found.fields["more"] == {"EIN": "1", "size": "", "x": "y"}
    assert set(found.changes) == {"phone", "tags", "more"}


def test_update_replaces_but_a_blank_never_erases():
    found = combine(KEPT, {**CAME, "name": "", "tags": []}, "update")
    assert (found.fields["city"], found.fields["name"], found.fields["tags"]) == ("Harbor", "Clinic", ["air"])
    assert found.fields["more"] == {"EIN": "2", "size": "", "x": "y"}
    assert found.changes["city"] == ("Linden", "Harbor")


def test_add_makes_another_and_leaves_this_one():
    found = combine(KEPT, CAME, "add")
    assert (found.fields, found.changes, found.is_new) == (KEPT, {}, True)


def test_no_and_nought_are_values():
    assert combine({"open": None}, {"open": False}, "fill").fields == {"open": False}
    assert combine({"open": False}, {"open": True}, "fill").fields == {"open": False}
    assert combine({"many": 0}, {"many": 5}, "fill").differing == ("many",)


def test_there_is_no_fifth_way():
    with pytest.raises(ValueError, match="erase"):
        combine({}, {}, "erase")


def test_a_merge_keeps_what_the_person_chose_and_names_what_is_lost():
    found = merged(KEPT, CAME, ["city"])
    assert (found.fields["city"], found.fields["phone"], found.differing) == ("Harbor", "123", ())
    assert merged(KEPT, CAME).differing == ("city",)


VALUES = (
    st.none() | st.sampled_from(["", "x", "y", " "]) | st.integers(0, 2) | st.lists(st.sampled_from("ab"), max_size=2)
)
RECORDS = st.dictionaries(st.sampled_from("pqrs"), VALUES)


@given(RECORDS, RECORDS, st.sampled_from(Way))
def test_doing_it_again_changes_nothing_and_nothing_said_is_erased(kept, came, way):
    once = combine(kept, came, way)
    again = combine(once.fields, came, way)
    assert again.fields == once.fields
    assert again.changes == {}
    assert not [name for name, value in kept.items() if not says_nothing(value) and says_nothing(once.fields[name])]
    assert kept == {name: once.changes.get(name, (value,))[0] for name, value in once.fields.items() if name in kept}
