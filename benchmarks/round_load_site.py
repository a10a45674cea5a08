"""What `benchmarks/round_load.py` asks of our site from inside: a round with very many people, and what the base does.

    python -m benchmarks.round_load_site make PEOPLE STATEMENTS EACH ASKERS
    python -m benchmarks.round_load_site explain    # also: prepare, weigh, publish

The round, its statements and its link are made by the actions that people's clicks call. Accounts, members and seats are
written through models, because inviting each by mail is not what is measured; participants and answers are written by
one INSERT ... SELECT each, because no action gives the answers of somebody else. One participant in ten has a seat, the
others came by personal links. Everybody answered as many statements, one from each stretch of the list, in three camps
that agree on a third of the statements.
"""

import json
import sys
from typing import Any

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from benchmarks.round_load_client import SLUG
from manyhands.faces.cli.operators import prepare
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.accounts.recognizing import SessionStore
from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Coalition, Membership, Organization, Seat
from manyhands.foundation.tenancy.scope import inside
from manyhands.practice.alignment import actions
from manyhands.practice.alignment.doors import actions as doors
from manyhands.practice.alignment.doors.seals import SALT, seal
from manyhands.practice.alignment.models import Participant, Response, Statement, VisionRound

SEATED = 10  # one participant in so many has a seat
OF_ONE_ORGANIZATION = 20

PARTICIPANTS = """
INSERT INTO alignment_participant (coalition_id, round_id, seat_id, imported_id, declared_group, link_key, link_id)
SELECT %(coalition)s, %(round)s, id, '', '', '', NULL FROM coalitions_seat
UNION ALL
SELECT %(coalition)s, %(round)s, NULL, '', '',
       encode(sha256(convert_to(%(salt)s || ':' || %(link)s || ':personal ' || n, 'UTF8')), 'hex'), %(link)s
FROM generate_series(1, %(by_link)s) n
"""

ANSWERS = """
INSERT INTO alignment_response (coalition_id, participant_id, statement_id, answer, is_important, answered_at)
SELECT %(coalition)s, p.id, s.id,
       CASE WHEN random() < 0.15 THEN 0
            WHEN random() < CASE WHEN s.at %% 3 = 0 THEN 0.8 ELSE (ARRAY[0.85, 0.5, 0.15])[1 + (p.camp + s.at) %% 3] END
            THEN 1 ELSE -1 END, false, now() - random() * interval '9 days'
FROM (SELECT id, CASE WHEN id %% 10 < 5 THEN 0 WHEN id %% 10 < 8 THEN 1 ELSE 2 END AS camp
      FROM alignment_participant WHERE round_id = %(round)s) p,
LATERAL (SELECT id, at, k FROM (
    SELECT (ARRAY[%(statements)s])[at + 1] AS id, at, k
    FROM (SELECT k, k * %(stride)s + (hashint8(p.id * 1009 + k) & 65535) %% %(stride)s AS at
          FROM generate_series(0, %(each)s - 1) k) chosen) named) s
"""


