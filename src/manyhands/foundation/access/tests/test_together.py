"""Questions asked in one statement have the same answers as each alone."""

from django.db import connection
from django.db.models import Count, F, Prefetch, Q, Value
from django.test.utils import CaptureQueriesContext

from manyhands.foundation.access.together import ask_together, hang_on
from manyhands.foundation.coalitions.models import Coalition, Membership, Organization, Seat
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.tenancy.scope import inside


def _questions():
    seats = Seat.objects.select_related("organization", "person")
    names = Seat.objects.order_by().values_list("pk", "name")
    return [
        seats.order_by("-taken_at", "-pk"),
        seats.order_by("name")[1:3],
        Organization.objects.annotate(n=Count("seats", filter=Q(seats__left_at=None))).order_by("-name"),
        Membership.objects.order_by("organization__name").values("since", who=F("organization__name")),
        Seat.objects.order_by("-pk").values_list("pk", flat=True),
        LedgerEntry.objects.order_by("-pk")[:5],
        Seat.objects.none(),
        Seat.objects.filter(name="nobody"),
        Seat.objects.order_by().values("standing").annotate(n=Count("pk")).order_by("-n", "standing"),
        Organization.objects.order_by().values_list("pk", "name").union(names, all=True),
        Coalition.objects.annotate(nothing=Value("")).only("name"),
    ]


def _told(rows):
    """Everything a row holds, and what stands beside it."""
    keep = {"_state", "_prefetched_objects_cache"}
    return [
        row
        if isinstance(row, dict | tuple | int)
        else (
            {name: value for name, value in vars(row).items() if name not in keep},
            {name: vars(other) | {"_state": 0} for name, other in row._state.fields_cache.items() if other},
        )
        for row in rows
    ]


def test_the_same_answers_in_one_statement(clean_air):
    with inside(clean_air.coalition.pk):
        asked = _questions()
        with CaptureQueriesContext(connection) as statements:
            ask_together(*asked)
            together = [_told(rows) for rows in asked]
        assert len(statements) == 1
        alone = [_told(rows) for rows in _questions()]
        for which, (one, other) in enumerate(zip(together, alone, strict=True)):
            if which == 9:  # a union has no order of its own
                one, other = sorted(one), sorted(other)
            assert one == other, which
        assert sum(map(bool, alone)) == len(alone) - 3, "no line in the book, and two that have nothing"


def test_what_was_asked_already_is_left_as_it_is(clean_air):
    with inside(clean_air.coalition.pk):
        asked, left = Seat.objects.order_by("pk"), Seat.objects.none()
        before = list(asked)
        with CaptureQueriesContext(connection) as statements:
            ask_together(asked, left)
            ask_together()
            assert list(asked) == before
            assert list(left) == []
        assert len(statements) == 0
        assert asked.filter(pk=before[0].pk).get() == before[0], "a question that follows is a question of its own"


def test_rows_that_follow_are_asked_for_when_read(clean_air):
    with inside(clean_air.coalition.pk):
        theirs = Prefetch("seats", queryset=Seat.objects.order_by("name"), to_attr="ours")
        organizations, seats = Organization.objects.prefetch_related(theirs), Seat.objects.order_by("name")
        ask_together(organizations, seats)
        with CaptureQueriesContext(connection) as statements:
            assert [seat for each in organizations for seat in each.ours if seat not in list(seats)] == []
        assert len(statements) == 1


def test_rows_that_were_asked_together_hang_where_they_belong(clean_air):
    with inside(clean_air.coalition.pk):
        organizations, seats = Organization.objects.order_by("name"), Seat.objects.order_by("-name")
        ask_together(organizations, seats)
        theirs = Prefetch("seats", queryset=Seat.objects.order_by("-name"))
        expected = list(Organization.objects.order_by("name").prefetch_related(theirs))
        with CaptureQueriesContext(connection) as statements:
            found = hang_on("seats", organizations, seats)
            told = [[(seat, seat.organization) for seat in each.seats.all()] for each in found]
        assert len(statements) == 0
        assert told == [[(seat, seat.organization) for seat in each.seats.all()] for each in expected]
        assert any(told)
        assert hang_on("seats", [], seats) == []


def test_nothing_crosses_from_one_coalition_to_another(clean_air):
    with inside(clean_air.coalition.pk + 1):
        seats, organizations = Seat.objects.all(), Organization.objects.all()
        ask_together(seats, organizations)
        assert (list(seats), list(organizations)) == ([], [])
