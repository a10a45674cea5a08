"""Values and ground rules that stand, for tests to build on."""

from manyhands.practice.alignment.compact import actions
from manyhands.practice.alignment.compact.actions import Word

MEMBERS = ("amina", "ben", "mei", "rosa", "omar", "joan")


def write(world, kind="behaviour", points=("We let each other finish.", "We say what we mean.")):
    """A version put to the members."""
    compact = actions.begin_compact(actor=world.actor["amina"], kind=kind)
    for text in points:
        actions.propose_point(actor=world.actor["ben"], compact=compact, text=text)
    return actions.ask_members(actor=world.actor["amina"], compact=compact)


def speak(world, compact, who, contests=None):
    """One member's word on every point; `contests` is the position of the one it contests."""
    words = [
        Word(point.pk, "contests", "Not as it stands.") if at == contests else Word(point.pk, "ratifies")
        for at, point in enumerate(compact.points.all())
    ]
    return actions.speak_to_compact(actor=world.actor[who], compact=compact, words=words)


def in_force(world, kind="behaviour", **more):
    """A version in force that everyone stands behind."""
    compact = write(world, kind, **more)
    for who in MEMBERS:
        speak(world, compact, who)
    return actions.adopt_compact(actor=world.actor["amina"], compact=compact)
