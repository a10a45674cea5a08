"""What tests of ties begin with: members on the map, and some who are not."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from manyhands.foundation.access.rules import Actor
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.models import Stakeholder, Tie
from manyhands.practice.stakeholders.ties import actions


@pytest.fixture
def placed(clean_air) -> SimpleNamespace:
    """Members' actors by the first name of who sits for them, and `port`, `taxis`, `council`, who are no members."""
    with clean_air.inside():
        house = Actor(clean_air.coalition.pk, None, system="ally map")
        actions.keep_members_on_the_map(actor=house)
        of_member = {row.member_id: row for row in Stakeholder.objects.exclude(member=None)}
        found = {
            who: of_member[organization.pk] for who, organization in clean_air.organization.items() if organization
        }
        amina = clean_air.actor["amina"]
        for name, title in [("port", "Harbor Port Authority"), ("taxis", "Taxi Table"), ("council", "City Council")]:
            found[name] = allies.add_ally(actor=amina, name=title)
        return SimpleNamespace(**found)


@pytest.fixture
def tie(clean_air, placed) -> Callable[..., Tie]:
    """Write a tie by first names, as Mei, who is on neither side unless named. Call it inside the coalition."""

    def go(one: str, other: str, kind: str = "works with", level: int = 3, by: str = "mei", **more: object) -> Tie:
        return actions.write_tie(
            actor=clean_air.actor[by],
            one=getattr(placed, one),
            other=getattr(placed, other),
            kind=kind,
            level=level,
            source="The May meeting",
            **more,
        )

    return go


@pytest.fixture
def only_way(clean_air, tie, placed) -> dict[str, Tie]:
    """Amina and Ben and Rosa know each other; only Omar knows the port and the taxis; all agreed to be asked."""
    with clean_air.inside():
        made = {
            f"{one}-{other}": tie(one, other, level=level)
            for one, other, level in [
                ("amina", "ben", 4),
                ("ben", "rosa", 4),
                ("amina", "rosa", 3),
                ("ben", "omar", 4),
                ("omar", "port", 3),
                ("omar", "taxis", 3),
            ]
        }
        for row in made.values():
            actions.record_consent(actor=clean_air.actor["mei"], tie=row, consent="agreed", source="They told us")
    return made


@pytest.fixture
def bring(clean_air, tmp_path):
    """Try files by name and content as Amina, and bring them in unless told not to. Call it inside a coalition."""

    def go(*files, actor=None, only_try=False, **said):
        paths = []
        for name, content in files:
            paths.append(tmp_path / name)
            paths[-1].write_bytes(content if isinstance(content, bytes) else content.encode())
        actor = actor or clean_air.actor["amina"]
        said = {"source": "A map of the valley", "second": paths[1] if len(paths) > 1 else None, **said}
        listing = actions.try_ties(actor=actor, file=paths[0], filename=files[0][0], **said)
        return listing if only_try else actions.bring_ties_in(actor=actor, listing=listing)

    return go
