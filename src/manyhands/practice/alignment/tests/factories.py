"""Rounds for tests, made through the same actions as everything else."""

from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Membership, Organization, Seat
from manyhands.practice.alignment import actions
from manyhands.practice.alignment.models import VisionRound

SEEDS = ["Guards before gates.", "Close every school street.", "Bus fares first, streets later."]
QUESTION = "What should the way to school look like in 2030?"


def open_round(world, *, by="amina", seeds=SEEDS, **options) -> VisionRound:
    actor = world.actor[by]
    round = actions.draft_round(actor=actor, question=QUESTION, seeds=list(seeds), **options)
    return actions.open_round(actor=actor, round=round)


def add_people(world, number: int) -> list:
    """More representatives, each of an organization of their own."""
    from django.utils.timezone import now

    actors = []
    for at in range(number):
        organization = Organization.objects.create(name=f"Neighbors {at}", state="active")
        Membership.objects.create(organization=organization, state="active", since=now().date())
        person = Person.objects.create_user(f"neighbor{at}@clean-air.example", name=f"Neighbor {at}")
        seat = Seat.objects.create(person=person, organization=organization, name=person.name)
        actors.append(actor_for(seat))
    return actors


def answer_all(round, actors, pattern) -> None:
    """Each actor answers each live statement as ``pattern(person, statement)`` says; None leaves it open."""
    statements = list(round.statements.filter(state="live"))
    for person, actor in enumerate(actors):
        for at, statement in enumerate(statements):
            answer = pattern(person, at)
            if answer is not None:
                actions.answer_statement(actor=actor, statement=statement, answer=answer)
