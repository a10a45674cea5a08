"""Issues and positions: what is written, what replaces what, what grows old, and what is refused."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.actions import Refused
from manyhands.practice.stakeholders.models import Position
from manyhands.practice.stakeholders.positions import actions, queries, rules, spectrum, tasks

from .conftest import some_years_ago


class Silent:
    """Nobody watches."""

    def update(self, **said: object) -> None: ...


def test_a_new_position_replaces_the_earlier_one_and_both_are_kept(inside, streets, write):
    # A wedge has a history for each issue, with source and date.
    first = write("Council", streets, "undecided", 0, days=140)
    second = write("Council", streets, "leaning our way", 2, days=10)
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert queries.current().get() == second
    assert [each.wedge for each in Position.objects.order_by("on")] == ["undecided", "leaning our way"]


def test_one_that_is_dated_before_goes_into_the_history_and_replaces_nothing(inside, streets, write):
    newer = write("Council", streets, "leaning our way", 2, days=10)
    older = write("Council", streets, "against", -2, days=200)
    assert older.replaced_at is not None
    assert queries.current().get() == newer


def test_taking_back_lets_the_one_before_stand_again(inside, streets, write):
    first = write("Council", streets, "undecided", 0, days=140)
    mistake = write("Council", streets, "against", -4)
    taken = actions.take_back_position(actor=inside.actor["rosa"], position=mistake)
    again = actions.take_back_position(actor=inside.actor["rosa"], position=mistake)
    assert taken.taken_back_at is not None
    assert again.taken_back_at == taken.taken_back_at
    assert queries.current().get() == first
    assert queries.histories([streets])[streets.pk][first.stakeholder_id] == [Position.objects.get(pk=first.pk)]


def test_taking_back_something_older_leaves_what_stands(inside, streets, write):
    first = write("Council", streets, "undecided", 0, days=140)
    second = write("Council", streets, "leaning our way", 2)
    actions.take_back_position(actor=inside.actor["ben"], position=first)
    assert queries.current().get() == second


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"strength": 3, "wedge": "against"}, "against goes with -4 to -1"),
        ({"strength": 0, "wedge": "active ally"}, "active ally goes with 1 to 4"),
        ({"strength": 5, "wedge": "active ally"}, "active ally goes with 1 to 4"),
        ({"wedge": "friendly"}, "one of the five wedges"),
        ({"source": "   "}, "Say how we know"),
        ({"on": localdate() + timedelta(days=1)}, "still to come"),
        ({"on": some_years_ago(2, 1), "wedge": "against", "strength": -2}, "older than two years"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(inside, known, streets, change, sentence):
    given = {"wedge": "leaning our way", "strength": 2, "source": "Minutes", "on": localdate()} | change
    with pytest.raises(Refused, match=sentence):
        actions.write_position(actor=inside.actor["ben"], stakeholder=known("Council"), issue=streets, **given)
    assert not Position.objects.exists()


def test_nothing_is_written_about_a_closed_issue_or_somebody_off_the_list(inside, known, streets, write):
    council = known("Council")
    actions.close_issue(actor=inside.actor["mei"], issue=streets)
    with pytest.raises(Refused, match="closed"):
        write("Council", streets, "undecided", 0)
    actions.reopen_issue(actor=inside.actor["mei"], issue=streets)
    allies.remove_ally(actor=inside.actor["amina"], stakeholder=council)
    with pytest.raises(Refused, match="off the list"):
        actions.write_position(
            actor=inside.actor["ben"],
            stakeholder=council,
            issue=streets,
            wedge="undecided",
            strength=0,
            source="Minutes",
            on=localdate(),
        )


def test_the_database_itself_keeps_one_current_position_and_its_source(inside, known, streets, write):
    council = known("Council")
    write("Council", streets, "undecided", 0)
    for wrong in ({"source": "Minutes"}, {"source": "", "replaced_at": now()}, {"strength": 5, "replaced_at": now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Position(
                **{
                    "stakeholder": council,
                    "issue": streets,
                    "wedge": "undecided",
                    "source": "x",
                    "on": localdate(),
                    **wrong,
                }
            ).save()


@pytest.mark.parametrize("kind", ["organization", "person"])
def test_the_database_and_python_say_the_same_of_how_old_a_position_is(inside, streets, write, known, kind):
    known("Ines", kind=kind)
    written = Position.objects.filter(pk=write("Ines", streets, "against", -2).pk)
    terms = {"organization": (12, 24), "person": (6, 12)}
    half, whole = (rules.months_before(localdate(), months) for months in terms[kind])
    a_day = timedelta(days=1)
    for on, expected in [
        (half, rules.Age.COUNTS),
        (half - a_day, rules.Age.OLD),
        (whole, rules.Age.OLD),
        (whole - a_day, rules.Age.EXPIRED),
    ]:
        written.update(on=on)
        is_old, counts = written.filter(queries.aged(rules.Age.OLD, localdate())), queries.current()
        asked = {(False, True): rules.Age.COUNTS, (True, True): rules.Age.OLD, (True, False): rules.Age.EXPIRED}
        assert asked[is_old.exists(), counts.exists()] is expected
        assert rules.age("against", on, localdate(), kind=kind) is expected
        assert queries.issues().get().known == (expected is not rules.Age.EXPIRED)
        drawn = spectrum.draw(streets, queries.histories([streets])[streets.pk], localdate())
        assert [each.is_old for each in drawn.standings] == {
            rules.Age.COUNTS: [False], rules.Age.OLD: [True], rules.Age.EXPIRED: []
        }[expected]  # fmt: skip


def test_of_a_person_nothing_older_than_a_year_is_written_against_them(inside, streets, known):
    given = {"wedge": "against", "strength": -2, "source": "Minutes", "on": some_years_ago(1, 1)}
    write = partial(actions.write_position, actor=inside.actor["ben"], issue=streets, **given)
    with pytest.raises(Refused, match="older than twelve months no longer count where they are of people"):
        write(stakeholder=known("Ines", kind="person"))
    assert write(stakeholder=known("Car Club")).wedge == "against"


def test_a_position_against_us_is_old_after_a_year_and_gone_after_two(inside, streets, write, known):
    # Public positions of opponents come with source and date, and expire.
    old = write("Car Club", streets, "against", -3)
    friend = write("School", streets, "active ally", 4)
    Position.objects.filter(pk=old.pk).update(on=some_years_ago(1, 1))
    Position.objects.filter(pk=friend.pk).update(on=some_years_ago(9))
    drawn = spectrum.draw(streets, queries.histories([streets])[streets.pk], localdate())
    assert {each.name: each.is_old for each in drawn.standings} == {"Car Club": True, "School": False}
    assert queries.current().count() == 2
    Position.objects.filter(pk=old.pk).update(on=some_years_ago(2, 1))
    drawn = spectrum.draw(streets, queries.histories([streets])[streets.pk], localdate())
    assert [each.name for each in drawn.standings] == ["School"]
    assert drawn.expired == 1
    assert queries.current().get() == friend
    assert not queries.matrix([streets]).filter(name="Car Club").exists()


def test_what_was_held_against_a_person_is_erased_after_twelve_months(inside, streets, write, known):
    known("Ines", kind="person")
    known("Omar", kind="person")
    person, body = write("Ines", streets, "against", -2), write("Car Club", streets, "against", -2)
    kind, younger = write("Ines", streets, "leaning our way", 1), write("Omar", streets, "leaning away", -1)
    Position.objects.filter(pk__in=[person.pk, body.pk]).update(on=some_years_ago(1, 1))
    Position.objects.filter(pk=kind.pk).update(on=some_years_ago(9))
    Position.objects.filter(pk=younger.pk).update(on=some_years_ago(1))
    tasks.let_positions_expire(Silent())
    assert set(Position.objects.values_list("pk", flat=True)) == {body.pk, kind.pk, younger.pk}
    Position.objects.filter(pk=body.pk).update(on=some_years_ago(9))
    tasks.let_positions_expire(Silent())
    assert Position.objects.filter(pk=body.pk).exists(), "of an organization it stays in the history"


def test_who_moved_is_counted_by_wedges_and_direction(inside, streets, write):
    for name, before, after in [
        ("Council", "undecided", "leaning our way"),
        ("Police", "leaning away", "undecided"),
        ("Chamber", "leaning our way", "leaning away"),
        ("School", "active ally", "active ally"),
    ]:
        sign = {"undecided": 0, "leaning away": -1, "leaning our way": 1, "active ally": 3}
        write(name, streets, before, sign[before], days=200)
        write(name, streets, after, sign[after], days=5)
    write("Bakers", streets, "against", -1, days=3)
    drawn = spectrum.draw(streets, queries.histories([streets])[streets.pk], localdate())
    assert drawn.moved == "2 moved one wedge our way, 1 moved 2 wedges away"
    assert [part.count for part in drawn.parts] == [1, 1, 1, 1, 1]
    assert drawn.title == "2 of 5 stand with us, 2 against; 2 moved one wedge our way, 1 moved 2 wedges away"
    assert [each.is_new for each in drawn.standings if each.name == "Bakers"] == [True]
    assert spectrum.draw(streets, {}, localdate()).title == "Nobody’s position is known yet"


def test_a_crowded_wedge_says_how_many_more(inside, streets, write):
    for at in range(9):
        write(f"School {at}", streets, "active ally", 2)
    wedge = spectrum.draw(streets, queries.histories([streets])[streets.pk], localdate()).parts[0]
    assert wedge.count == 9
    assert len(wedge.lines) == spectrum.MOST_NAMES
    assert wedge.lines[-1].text == "and 4 more"


def test_issues_are_named_once_changed_and_closed(inside, streets):
    with pytest.raises(Refused, match="already"):
        actions.name_issue(actor=inside.actor["mei"], title="streets  closed at drop-off")
    with pytest.raises(Refused, match="in a few words"):
        actions.change_issue(actor=inside.actor["mei"], issue=streets, title="  ")
    changed = actions.change_issue(actor=inside.actor["mei"], issue=streets, title="Closed streets", about="Twelve.")
    closed = actions.close_issue(actor=inside.actor["mei"], issue=changed)
    assert actions.close_issue(actor=inside.actor["mei"], issue=closed).closed_at == closed.closed_at
    actions.name_issue(actor=inside.actor["mei"], title="Closed streets")
    with pytest.raises(Refused, match="already"):
        actions.reopen_issue(actor=inside.actor["mei"], issue=closed)
    told = [entry.kind.rpartition(".")[2] for entry in LedgerEntry.objects.order_by("pk")]
    assert told == ["IssueNamed", "IssueChanged", "IssueClosed", "IssueNamed"]
    with pytest.raises(PermissionDenied):
        actions.name_issue(actor=inside.actor["ben"], title="Mine")


def test_the_book_never_says_where_somebody_stands(inside, streets, write):
    write("Council", streets, "against", -3)
    facts = [entry.facts for entry in LedgerEntry.objects.filter(about__startswith="stakeholders.Position")]
    assert facts == [{"stakeholder_id": Position.objects.get().stakeholder_id, "issue_id": streets.pk}]
