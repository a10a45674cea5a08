"""Starting a coalition, describing it, and the steps of its life."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from manyhands.foundation.access.rules import Visitor
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions import actions
from manyhands.foundation.coalitions.models import Coalition, Membership, Organization, Seat
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.tenancy.scope import inside


@pytest.fixture
def ana(db) -> Person:
    return Person.objects.create_user("ana@example.org", name="Ana")


def start(person, **more):
    return actions.create_coalition(
        actor=Visitor(person.pk), **{"name": "Clean Air", "purpose": "Children breathe.", **more}
    )


def test_whoever_starts_it_coordinates_stewards_and_speaks_for_their_organization(ana):
    made = start(ana, organization_name="  Parents of\nLinden ")
    assert (made.slug, made.state, made.is_public) == ("clean-air", "exploring", False)
    with inside(made.pk):
        seat = Seat.objects.get()
        assert seat.roles == {"coordinator", "steward", "representative"}
        assert (seat.person, seat.name, seat.organization.name) == (ana, "Ana", "Parents of Linden")
        assert Membership.objects.get().state == "active"
        line = LedgerEntry.objects.get()
        assert (line.kind, line.by_seat_id, line.facts) == ("coalitions.CoalitionCreated", seat.pk, {})


def test_without_an_organization_the_founder_sits_for_themselves(ana):
    with inside(start(ana).pk):
        assert Seat.objects.get().organization is None
        assert not Organization.objects.exists()


def test_the_second_of_a_name_gets_another_address_and_pages_of_the_house_stay_free(ana):
    assert [start(ana).slug for _ in range(3)] == ["clean-air", "clean-air-2", "clean-air-3"]
    assert start(ana, name="Start").slug == "start-2"


def test_nobody_who_is_not_signed_in_starts_one(db):
    with pytest.raises(PermissionDenied):
        actions.create_coalition(actor=Visitor(), name="x", purpose="y")


def test_only_operators_start_one_where_registration_is_closed(ana, settings):
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"open_registration": False})
    with pytest.raises(PermissionDenied):
        start(ana)
    assert actions.create_coalition(actor=Visitor(ana.pk, is_operator=True), name="x", purpose="y").slug == "x"


def test_a_coalition_without_a_purpose_leaves_nothing_behind(ana):
    with pytest.raises(ValidationError):
        start(ana, purpose="  ", organization_name="Parents")
    assert not Coalition.objects.exists()


def test_a_coordinator_changes_the_description_and_the_book_names_the_fields(clean_air):
    with clean_air.inside():
        changed = actions.change_coalition(
            actor=clean_air.actor["amina"], coalition=clean_air.coalition, name="Air", accent="fern", place=""
        )
        assert (changed.name, changed.accent) == ("Air", "fern")
        assert LedgerEntry.objects.get().facts == {"fields": ["name", "accent"]}


def test_saving_an_unchanged_description_writes_no_line(clean_air):
    with clean_air.inside():
        actions.change_coalition(
            actor=clean_air.actor["amina"], coalition=clean_air.coalition, name="Clean Air for Kids"
        )
        assert not LedgerEntry.objects.exists()


def test_only_a_coordinator_of_this_coalition_changes_it(clean_air, safe_streets):
    with clean_air.inside():
        with pytest.raises(PermissionDenied):
            actions.change_coalition(actor=clean_air.actor["ben"], coalition=clean_air.coalition, name="Mine")
        with pytest.raises(TypeError):
            actions.change_coalition(actor=clean_air.actor["amina"], coalition=clean_air.coalition, slug="mine")
    with safe_streets.inside(), pytest.raises(Coalition.DoesNotExist):
        actions.change_coalition(actor=safe_streets.actor["zed"], coalition=clean_air.coalition, name="Mine")
    clean_air.coalition.refresh_from_db()
    assert clean_air.coalition.name == "Clean Air for Kids"


def test_a_coalition_takes_one_step_and_skips_none(clean_air):
    with clean_air.inside():
        amina, here = clean_air.actor["amina"], clean_air.coalition
        with pytest.raises(actions.NotAllowedNow):
            actions.change_coalition_state(actor=amina, coalition=here, state="forming")
        assert actions.change_coalition_state(actor=amina, coalition=here, state="recycling").state == "recycling"
        assert LedgerEntry.objects.get().facts == {"was": "active", "now": "recycling"}
        with pytest.raises(PermissionDenied):
            actions.change_coalition_state(actor=clean_air.actor["mei"], coalition=here, state="forming")


def test_another_coalition_cannot_be_moved_on(clean_air, safe_streets):
    with safe_streets.inside(), pytest.raises(Coalition.DoesNotExist):
        actions.change_coalition_state(
            actor=safe_streets.actor["zed"], coalition=clean_air.coalition, state="recycling"
        )
