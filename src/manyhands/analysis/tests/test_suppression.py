"""What is hidden must stay hidden: from anyone who subtracts, or who knows the rule and tries all cases."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.analysis.suppression import hidden_cells, shown_answers, shown_statement

counts = st.lists(st.integers(0, 40), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("row", "hidden"),
    [
        ([9, 7, 1, 1, 1], [7, 1, 1, 1]),
        ([9, 6, 3], [6, 3]),
        ([9, 7, 5], []),
        ([9, 4, 4], [4, 4]),
        ([3], [3]),
        ([20, 0, 4], [20, 4]),
        ([0, 0], []),
    ],
)
def test_which_cells_are_hidden(row, hidden):
    found = hidden_cells(row)
    assert sorted(count for count, is_hidden in zip(row, found, strict=True) if is_hidden) == sorted(hidden)


@settings(deadline=None)
@given(counts, st.integers(3, 9))
def test_what_is_hidden_in_a_row_is_never_one_small_number(row, smallest):
    hidden = [count for count, is_hidden in zip(row, hidden_cells(row, smallest), strict=True) if is_hidden]
    shown = [count for count, is_hidden in zip(row, hidden_cells(row, smallest), strict=True) if not is_hidden]
    assert all(count == 0 or count >= smallest for count in shown)
    # total less what is shown is all that anyone can work out
    if hidden and sum(row) >= smallest and sum(count > 0 for count in row) > 1:
        assert sum(hidden) >= smallest
        assert len(hidden) >= 2


@pytest.mark.parametrize("smallest", [3, 5])
@pytest.mark.parametrize("seen", [0, 1, 4, 5, 8, 9, 10, 11, 14, 15, 16, 23])
def test_who_knows_the_rule_and_tries_every_case_finds_no_small_count(seen, smallest):
    cases = defaultdict(list)
    for agree in range(seen + 1):
        for passed in range(seen - agree + 1):
            case = (agree, passed, seen - agree - passed)
            cases[shown_answers(*case, smallest=smallest)].append(case)
    for shown, possible in cases.items():
        if shown.seen is None:
            continue
        for at in range(3):
            values = {case[at] for case in possible}
            assert len(values) > 1 or min(values) >= smallest, (shown, possible)


@settings(deadline=None)
@given(st.tuples(*[st.integers(0, 60)] * 3))
def test_what_is_shown_is_true(case):
    shown = shown_answers(*case)
    by_name = dict(zip(("agree", "pass", "disagree"), case, strict=True))
    assert (shown.seen is None) == (sum(case) < 5)
    if shown.parts:
        assert sum(count for _, count in shown.parts) == shown.seen == sum(case)
    for names, count in shown.parts:
        assert count == sum(by_name[name] for name in names) >= 5
    if shown.mostly:
        assert 100 * by_name[shown.mostly] > shown.over_percent * shown.seen
    for name, count in by_name.items():
        assert shown.at_least(name) <= count


tables = st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=1, max_size=5)


@settings(deadline=None)
@given(tables)
def test_a_total_says_nothing_that_the_groups_do_not_say(table):
    shown = shown_statement(table)
    told = [each for each in shown.groups if each.seen is not None]
    # Made again from what is shown of the groups alone, with every hidden number forgotten.
    for names, count in shown.total.parts:
        from_groups = [sum(c for part, c in each.parts if set(part) <= set(names)) for each in told]
        assert all(any(set(part) <= set(names) for part, _ in each.parts) for each in told)
        assert count == sum(from_groups)
    if shown.total.mostly:
        sure = sum(each.at_least(shown.total.mostly) for each in told)
        assert 100 * sure > shown.total.over_percent * shown.total.seen
    assert (shown.total.seen or 0) == sum(each.seen for each in told)


@settings(deadline=None)
@given(tables)
def test_the_shown_consensus_is_a_floor_and_exact_only_if_all_is_shown(table):
    shown = shown_statement(table)
    true = 1.0
    for agree, passed, disagree in table:
        true *= (agree + 1) / (agree + passed + disagree + 2)
    assert shown.consensus_at_least <= true + 1e-12
    if shown.exact:
        assert shown.consensus_at_least == pytest.approx(true)


def test_never_below_three_and_never_negative():
    with pytest.raises(ValueError, match="never be shown"):
        hidden_cells([1, 2], smallest=2)
    with pytest.raises(ValueError, match="cannot be negative"):
        shown_answers(-1, 2, 3)
    with pytest.raises(ValueError, match="at least one group"):
        shown_statement([])
