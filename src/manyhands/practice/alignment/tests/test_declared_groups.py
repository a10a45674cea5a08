"""Groups that are declared by what an organization is: who stands alone, who is told together, and nobody found out."""

import re

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now

from manyhands.analysis.common_ground import common_ground
from manyhands.analysis.responses import Responses
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions.models import Membership, Organization, Seat
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment import actions, constituencies, queries, tasks
from manyhands.practice.alignment.agenda import actions as agenda
from manyhands.practice.alignment.models import AgendaFinding, Finding, Participant, Response, VisionRound
from manyhands.practice.alignment.publishing import seal
from manyhands.practice.stakeholders.models import Stakeholder

from .factories import QUESTION, at, close, open_round

SEEDS = [f"Statement {n} of this round." for n in range(8)]


def seats(sector, organizations, each=1):
    """So many seats of new organizations of one sector, written straight into the tables."""
    made = []
    for n in range(organizations):
        one = Organization.objects.create(name=f"{sector or 'Nameless'} {n}", sector=sector, state="active")
        Membership.objects.create(organization=one, state="active", since=now().date())
        for m in range(each):
            person = Person.objects.create(email=f"{one.pk}-{m}@clean-air.example", name=f"{one.name}, {m}")
            made.append(Seat.objects.create(person=person, organization=one, name=person.name))
    return made


def answers_of(round, rows, pattern):
    """Each row answers each statement as ``pattern(sector, person, statement)`` says; a row of None came by a link."""
    people = [
        Participant(round=round, seat=seat, link_key="" if seat else f"key {n}") for n, (seat, _s) in enumerate(rows)
    ]
    Participant.objects.bulk_create(people)
    statements = list(round.statements.filter(state="live"))
    given = (
        Response(participant=person, statement=statement, answer=pattern(sector, n, place))
        for n, (person, (_seat, sector)) in enumerate(zip(people, rows, strict=True))
        for place, statement in enumerate(statements)
    )
    Response.objects.bulk_create(given)
    return people


def parted_by_sector(sector, person, statement):
    """Health says yes to the even ones, Schools to the uneven, all to the first; one in six is of another mind."""
    if statement == 0:
        return 1 if person % 6 else -1
    with_own = {"Health": statement % 2 == 0, "Schools": statement % 2 == 1}.get(sector, person % 2 == 0)
    return 1 if with_own == (person % 6 != 0) else -1


@pytest.fixture
def closed(inside):
    """Health with 12 organizations, Schools with 16 people of 8, three of Faith, four unknown, six by a link."""
    round = open_round(inside, seeds=SEEDS, groups_by="sector")
    rows = [(seat, "Health") for seat in seats("Health", 12)]
    rows += [(seat, "Schools") for seat in seats("schools", 8, each=2)]
    rows += [(seat, "Faith") for seat in seats("Faith", 3)]
    rows += [(seat, "") for seat in seats("", 4)]
    rows += [(None, "")] * 6
    answers_of(round, rows, parted_by_sector)
    return close(inside, round)


def test_groups_come_from_the_organizations_and_small_ones_are_told_together(closed):
    payload = Finding.objects.get(round=closed).payload
    sizes = {group["name"]: group["size"] for group in payload["groups"]}
    assert sizes == {"(others)": 13, "Health": 12, "schools": 16}
    assert payload["joined"] == ["(no organization)", "(not known)", "Faith"]
    assert (payload["declared_by"], payload["declared_method"]) == ("sector", "declared groups 1")
    assert payload["map"] == []


# S0-06
def test_the_consensus_is_that_of_the_library_with_these_groups_given(closed):
    people, statements, given = queries.answers_to_count(closed)
    groups = dict(Participant.objects.filter(round=closed).values_list("pk", "declared_group"))
    library = common_ground(Responses.from_answers(people, statements, given).with_groups(groups))
    assert library.groups == ("(others)", "Health", "schools")
    shown = {row["id"]: row for row in Finding.objects.get(round=closed).payload["statements"]}
    assert len(shown) == len(SEEDS)
    for row in library.rows():
        ours = shown[int(row.id)]
        assert (ours["rank"], ours["too_few"]) == (row.rank, row.too_few_seen)
        assert (
            ours["score"] == pytest.approx(row.consensus, abs=1e-4)
            if ours["is_exact"]
            else ours["score"] <= row.consensus
        )
        for group, told in zip(row.by_group, ours["groups"], strict=True):
            assert told["seen"] == group.seen
            exact = {tuple(part["answers"]): part["count"] for part in told["parts"]}
            assert exact.get(("agree",), group.agree) == group.agree


