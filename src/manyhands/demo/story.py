"""The example coalition, played from its first day to this morning."""

from django.utils.timezone import now

from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions.models import Coalition

from . import cast, scenes
from .stage import Stage, letters_kept, play_scenes

__all__ = ["has_been_played", "home", "person", "play", "scenes"]


def play() -> Coalition:
    """Build the invented coalition by calling the actions that people's clicks call, each on its day.

    Raises
    ------
    RuntimeError
        If it stands already.
    """
    if has_been_played():
        raise RuntimeError("The example has been played; `manyhands demo --fresh` begins anew.")
    stage = Stage(today=now())
    with letters_kept():
        play_scenes(stage)
    if stage.coalition is None:
        raise RuntimeError("The story has no beginning.")
    return Coalition.objects.get(pk=stage.coalition.pk)


def has_been_played() -> bool:
    """Does the invented coalition stand, whole? A story that was cut off is not there at all to begin with."""
    return Coalition.objects.filter(slug=cast.SLUG, is_invented=True).exists()


def home() -> str:
    return f"/c/{cast.SLUG}/"


def person(name: str) -> Person:
    """One of the cast, by first name."""
    everyone = [cast.FOUNDER, *cast.MEMBERS, *cast.OTHERS]
    return Person.objects.get(email=next(member.email for member in everyone if member.name == name))
