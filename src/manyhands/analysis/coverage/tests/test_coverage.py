"""Missing voices, strangers with influence, and partner fit."""

from datetime import date

import pytest

from manyhands.analysis.coverage import (
    Belonging,
    Side,
    Voices,
    coverage,
    coverage_grid,
    coverage_over_time,
    nobody_knows,
    partner_fit,
)
from manyhands.analysis.network import Ties
from manyhands.analysis.tables import BadInput

#: The twelve sectors of the US Drug-Free Communities programme.
TWELVE = [
    "youth", "parents", "business", "media", "school", "youth-serving organization", "law enforcement", "religious",
    "civic", "healthcare", "government", "other",
]  # fmt: skip


def test_absent_and_single_voiced_groups_are_named():
    # S0-04 S3-08
    found = coverage({"Clinic": ["healthcare"], "Ward": ["healthcare"], "School 9": ["school", "youth"]}, TWELVE)
    holes = {each.names[0]: each.voices for each in found.holes}
    assert holes.pop("school") is Voices.ONE
    assert holes.pop("youth") is Voices.ONE
    assert set(holes.values()) == {Voices.ABSENT}
    assert len(holes) == 9
    assert "healthcare" not in holes
    assert found.share == pytest.approx(3 / 12)


def test_what_is_not_declared_or_not_on_the_list_is_told_apart():
    found = coverage({"Choir": [], "Band": ["music", "youth", "youth"]}, ["youth"])
    assert (found.undeclared, found.elsewhere) == (("Choir",), ("music",))
    assert found.entries[0].members == ("Band",)
    assert coverage({}, []).share is None


def test_a_member_speaks_where_its_sector_meets_its_place():
    found = coverage_grid(
        {"A": ["health", "work"], "B": ["health"], "C": ["work"], "D": []},
        {"A": ["north"], "B": ["north", "south"], "D": ["south"]},
        ["health", "work"],
        ["north", "south"],
    )
    assert {each.names: each.members for each in found.entries} == {
        ("health", "north"): ("A", "B"),
        ("health", "south"): ("B",),
        ("work", "north"): ("A",),
        ("work", "south"): (),
    }
    assert [each.names for each in found.holes] == [("work", "south"), ("health", "south"), ("work", "north")]
    assert found.undeclared == ("C", "D")


def test_coverage_over_time_counts_who_was_there_on_the_day():
    # S3-08
    members = [
        Belonging("A", ("health",), date(2026, 1, 1), date(2026, 2, 1)),
        Belonging("A", ("health",), date(2026, 3, 1)),
        Belonging("B", ("health",), date(2026, 3, 1)),
    ]
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    voices = [found.entries[0].voices for _, found in coverage_over_time(members, ["health"], days)]
    assert voices == [Voices.ABSENT, Voices.ONE, Voices.ABSENT, Voices.SEVERAL]


@pytest.mark.parametrize(("names", "sentence"), [(["a", "a"], "twice"), (["a", " "], "blank")])
def test_a_list_that_names_something_twice_or_not_at_all_is_refused(names, sentence):
    with pytest.raises(BadInput, match=sentence):
        coverage({}, names)


def test_influential_actors_whom_nobody_knows():
    # S1-17
    ties = Ties.between(
        ["us", "aide", "aide", "us", "far"],
        ["aide", "minister", "editor", "friend", "farther"],
        actors=["us", "we", "aide", "minister", "editor", "friend", "far", "farther", "alone"],
    )
    rated = {"minister": 4, "editor": 5, "friend": 5, "aide": 2, "farther": 4, "alone": None, "we": 5, "far": 2.9}
    found = nobody_knows(ties, ["us", "we"], rated)
    assert [(each.actor, each.steps, each.through) for each in found] == [
        ("editor", 2, ("aide",)),
        ("minister", 2, ("aide",)),
        ("farther", None, ()),
    ]
    with pytest.raises(BadInput, match="There is no actor 'ghost'"):
        nobody_knows(ties, ["ghost"], rated)


def test_partner_fit_is_two_scores_with_reasons():
    # S3-15
    us = Side({"clean air", "safe streets"}, {"volunteers"}, {"lawyer", "rooms"})
    alike = partner_fit(us, Side({"clean air", "safe streets"}, {"volunteers"}))
    useful = partner_fit(us, Side({"lower fares"}, {"lawyer", "rooms"}, {"volunteers"}))
    assert (alike.overlap, alike.complement, alike.both_have) == (1.0, 0.0, ("volunteers",))
    assert (useful.overlap, useful.complement, useful.in_return) == (0.0, 1.0, 1.0)
    assert (useful.it_brings, useful.we_bring) == (("lawyer", "rooms"), ("volunteers",))
    assert alike.still_missing == ("lawyer", "rooms")


def test_what_was_not_declared_gives_no_score():
    us = Side({"clean air"}, {"volunteers"}, {"rooms"})
    unknown = partner_fit(us, Side())
    assert (unknown.overlap, unknown.complement, unknown.in_return) == (None, None, None)
    assert partner_fit(Side({"clean air"}), Side({"clean air"}, {"rooms"})).complement is None
