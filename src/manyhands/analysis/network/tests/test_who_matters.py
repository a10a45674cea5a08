"""Hidden influence, nominations, both sides of a tie, holes, shared events, and reach."""

import csv

import pytest

from manyhands.analysis.network import (
    Agreement,
    Ties,
    both_sides,
    communities,
    hidden_influence,
    influence_counts,
    messengers,
    met_at,
    network_figures,
    once_removed,
    reach,
    structural_holes,
)
from manyhands.analysis.network.tests.classics import KARATE, WEALTH, classic, florence
from manyhands.analysis.tables import BadInput


def test_the_near_poorest_family_is_the_hidden_ally():
    # S2-21: both rankings side by side, and the large difference highlighted.
    ties = florence()
    names = ties.actors.tolist()
    figures = network_figures(ties)
    for in_network in (figures.network_rank, figures.betweenness.value):
        gaps = {each.actor: each for each in hidden_influence(names, in_network, [WEALTH[name] for name in names])}
        guadagni = gaps["Guadagni"]
        assert (guadagni.network_place, guadagni.formal_place, guadagni.is_hidden) == (2, 15, True)
        assert next(name for name, each in gaps.items() if each.is_hidden) == "Guadagni"
        assert (gaps["Strozzi"].formal_place, gaps["Medici"].network_place) == (1, 1)
        assert not gaps["Medici"].is_hidden


def test_an_actor_whom_nobody_rated_has_no_place_rather_than_the_last():
    ties = florence()
    names = ties.actors.tolist()
    formal = [None if name == "Guadagni" else WEALTH[name] for name in names]
    found = hidden_influence(names, network_figures(ties).network_rank, formal)
    last = found[-1]
    assert (last.actor, last.gap, last.formal_place, last.is_hidden) == ("Guadagni", None, None, False)


def test_with_four_rated_nobody_is_called_far_apart():
    found = hidden_influence("abcd", [1, 2, 3, 4], [4, 3, 2, 1])
    assert [each.gap for each in found] == [1.0, pytest.approx(1 / 3), pytest.approx(-1 / 3), -1.0]
    assert not any(each.is_hidden or each.is_overrated for each in found)
    assert [each.gap for each in hidden_influence("ab", [1, 2], [5, None])] == [None, None]
    with pytest.raises(BadInput, match="not a number"):
        hidden_influence("ab", [1, 2], [5, float("nan")])


def test_nominations_beside_how_many_could_have_named():
    found = influence_counts("aabd", "bcad", actors="abcde", answered="abde")
    assert [(row.actor, row.count, row.could, row.place) for row in found.rows] == [
        ("a", 1, 3, 1),
        ("b", 1, 3, 1),
        ("c", 1, 4, 1),
        ("d", 0, 3, 4),
        ("e", 0, 3, 4),
    ]
    assert (found.answered, found.named_themselves) == (4, 1)
    assert influence_counts([], [], actors="a").rows[0].share is None
    with pytest.raises(BadInput, match=r"^Row 3: 'x' is not in the list of actors\.$"):
        influence_counts("ab", "bx", actors="ab")
    with pytest.raises(BadInput, match=r"^Row 3: 'b' is not among those who answered\.$"):
        influence_counts("ab", "ba", answered="a")


@pytest.mark.shared_data
def test_who_was_influential_in_german_chemicals_policy(shared_data):
    # S2-25
    with (shared_data / "policy-networks/chemnet-germany-1984/infrep.csv").open() as file:
        rows = list(csv.DictReader(file))
    named = [(row["actor"], other) for row in rows for other, cell in row.items() if other != "actor" and cell == "1"]
    found = influence_counts(*zip(*named, strict=True))
    counts = {row.actor: row.count for row in found.rows}
    expected = {"BMJ": 25, "BMI": 25, "VCI": 25, "BMW": 22, "BMA": 21, "UBA": 18, "EC": 16}
    assert {name: counts[name] for name in expected} == expected
    assert [row.place for row in found.rows[:4]] == [1, 1, 1, 4]


def test_both_sides_of_a_tie():
    rows = [("a", "b", 4), ("b", "a", 3), ("a", "c", 4), ("c", "a", 2), ("a", "d", 1), ("d", "a", 0), ("b", "c", 0)]
    found = both_sides(*zip(*rows, strict=True))
    assert {(pair.one, pair.other): pair.agreement for pair in found.pairs} == {
        ("a", "b"): Agreement.CONFIRMED,
        ("a", "c"): Agreement.MISMATCH,
        ("a", "d"): Agreement.MISMATCH,
        ("b", "c"): Agreement.NONE,
    }
    assert found.answered == ("a", "b", "c", "d")


def test_missing_is_not_no():
    answers = (["a", "b", "c"], ["b", "c", "b"], [4, 3, 0])
    by_pair = {(pair.one, pair.other): pair for pair in both_sides(*answers).pairs}
    assert (by_pair["a", "b"].other_says, by_pair["a", "b"].agreement) == (None, Agreement.ONE_SIDE)
    assert by_pair["b", "c"].agreement is Agreement.MISMATCH
    # If b filled in the whole list, that it left out a is an answer.
    whole = both_sides(*answers, answered=["b"])
    assert {pair.one: pair.other_says for pair in whole.pairs}["a"] == 0
    assert whole.pairs[0].agreement is Agreement.MISMATCH


def test_a_later_answer_replaces_an_earlier_and_wide_differences_come_first():
    found = both_sides("abaac", "babca", [1, 5, 2, 1, 3])
    assert [(pair.one, pair.other) for pair in found.mismatches] == [("a", "b"), ("a", "c")]
    assert (found.pairs[0].one_says, found.pairs[0].either, found.pairs[0].both) == (2, 5, 2)