def test_pages_report_and_files_say_which_way_was_used(closed, clean_air, client):
    public = seal(actions.open_report(actor=clean_air.actor["amina"], round=closed))
    client.force_login(clean_air.user["ben"])
    pages = [at("results", closed.pk), at("report", closed.pk), at("public_report", public)]
    for address in pages:
        page = " ".join(client.get(address).text.split())
        assert (
            "Groups are declared, by sector of the organization, not found in the answers (declared groups 1)" in page
        )
        assert "told together as “Others”: Without an organization, Not known, Faith." in page, address
        assert "Group Health" not in page
        assert "k-means" not in page
    assert "No map of opinions this time" in client.get(pages[0]).text
    assert "would tell how its members answered" in client.get(pages[0]).text
    table = client.get(pages[0] + "?format=csv").content.decode("utf-8-sig").splitlines()[0]
    assert "Health: answers" in table
    assert "Others: answers" in table
    groups = client.get(at("polis_file", closed.pk, "comment-groups")).content.decode("utf-8-sig").splitlines()[0]
    assert "group-health-agrees" in groups
    assert "group-schools-agrees" in groups
    assert client.get(at("polis_file", closed.pk, "votes")).status_code == 404
    assert client.get(at("polis_file", closed.pk, "participants-votes")).status_code == 404


def test_the_agenda_tells_of_the_same_groups(closed, clean_air, client):
    agenda.ask_for_agenda(actor=clean_air.actor["mei"], round=closed, size=2)
    run_waiting()
    payload = AgendaFinding.objects.get().payload
    assert [group["name"] for group in payload["groups"]] == ["(others)", "Health", "schools"]
    client.force_login(clean_air.user["ben"])
    page = client.get(at("agenda", closed.pk)).text
    assert "Health" in page
    assert "Group Health" not in page


def test_groups_are_written_down_once_and_outlive_people_and_what_organizations_are_called(closed, clean_air):
    before = dict(Participant.objects.filter(round=closed).values_list("pk", "declared_group"))
    finding = Finding.objects.get(round=closed)
    Organization.objects.filter(sector="Health").update(sector="Faith")
    Participant.objects.filter(round=closed).update(seat=None)
    closed.refresh_from_db()
    constituencies.write_down(closed)
    with transaction.atomic():
        enqueue(tasks.work_out_finding, round_id=closed.pk)
    run_waiting()
    assert dict(Participant.objects.filter(round=closed).values_list("pk", "declared_group")) == before
    assert Finding.objects.get(round=closed).computed_at == finding.computed_at


def test_one_organization_one_voice_in_declared_groups(inside):
    round = open_round(inside, seeds=SEEDS, groups_by="sector", counts_by="organization")
    rows = [(seat, "Health") for seat in seats("Health", 10, each=3)] + [(s, "Schools") for s in seats("Schools", 11)]
    rows += [(None, "")] * 7
    answers_of(round, rows, parted_by_sector)
    payload = Finding.objects.get(round=close(inside, round)).payload
    assert {group["name"]: group["size"] for group in payload["groups"]} == {"Health": 10, "Schools": 11}
    assert payload["people"] == 21
    assert payload["uncounted"] == 7


def test_places_and_own_words_are_other_ways(inside):
    from manyhands.practice.stakeholders.models import CoverageItem, CoverageList, SpeaksFor

    linden, harbor, both, silent = (seats(name, 1)[0].organization for name in ("a", "b", "c", "d"))
    for organization, city in ((linden, "Linden"), (harbor, "Harbor")):
        Stakeholder.objects.create(name=organization.name, member=organization, city=city, search_text="", match_key="")
    listing = CoverageList.objects.create(kind="places", name="Quarters", is_chosen=True)
    north, south = (CoverageItem.objects.create(listing=listing, name=name) for name in ("North", "South"))
    for organization, item in ((linden, north), (both, north), (both, south)):
        SpeaksFor.objects.create(organization=organization, item=item)
    known = constituencies.labels("city")
    assert [known[each.pk] for each in (linden, harbor, both)] == ["Linden", "Harbor", "(not known)"]
    known = constituencies.labels("places")
    assert [known[each.pk] for each in (linden, both, silent)] == ["North", "(several)", "(not known)"]
    [places] = [each for each in constituencies.offers() if each.way == "places"]
    assert (places.groups, places.unknown) == (2, places.organizations - 2)


