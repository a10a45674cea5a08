"""Rounds with hardly anything to count: every page and file opens, and none holds a figure that is no number."""

import re

import pytest
from django.urls import reverse

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.alignment import actions
from manyhands.practice.alignment.agenda import actions as agenda
from manyhands.practice.alignment.agenda import queries as agendas
from manyhands.practice.alignment.models import Finding, Participant, Response, VisionRound
from manyhands.practice.alignment.publishing import seal

from .factories import close, open_round

EIGHT = [f"Sentence number {n}." for n in range(8)]
#: How many people, how many statements, and how a person answers a statement; None leaves it open.
ROUNDS = {
    "nobody": (0, 8, lambda person, at: None),
    "no statement": (0, 0, lambda person, at: None),
    "one person": (1, 8, lambda person, at: 1),
    "four people": (4, 8, lambda person, at: 1),
    "five people": (5, 1, lambda person, at: 1 if person else -1),
    "everyone passes": (12, 3, lambda person, at: 0),
    "everyone passes everything": (40, 8, lambda person, at: 0),
    "everyone agrees with everything": (40, 8, lambda person, at: 1),
    "columns that are constant but one": (40, 8, lambda person, at: person % 3 - 1 if at == 3 else 1),
    "rows that are all alike": (40, 8, lambda person, at: at % 3 - 1),
    "each answers one statement": (40, 8, lambda person, at: 1 if at == person % 8 else None),
    "one statement nobody saw": (40, 8, lambda person, at: None if at == 5 else (person + at) % 3 - 1),
    "one answers all, the others one": (40, 8, lambda person, at: 1 if at == 0 or not person else None),
    "two who are at odds": (40, 8, lambda person, at: 1 if person % 2 else -1),
}
NO_NUMBER = re.compile(r"(?<![a-zA-Z])(nan|-?inf|infinity|None %|None of \d)(?![a-zA-Z])", re.IGNORECASE)


def made(world, people, statements, pattern, **options):
    round = open_round(world, seeds=EIGHT[:statements], **options)
    rows = [Participant(round=round, link_key=f"key {n}") for n in range(people)]
    Participant.objects.bulk_create(rows)
    live = list(round.statements.filter(state="live"))
    answers = [(row, each, pattern(n, at)) for n, row in enumerate(rows) for at, each in enumerate(live)]
    Response.objects.bulk_create(
        Response(participant=row, statement=each, answer=answer) for row, each, answer in answers if answer is not None
    )
    return close(world, round)


def addresses(round):
    def at(name, *words):
        return reverse(f"alignment:{name}", args=["clean-air", *words])

    yield from (at(name, round.pk) for name in ("round", "results", "report", "statements", "agenda", "publishing"))
    yield from (at("results", round.pk) + rest for rest in ("?all=1", "?format=csv"))
    yield from (at("polis_file", round.pk, name) for name in ("comments", "comment-groups", "summary"))
    if hasattr(round, "public_report"):
        yield at("public_report", seal(round.public_report))


@pytest.mark.parametrize("name", ROUNDS)
@pytest.mark.parametrize("options", [{}, {"groups_by": "sector"}, {"counts_by": "organization"}], ids=str)
def test_every_page_opens_and_shows_numbers_only(clean_air, client, name, options):
    people, statements, pattern = ROUNDS[name]
    with clean_air.inside():
        round = made(clean_air, people, statements, pattern, **options)
        found = Finding.objects.get(round=round)
        if found.payload["is_enough"]:
            actions.open_report(actor=clean_air.actor["amina"], round=round)
        if most := agendas.most_places(round):
            agenda.ask_for_agenda(actor=clean_air.actor["mei"], round=round, size=min(2, most))
            run_waiting()
        round = VisionRound.objects.select_related("public_report").get(pk=round.pk)
    client.force_login(clean_air.user["mei"])
    for address in addresses(round):
        answer = client.get(address)
        assert answer.status_code in {200, 404}, address
        if "polis" not in address:
            assert answer.status_code == 200, address
        text = re.sub(r"<[^>]*>", " ", answer.getvalue().decode())
        assert not NO_NUMBER.search(text), (address, NO_NUMBER.search(text))
        assert "nan" not in re.findall(r'(?:x|y|d|width)="([^"]*)"', answer.getvalue().decode())