def test_networks_of_either_and_of_both():
    found = both_sides("abac", "baca", [4, 2, 3, 0], actors="abcd")
    either, both = found.ties(), found.ties(confirmed=True)
    assert (either.weight.tolist(), both.weight.tolist()) == ([4.0, 3.0], [2.0])
    assert len(either.actors) == len(both.actors) == 4


@pytest.mark.parametrize("level", [-1, 6, 2.5, float("nan")])
def test_levels_out_of_range_are_refused(level):
    with pytest.raises(BadInput, match=r"^Row 3: the level must be a whole number from 0 to 5\.$"):
        both_sides("ab", "ba", [1, level])


def test_a_tie_with_oneself_is_refused():
    with pytest.raises(BadInput, match=r"^Row 2: 'a' is tied to itself\.$"):
        both_sides("a", "a", [1])


def test_a_structural_hole_names_who_could_close_it():
    # S1-17: two full circles of five that share nobody; only the doorkeepers 4 and 5 know a common third, 10.
    one = [(a, b) for a in range(5) for b in range(a)]
    other = [(a + 5, b + 5) for a, b in one]
    pairs = [*one, *other, (4, 10), (5, 10)]
    ties = Ties.between([a for a, _ in pairs], [b for _, b in pairs])
    label = [0] * 5 + [1] * 5 + [2]
    (hole,) = structural_holes(ties, label)
    assert (hole.ties, hole.sizes, hole.closers, hole.steps) == (0, (5, 5), ("4", "5"), 2)
    assert hole.expected == pytest.approx(21 * 21 / 44)


def test_holes_between_pieces_have_no_chain():
    ties = Ties.between("abdeg", "bcefh")
    label = [0, 0, 0, 1, 1, 1, 2, 2]
    # Between the pair and either chain four fifths of a tie would be expected: too little to miss one.
    assert [(each.one, each.other, each.steps) for each in structural_holes(ties, label)] == [(0, 1, None)]
    assert structural_holes(ties, range(8)) == ()
    assert structural_holes(Ties.between([], [], actors="ab"), [0, 1]) == ()
    with pytest.raises(BadInput, match="one community"):
        structural_holes(ties, [0])


def test_communities_are_the_same_for_the_same_seed():
    ties = classic(KARATE)
    one, again = communities(ties, seed=5), communities(ties, seed=5)
    assert one.of_actor.tolist() == again.of_actor.tolist()


@pytest.mark.shared_data
def test_southern_women(shared_data):
    with (shared_data / "policy-networks/southern-women-attendance-1936/attendance.csv").open() as file:
        rows = list(csv.DictReader(file))
    ties = met_at([row["person"] for row in rows], [row["event"] for row in rows])
    met = {
        (str(ties.actors[a]), str(ties.actors[b])): int(w)
        for a, b, w in zip(ties.source, ties.target, ties.weight, strict=True)
    }
    attended = {name: {row["event"] for row in rows if row["person"] == name} for name in ties.actors.tolist()}
    assert (len(ties.actors), len(rows)) == (18, 89)
    assert met == {
        (a, b): len(attended[a] & attended[b])
        for a in attended
        for b in attended
        if a < b and attended[a] & attended[b]
    }
    # The two circles that Davis, Gardner and Gardner saw: Evelyn's and Nora's, and their inner pairs.
    assert (met["EVELYN", "THERESA"], met["EVELYN", "LAURA"], met["KATHERINE", "SYLVIA"]) == (7, 6, 6)
    assert len(ties) == 139
    events = met_at([row["event"] for row in rows], [row["person"] for row in rows])
    assert (len(events.actors), len(events)) == (14, 66)


def test_an_event_that_everyone_attends_is_refused_by_name():
    people = list(range(8_000))
    with pytest.raises(BadInput, match="The largest event, 'fair', has 8,000 people"):
        met_at(people, ["fair"] * len(people))


def test_who_attended_alone_is_kept():
    ties = met_at(["a", "b", "c", "a"], ["x", "x", "y", "x"])
    assert (ties.actors.tolist(), ties.weight.tolist()) == (["a", "b", "c"], [1.0])


#: How many each family reaches in two steps, itself not counted.
WITHIN_TWO = {
    "Acciaiuoli": 6, "Medici": 11, "Castellani": 6, "Peruzzi": 6, "Strozzi": 8, "Barbadori": 9, "Ridolfi": 11,
    "Tornabuoni": 10, "Albizzi": 10, "Salviati": 7, "Pazzi": 2, "Bischeri": 8, "Guadagni": 9, "Ginori": 3,
    "Lamberteschi": 4,
}  # fmt: skip


def test_how_far_a_word_travels_in_florence():
    ties = florence()
    assert dict(zip(ties.actors.tolist(), reach(ties).tolist(), strict=True)) == WITHIN_TWO
    assert messengers(ties, share=0.8).chosen == ("Medici",)
    every = messengers(ties, share=1.0)
    assert every.reached[-1] == 15
    assert messengers(ties, share=1.0, most=1).chosen == ("Medici",)


def test_those_one_tie_away():
    # S2-15: whom we do not know, but a contact does, and which contact.
    found = {each.actor: each.through for each in once_removed(florence(), "Pazzi")}
    assert found == {"Medici": ("Salviati",)}
    assert once_removed(Ties.between("a", "b", actors="abc"), "c") == ()