# --- asking ---------------------------------------------------------------------------------------


def test_a_facilitator_chooses_in_the_draft_and_until_the_close(inside, client):
    client.force_login(inside.user["mei"])
    assert (
        "By sector of the organization (0 groups; not known of 6 of 6 organizations)"
        in client.get(at("draft_round")).text
    )
    client.post(at("draft_round"), {"question": QUESTION, "groups_by": "sector"})
    round = VisionRound.objects.get()
    assert round.groups_by == "sector"
    bad = client.post(at("draft_round"), {"question": QUESTION, "groups_by": "shoe size"})
    assert bad.status_code == 422
    actions.open_round(actor=inside.actor["mei"], round=round)
    client.force_login(inside.user["ben"])
    for page in (at("round", round.pk), at("card", round.pk)):
        assert "by sector of the organization" in client.get(page).text, page
    assert "Change how groups come about" not in client.get(at("round", round.pk)).text
    assert client.post(at("choose_groups", round.pk), {"groups_by": "found"}).status_code == 403
    client.force_login(inside.user["mei"])
    assert "Change how groups come about" in client.get(at("round", round.pk)).text
    assert client.get(at("choose_groups", round.pk)).status_code == 200
    assert client.post(at("choose_groups", round.pk), {"groups_by": "?"}).status_code == 422
    client.post(at("choose_groups", round.pk), {"groups_by": "city"})
    client.post(at("choose_groups", round.pk), {"groups_by": "city"})
    round.refresh_from_db()
    assert round.groups_by == "city"
    assert LedgerEntry.objects.filter(kind="alignment.RoundGroupsChosen").count() == 1
    close(inside, round)
    assert client.post(at("choose_groups", round.pk), {"groups_by": "found"}).status_code == 409
    round.refresh_from_db()
    assert round.groups_by == "city"


def test_it_is_read_in_the_book(inside, client):
    round = open_round(inside)
    actions.choose_groups(actor=inside.actor["mei"], round=round, groups_by="voices")
    client.force_login(inside.user["ben"])
    book = client.get(reverse("ledger:book", args=["clean-air"])).text
    assert "by the people an organization speaks for" in book
    assert "%(" not in book


@pytest.mark.parametrize("people", [0, 1, 5, 9])
def test_a_round_too_small_for_any_group_still_closes_and_says_so(inside, client, people):
    round = open_round(inside, groups_by="sector")
    answers_of(round, [(seat, "Health") for seat in seats("Health", people)], lambda *_: 1)
    close(inside, round)
    client.force_login(inside.user["ben"])
    page = client.get(at("results", round.pk))
    assert page.status_code == 200
    assert not re.search(r"\bnan\b", page.text, re.IGNORECASE)
    if people >= 5:
        assert "No two groups were large enough, so everyone counts as one." in " ".join(page.text.split())
        assert [group["size"] for group in Finding.objects.get().payload["groups"]] == [people]


# --- secrecy --------------------------------------------------------------------------------------


def test_a_statement_that_fewer_than_ten_of_a_declared_group_answered_gets_no_word(inside):
    round = open_round(inside, seeds=SEEDS, groups_by="sector")
    rows = [(s, "Health") for s in seats("Health", 12)] + [(s, "Schools") for s in seats("Schools", 12)]
    people = answers_of(round, rows, lambda *_: 1)
    thin = round.statements.get(text=SEEDS[3])
    Response.objects.filter(statement=thin, participant__in=people[9:12]).delete()
    payload = Finding.objects.get(round=close(inside, round)).payload
    [row] = [row for row in payload["statements"] if row["id"] == thin.pk]
    assert (row["rank"], row["agreed"], row["too_few"]) == (None, False, True)
    assert thin.pk not in [*payload["parted"], *payload["bridging"], *payload["hidden_division"]]
    ranks = [row["rank"] for row in payload["statements"] if row["rank"]]
    assert ranks == list(range(1, len(SEEDS)))
