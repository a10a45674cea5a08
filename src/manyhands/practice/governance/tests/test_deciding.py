"""The counting itself: exact, monotone, and honest about too few."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manyhands.practice.governance.rules import Base, Choice, Method, NotAShare, Outcome, Terms, decide, read_share

shares = st.builds(lambda top, bottom: Fraction(min(top, bottom), bottom), st.integers(0, 12), st.integers(1, 12))
terms = st.builds(
    Terms,
    method=st.sampled_from(Method),
    quorum=shares,
    threshold=shares,
    base=st.sampled_from(Base),
    must_exceed=st.booleans(),
    blocks_stop=st.booleans(),
)
#: A busy machine is no reason to fail.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

votes = st.fixed_dictionaries({choice: st.integers(0, 6) for choice in Choice})


@unhurried
@given(votes, st.integers(1, 5), terms)
def test_one_more_vote_in_favor_never_undoes_an_adoption(cast, silent, asked):
    eligible = sum(cast.values()) + silent
    before = decide(cast, eligible=eligible, terms=asked).outcome
    after = decide(cast | {Choice.FOR: cast[Choice.FOR] + 1}, eligible=eligible, terms=asked).outcome
    assert after.is_adopted or not before.is_adopted


@unhurried
@given(votes, terms, st.sampled_from([Choice.AGAINST, Choice.BLOCK, Choice.ASIDE]))
def test_a_member_who_is_won_over_never_undoes_an_adoption(cast, asked, was):
    cast = cast | {was: cast[was] + 1}
    eligible = sum(cast.values()) + 2
    before = decide(cast, eligible=eligible, terms=asked).outcome
    won = cast | {was: cast[was] - 1, Choice.FOR: cast[Choice.FOR] + 1}
    assert decide(won, eligible=eligible, terms=asked).outcome.is_adopted or not before.is_adopted


@unhurried
@given(votes, st.integers(0, 5), terms)
def test_speaking_up_never_loses_the_quorum(cast, silent, asked):
    eligible = sum(cast.values()) + silent + 1
    before = decide(cast, eligible=eligible, terms=asked)
    for choice in Choice:
        more = decide(cast | {choice: cast[choice] + 1}, eligible=eligible, terms=asked)
        assert more.is_quorate or not before.is_quorate


@unhurried
@given(votes, st.integers(0, 5), terms)
def test_adopted_means_quorum_and_share_in_exact_arithmetic(cast, silent, asked):
    eligible = sum(cast.values()) + silent
    found = decide(cast, eligible=eligible, terms=asked)
    if not found.outcome.is_adopted:
        return
    assert found.cast >= asked.quorum * eligible
    assert found.in_favor > 0
    if asked.method is Method.SHARE:
        share = Fraction(found.in_favor, found.of)
        assert share > asked.threshold if asked.must_exceed else share >= asked.threshold
    dissent = cast[Choice.AGAINST] + cast[Choice.BLOCK]
    assert (found.outcome is Outcome.WITH_DISSENT) == (dissent > 0)


@unhurried
@given(votes, st.integers(0, 5), terms)
def test_a_block_stops_whatever_the_charter_lets_it_stop(cast, silent, asked):
    cast = cast | {Choice.BLOCK: cast[Choice.BLOCK] + 1}
    found = decide(cast, eligible=sum(cast.values()) + silent, terms=asked)
    if asked.blocks_stop or asked.method is Method.CONSENT:
        assert not found.outcome.is_adopted


def test_nobody_eligible_decides_nothing():
    assert decide({}, eligible=0, terms=Terms(quorum=Fraction(0))).outcome is Outcome.NO_QUORUM


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="More votes"):
        decide({"for": 3}, eligible=2, terms=Terms())
    with pytest.raises(ValueError, match="negative"):
        decide({"for": -1}, eligible=2, terms=Terms())
    with pytest.raises(ValueError, match="there is not"):
        decide({"maybe": 1}, eligible=2, terms=Terms())
    with pytest.raises(NotAShare):
        Terms(quorum=Fraction(3, 2))


@pytest.mark.parametrize("written", ["", "%", "two", "3/2", "101 %", "1/0", "-1", "1e9", "nan", "9" * 400, "0x1", "½½"])
def test_a_share_that_is_none_is_refused(written):
    with pytest.raises(NotAShare):
        read_share(written)
