"""The same deed in two connections at once: one is done, the other is told why not, and neither waits for ever."""

from collections.abc import Callable
from threading import Barrier, Thread
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from manyhands.foundation.access.rules import Visitor
from manyhands.foundation.coalitions import actions
from manyhands.foundation.coalitions.models import Coalition, Invitation, Organization, Seat

from .test_inviting import invite, secret_from_letter

pytestmark = pytest.mark.django_db(transaction=True)
only_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")


class Attempt(Thread):
    """A deed in a connection of its own; ``came_to`` is "done", the name of a refusal, or the error itself."""

    def __init__(self, deed: Callable[[], object]):
        super().__init__()
        self.deed, self.came_to = deed, ""

    def run(self) -> None:
        try:
            self.deed()
            self.came_to = "done"
        except actions.Refused as refused:
            self.came_to = type(refused).__name__
        except Exception as error:  # shown by the assertions below
            self.came_to = repr(error)
        finally:
            connection.close()


def run_two(deed: Callable[[], object]) -> list[str]:
    """What each of two came to who did the same at the same time."""
    ready = Barrier(2)
    both = [Attempt(lambda: (ready.wait(timeout=10), deed())) for _ in range(2)]
    for attempt in both:
        attempt.start()
    for attempt in both:
        attempt.join(timeout=30)
    return sorted(attempt.came_to for attempt in both)


def wait_until_it_waits(attempt: Attempt) -> None:
    """Return once the attempt waits for a row that another holds."""
    until = monotonic() + 20
    while monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)"
                " WHERE datname = current_database() AND NOT granted"
            )
            if cursor.fetchone():
                return
        sleep(0.02)
    raise AssertionError(f"nobody waits: {attempt.came_to}")


@pytest.fixture
def two_coordinators(transactional_db, clean_air):
    with clean_air.inside():
        Seat.objects.filter(pk=clean_air.seat["ben"].pk).update(is_coordinator=True)
    assert clean_air.seat["amina"].pk < clean_air.seat["ben"].pk
    return clean_air


def test_of_two_who_use_one_link_one_gets_the_seat(transactional_db, clean_air):
    invite(clean_air)
    secret = secret_from_letter()

    def accept():
        actions.accept_invitation(actor=Visitor(), secret=secret, name="Ana")

    assert run_two(accept) == ["AlreadySettled", "done"]
    with clean_air.inside():
        assert Seat.objects.filter(person__email="ana@clinic.example").count() == 1


def test_of_two_who_invite_one_address_one_does(transactional_db, clean_air):
    assert run_two(lambda: invite(clean_air)) == ["AlreadyInvited", "done"]
    with clean_air.inside():
        assert Invitation.objects.count() == 1


def test_of_two_last_coordinators_who_leave_one_stays(two_coordinators):
    leaving = [two_coordinators.actor["amina"], two_coordinators.actor["ben"]]

    def leave():
        with two_coordinators.inside():
            actions.leave_seat(actor=leaving.pop())

    assert run_two(leave) == ["LastCoordinator", "done"]
    with two_coordinators.inside():
        assert Seat.objects.filter(is_coordinator=True).count() == 1
        assert Coalition.objects.count() == 1


@only_postgresql
@pytest.mark.parametrize("way", ["leaves", "is sent away", "loses the office", "withdraws with all their people"])
def test_who_waits_to_leave_holds_nothing_that_the_first_may_need(two_coordinators, way):
    world = two_coordinators
    amina, ben = world.actor["amina"], world.actor["ben"]
    with world.inside():
        organization = Organization.objects.get(pk=world.organization["ben"].pk)

    def go():
        with world.inside():
            seat = Seat.objects.get(pk=ben.seat_id)
            if way == "leaves":
                actions.leave_seat(actor=ben)
            elif way == "is sent away":
                actions.end_seat(actor=amina, seat=seat)
            elif way == "loses the office":
                actions.change_seat(
                    actor=amina, seat=seat, standing=seat.standing, organization=organization, offices=[]
                )
            else:
                actions.withdraw_membership(actor=amina, membership=organization.membership)

    attempt = Attempt(go)
    with world.inside(), transaction.atomic():
        Seat.objects.select_for_update().get(pk=amina.seat_id)  # Amina is halfway out of the door
        attempt.start()
        wait_until_it_waits(attempt)
        Seat.objects.select_for_update(nowait=True).get(pk=ben.seat_id)  # free: nothing here can end in a deadlock
    attempt.join(timeout=30)
    assert attempt.came_to == "done"
    with world.inside():
        assert list(Seat.objects.filter(is_coordinator=True).values_list("pk", flat=True)) == [amina.seat_id]
