"""Rounds for tests, made through the same actions as everything else."""

from django.urls import reverse

from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Membership, Organization, Seat
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.alignment import actions
from manyhands.practice.alignment.models import Participant, Response, VisionRound

SEEDS = ["Guards before gates.", "Close every school street.", "Bus fares first, streets later."]
QUESTION = "What should the way to school look like in 2030?"


def at(name: str, *ids: object) -> str:
    """The address of a page about common ground, in the coalition of the tests."""
    return reverse(f"alignment:{name}", args=["clean-air", *ids])


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


def close(world, round):
    """Close a round and let the job work out what it found."""
    actions.close_round(actor=world.actor["amina"], round=round)
    run_waiting()
    round.refresh_from_db()
    return round


def two_camps(first):
    """Two camps of sixty that part on every statement but the first, each with some of another mind.

    ``first`` of the sixty in each camp accept the first statement.
    """

    def answer(person, statement):
        camp, place = person % 2, person // 2
        if statement == 0:
            return 1 if (place * 7) % 60 < first else -1
        with_camp = (place * 7 + statement * 8) % 60 >= 8
        return 1 if (camp == statement % 2) == with_camp else -1

    return answer


def answered(round, answer, people=120):
    """So many people of two declared groups answer everything, written straight into the tables."""
    rows = [Participant(round=round, imported_id=f"p{n}", declared_group="AB"[n % 2]) for n in range(people)]
    Participant.objects.bulk_create(rows)
    statements = list(round.statements.filter(state="live"))
    Response.objects.bulk_create(
        Response(participant=row, statement=statement, answer=answer(person, at_))
        for person, row in enumerate(rows)
        for at_, statement in enumerate(statements)
    )
