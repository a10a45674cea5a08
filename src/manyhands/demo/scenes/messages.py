"""How a goal is said to those who care for a reason of their own."""

from manyhands.demo.stage import Stage, scene
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.plans import actions
from manyhands.practice.stakeholders.models import ProfileEntry

WORDS = {
    "Linden Bus Company": "Clean school buses pay back in fuel, and the Council pays half of the difference.",
    "Regional Health Fund": "Each street closed at eight saves nine clinic visits a month, by the clinic’s own count.",
}


@scene(days=-7, hour=18)
def goals_are_said_to_those_who_care(stage: Stage) -> None:
    goal = SharedGoal.objects.filter(state="adopted").order_by("pk").first()
    assert goal is not None  # adopted long before
    for name, text in WORDS.items():
        motive = ProfileEntry.objects.filter(stakeholder__name=name, about="motive", replaced_at=None).first()
        if motive is not None:
            actions.frame_message(actor=stage.actor("Amina"), goal=goal, motive=motive, text=text)
