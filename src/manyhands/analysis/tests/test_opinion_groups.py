"""Finding groups: exact components without a dense table, known camps, the same again, odd input."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from manyhands.analysis.common_ground import common_ground, find_opinion_groups, opinion_groups, opinion_space
from manyhands.analysis.responses import BadInput, Responses
from manyhands.analysis.tests.naive import naive_silhouette

nan = float("nan")


def camps(people=(40, 25, 15), statements=30, seen=0.7, seed=1):
    """People of known camps who answer as their camp does nine times in ten; returns answers, camps."""
    random = np.random.default_rng(seed)
    creed = random.choice([1, -1], size=(len(people), statements))
    camp = np.repeat(np.arange(len(people)), people)
    noise = random.random((len(camp), statements))
    votes = np.where(noise < 0.9, creed[camp], random.choice([1, 0, -1], size=noise.shape)).astype(float)
    votes[random.random(votes.shape) > seen] = nan
    return votes, camp


def exact(votes):
    """Components of the table filled with means, by way of a dense decomposition; and the positions."""
    mean = np.nan_to_num(np.nansum(votes, axis=0) / np.maximum((~np.isnan(votes)).sum(axis=0), 1))
    filled = np.where(np.isnan(votes), mean, votes) - mean
    _, size, ways = np.linalg.svd(filled, full_matrices=False)
    stretch = np.sqrt(votes.shape[1] / np.maximum((~np.isnan(votes)).sum(axis=1), 1))
    return ways[:2], (filled @ ways[:2].T) * stretch[:, None], (size**2 / (size**2).sum())[:2]


@pytest.mark.parametrize("statements", [30, 150])  # worked out whole, and by iteration
def test_components_are_the_exact_ones(statements):
    votes, _ = camps(statements=statements)
    found = opinion_space(Responses.from_dense(votes))
    components, positions, explained = exact(votes)
    for at in (0, 1):
        assert abs(components[at] @ found.components[at]) == pytest.approx(1, abs=1e-7)
        assert abs(np.corrcoef(positions[:, at], found.positions[:, at])[0, 1]) == pytest.approx(1, abs=1e-7)
    assert found.explained == pytest.approx(explained, rel=1e-6)


def test_a_picture_is_not_mirrored_when_the_votes_are_reordered():
    votes, _ = camps(statements=120)
    found = opinion_space(Responses.from_dense(votes))
    turned = opinion_space(Responses.from_dense(votes[::-1]))
    assert turned.positions[::-1] == pytest.approx(found.positions, abs=1e-6)
    pull = found.components[[0, 1], np.abs(found.components).argmax(axis=1)]
    assert (pull > 0).all()


def test_known_camps_are_found_again():
    votes, camp = camps()
    found = find_opinion_groups(Responses.from_dense(votes))
    assert found.names == ("A", "B", "C")
    # the largest comes first, and each camp is one group
    assert np.bincount(found.of_person).tolist() == [40, 25, 15]
    assert len(set(zip(camp.tolist(), found.of_person.tolist(), strict=True))) == 3
    assert found.separation > 0.5


def test_the_same_seed_gives_the_same_answer():
    votes, _ = camps(people=(60, 50), seen=0.4, statements=110)
    asked = Responses.from_dense(votes)
    first, second = (find_opinion_groups(asked, seed=11) for _ in range(2))
    assert (first.of_person == second.of_person).all()
    assert (first.space.positions == second.space.positions).all()
    assert first.silhouettes == second.silhouettes


def test_finding_groups_does_not_touch_the_random_state_of_others():
    np.random.seed(3)
    before = np.random.get_state()[1].copy()
    find_opinion_groups(Responses.from_dense(camps()[0]))
    assert (np.random.get_state()[1] == before).all()


def test_large_conversations_are_searched_by_a_sample(monkeypatch):
    votes, camp = camps(people=(300, 200), statements=60)
    monkeypatch.setattr(opinion_groups, "_PEOPLE_TO_SEARCH", 100)
    monkeypatch.setattr(opinion_groups, "_PEOPLE_TO_COMPARE", 40)
    found = find_opinion_groups(Responses.from_dense(votes))
    placed = found.of_person >= 0
    assert (found.of_person[placed] == camp[placed]).all()


def test_silhouette_is_the_one_of_the_definition():
    points = np.random.default_rng(2).random((30, 2))
    labels = np.array([0] * 12 + [1] * 17 + [2])
    ours = opinion_groups._silhouette(cdist(points, points), labels, 3)
    assert ours == pytest.approx(naive_silhouette(points.tolist(), labels.tolist()))


def test_a_group_too_small_to_tell_apart_joins_the_nearest():
    far, near = [[1.0] * 10] * 20, [[-1.0] * 10] * 20
    odd = [[-1.0] * 7 + [1.0] * 3] * 3
    found = find_opinion_groups(Responses.from_dense(far + near + odd))
    assert np.bincount(found.of_person).min() >= 5
    assert set(found.of_person[40:].tolist()) == set(found.of_person[20:40].tolist())


def test_who_answered_too_little_is_put_in_no_group():
    votes, _ = camps()
    votes[0, :] = nan
    votes[1, 6:] = nan
    found = find_opinion_groups(Responses.from_dense(votes))
    assert found.of_person[[0, 1]].tolist() == [-1, -1]
    assert (found.of_person[2:] >= 0).all()


@pytest.mark.parametrize(
    "votes",
    [
        [[1.0]],
        [[1.0, -1.0]] * 9,  # too few people
        [[1.0, -1.0, 0.0]] * 40,  # all of one mind
        [[nan, 1.0]] * 30,
        [[0.0] * 8] * 30,  # all pass on all
        [[1.0]] * 20 + [[-1.0]] * 20,  # one statement
    ],
    ids=["one person", "nine people", "one mind", "one column empty", "all pass", "one statement"],
)
def test_odd_conversations_give_groups_or_one_group_and_never_fail(votes):
    found = common_ground(Responses.from_dense(votes))
    assert 1 <= len(found.groups) <= 2
    assert np.isfinite(found.consensus).all()
    assert found.sizes.sum() == len(votes)


def test_no_answer_at_all_is_said():
    with pytest.raises(BadInput, match="No one has answered"):
        find_opinion_groups(Responses.from_dense([[nan]]))


@pytest.mark.parametrize("seed", range(4))
def test_answers_at_random_do_not_pass_for_camps(seed):
    noise = np.random.default_rng(seed).choice([1.0, 0.0, -1.0, nan], size=(400, 40))
    assert find_opinion_groups(Responses.from_dense(noise)).separation < 0.4
