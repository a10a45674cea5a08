"""A question that is written once: right for everyone who asks, and nothing of one person left in it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import BigIntegerField, F
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.written import (
    AmongIds,
    Blank,
    NotFixed,
    RowsForActor,
    RowsOfWords,
    WhichExist,
    WrittenOnce,
)
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.tenancy.scope import inside


def test_each_gets_their_own_answer_with_the_same_words(clean_air):
    written = []

    def own_seat(actor, moment):
        written.append(actor)
        return Seat.objects.filter(pk=actor.seat_id, taken_at__lte=moment).values_list("name", flat=True)

    question = WrittenOnce(own_seat)
    asking = [clean_air.actor[who] for who in ("ben", "rosa", "ben")]
    with inside(clean_air.coalition.pk):
        names = [question.ask(actor)[0][0] for actor in asking]
        assert names == [Seat.objects.get(pk=actor.seat_id).name for actor in asking]
    assert len(written) == len({actor.roles for actor in asking}), "written once for each set of roles"


def test_what_changes_between_two_askings_is_asked_again(clean_air):
    question = WrittenOnce(lambda actor, moment: Seat.objects.filter(left_at=None).values_list("pk"))
    with inside(clean_air.coalition.pk):
        before = question.ask(clean_air.actor["ben"])
        Seat.objects.filter(pk=clean_air.actor["rosa"].seat_id).update(left_at=now())
        assert len(question.ask(clean_air.actor["ben"])) == len(before) - 1


def test_another_coalition_gets_words_of_its_own(clean_air):
    question = WrittenOnce(lambda actor, moment: Seat.objects.values_list("pk"))
    with inside(clean_air.coalition.pk):
        assert question.ask(clean_air.actor["ben"])
        with pytest.raises(ValueError, match="own coalition"):
            question.ask(Actor(coalition_id=clean_air.coalition.pk + 1, seat_id=1))
    elsewhere = clean_air.coalition.pk + 1
    with inside(elsewhere):
        assert question.ask(Actor(coalition_id=elsewhere, seat_id=clean_air.actor["ben"].seat_id)) == []


def test_an_empty_question_costs_nothing(clean_air):
    with inside(clean_air.coalition.pk), CaptureQueriesContext(connection) as asked:
        assert WrittenOnce(lambda actor, moment: Seat.objects.none()).ask(clean_air.actor["ben"]) == []
        assert WrittenOnce(lambda actor, moment: None).ask(clean_air.actor["ben"]) == []
    assert len(asked) == 0


@pytest.mark.parametrize(
    "ask",
    [
        lambda actor, moment: LedgerEntry.objects.filter(at__lte=now()),
        lambda actor, moment: Seat.objects.filter(pk__in=list(Seat.objects.values_list("pk", flat=True))),
        lambda actor, moment: Seat.objects.filter(taken_at__lte=now()).annotate(whose=F("person_id")),
    ],
    ids=["a moment", "an answer", "a moment beside others"],
)
def test_what_would_be_stale_is_refused(clean_air, ask):
    with inside(clean_air.coalition.pk), pytest.raises(NotFixed):
        WrittenOnce(ask).ask(clean_air.actor["ben"])


def test_which_exist_in_one_query(clean_air):
    ben = clean_air.actor["ben"]
    question = WhichExist(
        lambda actor, moment: [
            [Seat.objects.filter(pk=actor.seat_id, name="nobody"), Seat.objects.filter(pk=actor.seat_id)],
            [Seat.objects.filter(taken_at__gt=moment)],
            [Seat.objects.none()],
            [],
        ]
    )
    with inside(clean_air.coalition.pk):
        question.ask(ben)
        with CaptureQueriesContext(connection) as asked:
            assert question.ask(ben) == [True, False, False, False]
        assert len(asked) == 1
        Seat.objects.filter(pk=ben.seat_id).update(taken_at=now() + timedelta(days=1))
        assert question.ask(ben)[1] is True
        assert WhichExist(lambda actor, moment: []).ask(ben) == []


def test_rows_come_as_models_and_words_stay_in_their_coalition(clean_air):
    theirs = RowsOfWords(
        lambda: Seat.objects.select_related("organization").filter(pk=Blank("seat", BigIntegerField()))
    )
    ben, rosa = clean_air.seat["ben"], clean_air.seat["rosa"]
    with inside(clean_air.coalition.pk):
        for seat in (ben, rosa):
            with CaptureQueriesContext(connection) as asked:
                (found,) = theirs.ask(seat=seat.pk)
                assert (found, found.organization, found.taken_at) == (seat, seat.organization, seat.taken_at)
            assert len(asked) == 1
        assert theirs.ask(seat=0) == []
    with inside(clean_air.coalition.pk + 1):
        assert theirs.ask(seat=ben.pk) == [], "the words name the coalition in which they were written"


def test_rows_with_a_moment_in_their_words_are_refused(clean_air):
    with inside(clean_air.coalition.pk), pytest.raises(NotFixed):
        RowsOfWords(lambda: Seat.objects.filter(taken_at__lte=now())).ask()


def test_among_several_ids_the_words_stay_the_same_however_many(clean_air):
    named = RowsOfWords(lambda: Seat.objects.filter(AmongIds("pk", "seats")).order_by("pk"))
    with inside(clean_air.coalition.pk):
        everyone = list(Seat.objects.order_by("pk"))
        words = set()
        for some in (everyone, everyone[:1], [], everyone[2:4]):
            with CaptureQueriesContext(connection) as asked:
                assert named.ask(seats=[seat.pk for seat in some]) == some
            words.add(re.sub(r"'[\[{].*?[]}]'", "ids", asked.captured_queries[0]["sql"]))
        assert len(words) == 1
        assert named.ask(seats=[everyone[0].pk, 2**62]) == everyone[:1]
        neither = RowsOfWords(lambda: Seat.objects.filter(~AmongIds("pk", "seats")))
        assert set(neither.ask(seats=[everyone[0].pk])) == set(everyone[1:])
        with pytest.raises(ValueError, match="invalid literal"):
            named.ask(seats=["1) OR (1=1"])


def test_the_first_of_a_list_in_each_order_and_how_many_there_are(clean_air):
    seats = RowsForActor(lambda actor, moment: Seat.objects.filter(taken_at__lte=moment).exclude(pk=actor.seat_id))
    ben, rosa = clean_air.actor["ben"], clean_air.actor["rosa"]
    with inside(clean_air.coalition.pk):
        for actor in (ben, rosa, ben):
            others = Seat.objects.exclude(pk=actor.seat_id)
            assert list(seats.first(actor, 3, ["name", "pk"])) == list(others.order_by("name", "pk")[:3])
            assert list(seats.first(actor, 2, ["-name", "pk"])) == list(others.order_by("-name", "pk")[:2])
            assert seats.count(actor) == others.count()
            assert list(seats.unwritten(actor).filter(name="Mei")) == list(others.filter(name="Mei"))
        assert RowsForActor(lambda actor, moment: Seat.objects.none()).count(ben) == 0


def test_rows_that_are_read_twice_are_asked_for_once(clean_air):
    with inside(clean_air.coalition.pk), CaptureQueriesContext(connection) as asked:
        rows = RowsOfWords(lambda: Seat.objects.all()).rows()
        assert list(rows) == list(rows)
    assert len(asked) == 1
