"""Two small coalitions that every test may use, and the doors to real data, browsers and servers."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings as examples

#: Developers' runs look for new examples every time; CI tries the same ones again, so that red means a change.
#: No deadline: how long an example takes says more about the machine than about us.
examples.register_profile("developer", deadline=None)
examples.register_profile("ci", deadline=None, derandomize=True)
examples.load_profile("ci" if os.environ.get("CI") else "developer")

SHARED = Path(__file__).resolve().parent.parent / "shared"


@dataclass
class World:
    """One coalition with its people, ready to act: ``world.actor["amina"]``."""

    coalition: object
    user: dict = field(default_factory=dict)
    seat: dict = field(default_factory=dict)
    actor: dict = field(default_factory=dict)
    organization: dict = field(default_factory=dict)

    def inside(self) -> AbstractContextManager[None]:
        from manyhands.foundation.tenancy.scope import inside

        return inside(self.coalition.pk)


#: name, organization, standing, offices
CLEAN_AIR = [
    ("amina", "Parents of Linden", "representative", {"is_coordinator", "is_steward"}),
    ("ben", "Two Wheels Club", "representative", set()),
    ("mei", "Youth Council", "representative", {"is_facilitator"}),
    ("rosa", "Northside Clinic", "representative", set()),
    ("omar", "Harbor Freight Workers", "representative", set()),
    ("joan", "Market Traders' Guild", "representative", set()),
    ("olu", None, "observer", set()),
    ("gus", None, "guest", set()),
]
SAFE_STREETS = [("zed", "Walkers United", "representative", {"is_coordinator", "is_steward"})]


def build_world(slug: str, name: str, people: list) -> World:
    """A coalition written straight into the tables: tests of actions must not rest on other actions."""
    from django.utils.timezone import now

    from manyhands.foundation.accounts.models import Person
    from manyhands.foundation.coalitions.middleware import actor_for
    from manyhands.foundation.coalitions.models import Coalition, Membership, Organization, Seat

    world = World(
        Coalition.objects.create(slug=slug, name=name, purpose="Every child breathes clean air.", state="active")
    )
    with world.inside():
        for who, organization_name, standing, offices in people:
            organization = None
            if organization_name:
                organization = Organization.objects.create(name=organization_name, state="active")
                Membership.objects.create(organization=organization, state="active", since=now().date())
            person = Person.objects.create_user(f"{who}@{slug}.example", name=who.capitalize())
            seat = Seat.objects.create(
                person=person,
                organization=organization,
                standing=standing,
                name=who.capitalize(),
                **dict.fromkeys(offices, True),
            )
            world.user[who], world.seat[who], world.organization[who] = person, seat, organization
            world.actor[who] = actor_for(seat)
    return world


@pytest.fixture
def clean_air(db) -> World:
    return build_world("clean-air", "Clean Air for Kids", CLEAN_AIR)


@pytest.fixture
def inside(clean_air) -> Iterator[World]:
    """Clean Air, with everything in the test asked and done inside of it."""
    with clean_air.inside():
        yield clean_air


@pytest.fixture
def safe_streets(db) -> World:
    return build_world("safe-streets", "Safe Streets", SAFE_STREETS)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets beside the project; tests that need it are skipped where it is missing."""
    if not (SHARED / "data").is_dir():
        if os.environ.get("CI"):
            pytest.fail("CI must have the real data sets beside the project.")
        pytest.skip("the real data sets are not on this machine")
    return SHARED / "data"


@pytest.fixture(autouse=True)
def _quiet_house(tmp_path_factory, settings) -> None:
    """No mail leaves, files stay in a temporary folder, and limits start afresh for each test."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
