"""What tests of allies and lists begin with."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files import File

from manyhands.practice.stakeholders import actions, tasks
from manyhands.practice.stakeholders.importing import actions as lists
from manyhands.practice.stakeholders.models import Import


class Silent:
    """Nobody watches."""

    def update(self, **said: object) -> None: ...


@pytest.fixture
def clinic(clean_air):
    """An ally that nobody has rated."""
    with clean_air.inside():
        return actions.add_ally(actor=clean_air.actor["amina"], name="Northside Clinic", sector="Health", city="Linden")


@pytest.fixture
def tried(clean_air) -> Callable[..., Import]:
    """Bring bytes or a file as Amina, with the guessed mapping, and try it. Call it inside the coalition."""

    def go(
        source: bytes | str | Path, existing: str = "fill", mapping: dict | None = None, name: str = "l.csv"
    ) -> Import:
        data = source.read_bytes() if isinstance(source, Path) else source
        data = data.encode() if isinstance(data, str) else data
        amina = clean_air.actor["amina"]
        listing = lists.bring_list(actor=amina, file=File(BytesIO(data), name=name), filename=name)
        chosen = listing.mapping if mapping is None else mapping
        listing = lists.match_columns(actor=amina, listing=listing, mapping=chosen, existing=existing)
        return tasks.try_now(listing, Silent())

    return go


@pytest.fixture
def imported(clean_air, tried) -> Callable[..., Import]:
    """The same, and bring it in."""

    def go(source: bytes | str | Path, existing: str = "fill", consent: bool = False, **how: object) -> Import:
        listing = tried(source, existing, **how)
        listing = lists.start_import(
            actor=clean_air.actor["amina"], listing=listing, source="a list", has_consent=consent
        )
        return tasks.commit_now(listing, Silent())

    return go


def counts(listing: Import) -> tuple[int, int, int, int]:
    """Added, updated, skipped, refused."""
    return listing.count_added, listing.count_updated, listing.count_skipped, listing.count_refused
