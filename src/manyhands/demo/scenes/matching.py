"""Some of whom they know are on the list twice, or look as if they were."""

from typing import Any

from manyhands.demo.stage import Stage, scene
from manyhands.practice.stakeholders.actions import add_ally, change_ally
from manyhands.practice.stakeholders.matching import actions, tasks
from manyhands.practice.stakeholders.models import Merge, Pair, Stakeholder

SCOUTS, SEA_SCOUTS = "Linden Scouts", "Linden Sea Scouts"
LEAGUE, BRANCH = "National Clean Air League", "Clean Air League, Linden branch"
#: Found by its domain, and by its name.
RADIO, NEWSROOM = "Valley Radio", "Radio of the Valley, newsroom"
NURSES_AGAIN = "The School Nurses Round"


@scene(days=-16)
def some_are_written_down_twice(stage: Stage) -> None:
    """By three members, each in their own words."""
    common: dict[str, Any] = {"city": "Linden", "source": "Written down after the street fair"}
    add_ally(actor=stage.actor("Rosa"), name=NURSES_AGAIN, sector="Health", phone="555 0142", **common)
    add_ally(
        actor=stage.actor("Hana"), name=BRANCH, sector="Environment", about="Five volunteers with two meters.", **common
    )
    add_ally(
        actor=stage.actor("Mei"), name=SEA_SCOUTS, sector="Youth", about="Thirty children and two boats.", **common
    )
    add_ally(
        actor=stage.actor("Kwame"),
        name=NEWSROOM,
        sector="Media",
        email="news@valleyradio.example",
        tags="news",
        **common,
    )
    radio = Stakeholder.objects.get(name=RADIO)
    change_ally(
        actor=stage.actor("Hana"), stakeholder=radio, version=radio.version, website="https://valleyradio.example"
    )


@scene(days=-15)
def the_list_is_looked_through(stage: Stage) -> None:
    """What the computer does not see, a member puts into the queue."""
    tasks.ask_for_pairs()


@scene(days=-15, hour=11)
def a_member_asks_about_two_more(stage: Stage) -> None:
    for name, other in ((LEAGUE, BRANCH), (SCOUTS, SEA_SCOUTS)):
        _pair(stage, name, other)


@scene(days=-14)
def two_are_joined_too_soon(stage: Stage) -> None:
    pair = _pair(stage, SCOUTS, SEA_SCOUTS)
    actions.merge_allies(actor=stage.actor("Amina"), one=pair.one, other=pair.other)


@scene(days=-13)
def they_are_two_again(stage: Stage) -> None:
    """Mei says that the Sea Scouts are a troop of their own."""
    actions.undo_merge(actor=stage.actor("Amina"), merge=Merge.objects.get(undone_at=None))
    actions.judge_different(actor=stage.actor("Amina"), pair=_pair(stage, SCOUTS, SEA_SCOUTS))


def _pair(stage: Stage, name: str, other: str) -> Pair:
    one, two = (Stakeholder.objects.get(name=each) for each in (name, other))
    return actions.name_pair(actor=stage.actor("Amina"), one=one, other=two)