def make(people: int, statements: int, each: int, askers: int) -> dict[str, Any]:
    """A coalition with one open round; gives who can ask, and where."""
    coalition = Coalition.objects.create(
        slug=SLUG, name="One Hundred Thousand", purpose="An invented crowd.", state="active", is_invented=True
    )
    with inside(coalition.pk):
        seats = _seats(people // SEATED)
        leader = actor_for(seats[0])
        seeds = [f"Statement {n}: the way to school shall be safe in matter {n}." for n in range(1, statements + 1)]
        round = actions.draft_round(actor=leader, question="What should the way to school look like?", seeds=seeds)
        actions.open_round(actor=leader, round=round)
        by_link = people - len(seats)
        link = doors.make_link(actor=leader, round=round, kind="personal", label="By post", most=by_link)
        ids = list(round.statements.values_list("pk", flat=True))
        words = {"coalition": coalition.pk, "round": round.pk, "salt": SALT, "link": str(link.pk), "by_link": by_link}
        with connection.cursor() as cursor:
            cursor.execute(PARTICIPANTS.replace(", %(link)s\nFROM", ", %(link)s::bigint\nFROM"), words)
            numbers = {"each": each, "stride": statements // each}
            chosen = ANSWERS.replace("%(statements)s", ",".join(map(str, ids)))
            cursor.execute(chosen, words | numbers)
        askers_seated = [_asker(seat, statements, each, ids) for seat in seats[1 : askers + 1]]
        askers_by_link = [{"seal": seal(link, n), "left": ids} for n in range(1, askers + 1)]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return {
        "round": round.pk,
        "coalition": coalition.pk,
        "leader": _session(seats[0].person),
        "seated": askers_seated,
        "by_link": askers_by_link,
    }


def _seats(number: int) -> list[Seat]:
    people = Person.objects.bulk_create(
        Person(email=f"person{n}@crowd.example", name=f"Person {n}", password="!", is_invented=True)
        for n in range(number)
    )
    organizations = Organization.objects.bulk_create(
        Organization(name=f"Organization {n:05}", state="active") for n in range(max(1, number // OF_ONE_ORGANIZATION))
    )
    Membership.objects.bulk_create(
        Membership(organization=each, state="active", since=now().date()) for each in organizations
    )
    return Seat.objects.bulk_create(
        Seat(
            person=person,
            organization=organizations[n % len(organizations)],
            name=person.name,
            is_coordinator=n == 0,
            is_facilitator=n == 0,
        )
        for n, person in enumerate(people)
    )


def _session(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _asker(seat: Seat, statements: int, each: int, ids: list[int]) -> dict[str, Any]:
    """Somebody signed in, and the statements they have not answered."""
    answered = Response.objects.filter(participant__seat=seat).values_list("statement_id", flat=True)
    return {"session": _session(seat.person), "left": sorted(set(ids) - set(answered))}


def explain() -> list[dict[str, Any]]:
    """Every statement to the database while one answer is recorded, and which index it went by."""
    coalition = Coalition.objects.get(slug=SLUG)
    with inside(coalition.pk):
        round = VisionRound.objects.get()
        participant = Participant.objects.filter(seat__isnull=False).select_related("seat__person").last()
        assert participant is not None
        assert participant.seat is not None
        done = participant.responses.values_list("statement_id", flat=True)
        statement = Statement.objects.filter(round=round).exclude(pk__in=list(done)).first()
        assert statement is not None
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = _session(participant.seat.person)
    with CaptureQueriesContext(connection) as seen:
        answer = client.post(f"/c/{SLUG}/common-ground/answer/{statement.pk}/", {"answer": "agree"})
    assert answer.status_code == 302, answer.status_code
    found = []
    with inside(coalition.pk), connection.cursor() as cursor:
        for each in seen.captured_queries:
            words = each["sql"]
            if words.split()[0] not in {"SELECT", "INSERT", "UPDATE"}:
                found.append({"sql": words, "plan": []})
                continue
            cursor.execute(f"EXPLAIN (FORMAT JSON) {words}")
            plan = cursor.fetchone()[0]
            found.append({"sql": words, "plan": sorted(_nodes(json.loads(plan) if isinstance(plan, str) else plan))})
    return found


def _nodes(plan: Any) -> set[str]:
    """Which rows each part of a plan reads, and how; for a write, what decides about conflicts."""
    if isinstance(plan, list):
        return set().union(*map(_nodes, plan)) if plan else set()
    found: set[str] = set()
    for key, value in plan.items():
        if key in {"Plan", "Plans"}:
            found |= _nodes(value)
    if "Relation Name" in plan and "Scan" in plan["Node Type"]:
        found.add(f"{plan['Relation Name']} by {plan.get('Index Name', 'reading it whole')}")
    elif "Index Name" in plan:
        found.add(f"by {plan['Index Name']}")
    found |= {f"conflict decided by {name}" for name in plan.get("Conflict Arbiter Indexes", [])}
    return found


def weigh() -> str:
    """Ask for the order of cards now, and not when a quarter of an hour is over."""
    from manyhands.foundation.jobs.tasks import enqueue
    from manyhands.practice.alignment.tasks import weigh_statements

    with inside(Coalition.objects.get(slug=SLUG).pk):
        VisionRound.objects.update(bands_from=0)
        return enqueue(weigh_statements).state


def publish() -> int:
    """Mark the round as one whose answers anyone can read elsewhere, so that the file of single answers is given."""
    with inside(Coalition.objects.get(slug=SLUG).pk):
        return VisionRound.objects.update(is_imported=True, is_published=True)


def main() -> None:
    what, *numbers = sys.argv[1:]
    wanted: dict[str, Any] = {"prepare": prepare, "make": make, "explain": explain, "weigh": weigh, "publish": publish}
    print(json.dumps(wanted[what](*map(int, numbers))))


if __name__ == "__main__":
    main()
