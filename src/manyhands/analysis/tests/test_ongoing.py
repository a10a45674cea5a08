"""Answers taken in batch by batch give what the whole log gives at once, wherever it is cut."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.analysis.common_ground import OngoingGround, common_ground, find_opinion_groups, opinion_space
from manyhands.analysis.responses import AnswerLog, BadInput, Responses
from manyhands.analysis.tests.test_opinion_groups import camps

WITHDRAWN = None
#: One event: who, on what, which answer (None takes it back), when.
EVENT = st.tuples(
    st.sampled_from(["1", "2", "9", "10", "11", "ann", "b", "Zoë"]),
    st.sampled_from(["1", "2", "3", "10", "s"]),
    st.sampled_from([1, 0, -1, WITHDRAWN]),
    st.integers(0, 6),
)


def stands_at_last(events, *, timed):
    """By a loop over the log: the latest event of each person on each statement."""
    found = {}
    for person, statement, answer, when in events:
        key = person, statement
        if key not in found or not timed or when >= found[key][1]:
            found[key] = answer, when
    return {key: answer for key, (answer, _) in found.items()}


def at_once(events, *, timed):
    """The whole log folded by the loop, as answers; those named keep their place even without any."""
    stands = {key: answer for key, answer in stands_at_last(events, timed=timed).items() if answer is not None}
    return Responses.from_answers(
        [person for person, _ in stands],
        [statement for _, statement in stands],
        list(stands.values()),
        all_people={person for person, *_ in events},
        all_statements={statement for _, statement, *_ in events},
    )


def batches(events, cuts):
    edges = [0, *sorted(min(cut, len(events)) for cut in cuts), len(events)]
    return [events[start:stop] for start, stop in pairwise(edges)]


def columns(events, *, timed):
    people, statements, answers, when = zip(*events, strict=True) if events else ((), (), (), ())
    return (people, statements, answers), ({"when": when} if timed else {})


def log_of(parts, *, timed):
    log = AnswerLog.begin()
    for part in parts:
        given_, options = columns(part, timed=timed)
        log = log.add(*given_, **options)
    return log


def assert_same_answers(found, expected):
    assert found.people.tolist() == expected.people.tolist()
    assert found.statements.tolist() == expected.statements.tolist()
    assert found.votes.indptr.tolist() == expected.votes.indptr.tolist()
    assert found.votes.indices.tolist() == expected.votes.indices.tolist()
    assert found.votes.data.tolist() == expected.votes.data.tolist()


@settings(max_examples=200, deadline=None)
@given(st.lists(EVENT, max_size=60), st.lists(st.integers(0, 60), max_size=6), st.booleans())
def test_any_split_of_a_log_gives_the_same_answers(events, cuts, timed):
    log = log_of(batches(events, cuts), timed=timed)
    assert_same_answers(log.responses, at_once(events, timed=timed))


def conversation(seed, *, statements=30, people=(40, 25, 15), events=400):
    """A log of camps: first answers, then changed and withdrawn ones, all shuffled in time."""
    random = np.random.default_rng(seed)
    votes, _ = camps(people=people, statements=statements, seed=seed)
    rows, at = np.nonzero(~np.isnan(votes))
    first = [(f"p{row}", str(column), int(votes[row, column])) for row, column in zip(rows, at, strict=True)]
    random.shuffle(first)
    later = []
    for which in random.integers(len(first), size=events):
        person, statement, _ = first[which]
        later.append((person, statement, [1, 0, -1, None][random.integers(4)]))
    log = [(*event, when) for when, event in enumerate(first + later)]
    # Some arrive late: they carry an older time than what was taken in before.
    for _ in range(30):
        one, other = random.integers(len(log), size=2)
        log[one], log[other] = log[other], log[one]
    return log, random


def assert_same_ground(found, expected, *, exactly):
    assert found.groups == expected.groups
    assert found.statements.tolist() == expected.statements.tolist()
    assert (found.sizes.tolist(), found.in_no_group) == (expected.sizes.tolist(), expected.in_no_group)
    for mine, theirs in ((found.by_group, expected.by_group), (found.total, expected.total)):
        for name in ("agree", "disagree", "passed"):
            assert (getattr(mine, name) == getattr(theirs, name)).all(), name
    assert (found.consensus == expected.consensus).all()
    assert found.rows() == expected.rows()
    assert found.representative == expected.representative
    if found.found is not None:
        assert (found.found.of_person == expected.found.of_person).all()
        same = (found.found.space.components, expected.found.space.components)
        assert (same[0] == same[1]).all() if exactly else same[0] == pytest.approx(same[1], abs=1e-6)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("statements", "exactly"), [(30, True), (120, False)])
def test_any_split_gives_the_same_common_ground(seed, statements, exactly):
    log, random = conversation(seed, statements=statements)
    out = ["3", "7"]  # answers to them keep coming, among them changed ones
    parts = batches(log, [len(log) // 2, *random.integers(len(log) // 2, len(log), size=4).tolist()])
    first, options = columns(parts[0], timed=True)
    going = OngoingGround.begin(AnswerLog.begin().add(*first, **options), left_out=out)
    for part in parts[1:]:
        given_, options = columns(part, timed=True)
        going = going.add(*given_, **options)
    whole = at_once(log, timed=True)
    assert_same_ground(going.ground, common_ground(whole.without_statements(out)), exactly=exactly)
    # Let in again, what was answered meanwhile counts.
    assert_same_ground(going.leave_out([]).ground, common_ground(whole), exactly=exactly)


@pytest.mark.parametrize("seed", range(4))
def test_the_same_with_declared_groups_and_people_who_join_later(seed):
    log, _ = conversation(seed)
    group = {f"p{at}": ("north", "south", "")[at % 3] for at in range(80)}
    there = {person for person, *_ in log[:900]}
    first, options = columns(log[:900], timed=True)
    begun = AnswerLog.begin().add(*first, **options)
    going = OngoingGround.begin(begun, groups={person: group[person] for person in there}, smallest_group=5)
    rest, options = columns(log[900:], timed=True)
    going = going.add(*rest, **options, groups={person: name for person, name in group.items() if person not in there})
    whole = at_once(log, timed=True).with_groups(group)
    assert_same_ground(going.ground, common_ground(whole, smallest_group=5), exactly=True)


@pytest.mark.parametrize("seed", range(4))
def test_groups_begun_at_those_before_are_counted_exactly(seed):
    log, _ = conversation(seed, statements=120)
    first, options = columns(log[:-300], timed=True)
    begun = OngoingGround.begin(AnswerLog.begin().add(*first, **options))
    rest, options = columns(log[-300:], timed=True)
    kept = begun.add(*rest, **options, search=False)
    declared = {
        person: kept.ground.groups[at]
        for person, at in zip(kept.log.people.tolist(), kept.of_person.tolist(), strict=True)
        if at >= 0
    }
    again = common_ground(at_once(log, timed=True).with_groups(declared))
    for name in ("agree", "disagree", "passed"):
        assert (getattr(kept.ground.by_group, name) == getattr(again.by_group, name)).all()
    assert (kept.ground.consensus == again.consensus).all()
    # Camps as clear as these are what a search finds too.
    assert (kept.of_person == find_opinion_groups(at_once(log, timed=True)).of_person).all()
    assert kept.ground.found.separation == pytest.approx(begun.ground.found.separation, abs=0.1)


def test_a_direction_that_was_small_is_found_when_it_grows():
    # Three quarrels that have nothing to do with each other, so none lies anywhere near another.
    first, second, third = (np.tile(np.repeat([1, -1], 2**at), 304 // 2 ** (at + 1)) for at in range(3))
    votes = np.zeros((304, 120))
    votes[:, :40], votes[:, 40:60], votes[:, 60:62] = first[:, None], second[:, None], third[:, None]
    begun = OngoingGround.begin(AnswerLog.of(Responses.from_dense(votes)))
    rows, at = (each.ravel() for each in np.meshgrid(np.arange(304), np.arange(62, 120), indexing="ij"))
    grown = begun.add(rows, at, third[rows])  # the third is now the first of all
    votes[:, 62:] = third[:, None]
    expected = opinion_space(Responses.from_dense(votes))
    assert grown.ground.found.space.components == pytest.approx(expected.components, abs=1e-6)
    assert grown.ground.found.space.explained == pytest.approx(expected.explained, abs=1e-9)


def test_a_withdrawn_answer_does_not_come_back_by_an_older_one():
    log = AnswerLog.begin().add(["a"], ["1"], [1], when=[10]).add(["a"], ["1"], [None], when=[30])
    assert log.add(["a"], ["1"], [-1], when=[20]).responses.votes.nnz == 0
    assert log.add(["a"], ["1"], [-1], when=[30]).responses.votes.data.tolist() == [-1]


def test_a_long_new_id_is_not_cut_to_the_length_of_those_known():
    log = AnswerLog.begin().add(["a"], ["1"], [1]).add(["a person of many letters"], ["1"], [1])
    assert log.people.tolist() == ["a", "a person of many letters"]


@pytest.mark.parametrize(
    ("given_", "options", "sentence"),
    [
        ((["a"], ["1", "2"], [1]), {}, "There must be one person"),
        ((["a"], ["1"], [2]), {}, "Row 2: a vote must be -1, 0 or 1, or None to take it back, not 2."),
        ((["a"], ["1"], ["yes"]), {}, "An answer must be 1, 0, -1 or None."),
        ((["a", " "], ["1", "1"], [1, 1]), {}, "Row 3: the person id is blank."),
        ((["a"], [None], [1]), {}, "Row 2: the statement id is blank."),
        ((["a"], ["1"], [[1]]), {}, "There must be one person"),
        ((["a"], ["1"], [1]), {"when": [1]}, "A log has times in every batch or in none."),
    ],
)
def test_bad_batches_get_one_sentence_and_change_nothing(given_, options, sentence):
    log = AnswerLog.begin().add(["a"], ["1"], [1])
    with pytest.raises(BadInput, match=sentence.replace("(", r"\(")):
        log.add(*given_, **options)
    assert log.responses.votes.data.tolist() == [1]


@pytest.mark.parametrize(
    ("when", "sentence"), [([float("nan")], "Row 2: a time"), (["x"], "A time must"), ([1, 2], "one time")]
)
def test_bad_times_get_one_sentence(when, sentence):
    with pytest.raises(BadInput, match=sentence):
        AnswerLog.begin().add(["a"], ["1"], [1], when=when)


def test_without_an_answer_that_stands_there_is_nothing_to_work_out():
    with pytest.raises(BadInput, match="No one has answered"):
        OngoingGround.begin(AnswerLog.begin())
    going = OngoingGround.begin(AnswerLog.begin().add(["a"], ["1"], [1]))
    with pytest.raises(BadInput, match="No one has answered"):
        going.add(["a"], ["1"], [None])
    with pytest.raises(BadInput, match="none can be declared"):
        going.add(["a"], ["1"], [1], groups={"a": "north"})
    assert going.add([], [], []).ground.rows() == going.ground.rows()
