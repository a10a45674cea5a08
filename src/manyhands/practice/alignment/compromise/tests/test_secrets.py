"""Only the mediator and the party itself read points, walk-aways and red lines: for every role, page, file and line."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from manyhands.foundation.accounts.personal_data import REGISTER
from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment import policies
from manyhands.practice.alignment.compromise import actions, personal, queries
from manyhands.practice.alignment.models import PackageFinding, PrivateTerms, ProposedPackage

#: Numbers that stand nowhere else, so that finding them on a page means that they leaked.
SECRET = ([71.37, 3.19, 28.63, 0.47], 31.41)
FIGURES = ("71.37", "3.19", "28.63", "0.47", "31.41")


def leaked(text: str) -> list[str]:
    """Which of the figures stand in a text, with a point or a comma; seconds of a moment are no figures."""
    marks = {figure: figure.replace(".", "[.,]") for figure in FIGURES}
    return [figure for figure, mark in marks.items() if re.search(rf"(?<![\d:.]){mark}(?!\d)", text)]


@pytest.fixture
def told(room):
    """Joan's guild has told Mei its secrets, Amina's parents theirs; packages are on the table."""
    room.tell("joan", *SECRET, red=["Quiet"])
    room.tell("amina", [60, 0, 40, 10], 5)
    room.propose()
    return room


def addresses(room) -> list[str]:
    pk, package = room.negotiation.pk, ProposedPackage.objects.first()
    own = ["negotiation", "tell_terms", "mediate", "change_negotiation", "hand_over_negotiation"]
    found = [reverse(f"alignment:{name}", args=["clean-air", pk]) for name in own]
    found.append(reverse("alignment:agree_package", args=["clean-air", package.pk]))
    lists = ["negotiations", "concessions", "clashes", "success", "conflicts", "priorities", "our_success"]
    found += [reverse(f"alignment:{name}", args=["clean-air"]) for name in lists]
    found += [f"{reverse('alignment:' + name, args=['clean-air'])}?format=csv" for name in lists[:-1]]
    return [*found, "/c/clean-air/?all", reverse("ledger:book", args=["clean-air"])]


def read(client, address: str) -> str:
    """What a person reads there; the house's own marks, such as nonces, are no figures."""
    return re.sub(r"(nonce|csrfmiddlewaretoken)[^>]*>|X-CSRFToken[^}]*}", "", client.get(address).content.decode())


# S1-07
def test_members_weigh_issues_privately_whatever_their_role(told, client):
    """Coordinator, steward, another facilitator, another party, a member, an observer, a guest: none reads it."""
    Seat.objects.filter(pk=told.world.seat["ben"].pk).update(is_facilitator=True)
    Seat.objects.filter(pk=told.world.seat["rosa"].pk).update(is_coordinator=True, is_steward=True)
    for who in ("amina", "ben", "rosa", "omar", "olu", "gus"):
        client.force_login(told.world.user[who])
        for address in addresses(told):
            page = read(client, address)
            assert not leaked(page), (who, address)
        mediate = reverse("alignment:mediate", args=["clean-air", told.negotiation.pk])
        assert client.get(mediate).status_code == 404, who


def test_the_queries_give_it_to_the_mediator_and_its_owner_alone(told):
    def seen(who: str) -> set[int]:
        actor = actor_for(Seat.objects.get(pk=told.world.seat[who].pk))
        return set(queries.terms_for(actor, told.fresh()).values_list("party__organization_id", flat=True))

    joan, amina = (told.world.organization[who].pk for who in ("joan", "amina"))
    assert seen("mei") == {joan, amina}
    assert seen("joan") == {joan}
    assert seen("amina") == {amina}
    for who in ("ben", "rosa", "omar", "olu", "gus"):
        assert seen(who) == set(), who
    Seat.objects.filter(pk=told.world.seat["mei"].pk).update(is_facilitator=False)
    assert seen("mei") == set(), "who is no facilitator any more reads nothing"
    Seat.objects.filter(pk=told.world.seat["joan"].pk).update(standing="observer")
    assert seen("joan") == set(), "an observer of a party does not speak for it"


def test_the_owner_reads_its_own_and_the_mediator_all(told, client):
    tell = reverse("alignment:tell_terms", args=["clean-air", told.negotiation.pk])
    client.force_login(told.world.user["joan"])
    assert "71.37" in client.get(tell).text
    client.force_login(told.world.user["mei"])
    assert client.get(tell).status_code == 404, "the mediator is no party"
    page = client.get(reverse("alignment:mediate", args=["clean-air", told.negotiation.pk])).text
    assert leaked(page) == ["71.37", "3.19", "28.63", "0.47"], "the test would see a leak"
    assert "31.4" in page


def test_no_line_of_the_book_and_no_download_holds_it(told):
    lines = str(list(LedgerEntry.objects.values_list("kind", "about", "facts")))
    assert "alignment.TermsTold" in lines or "TermsTold" in lines
    assert not leaked(lines)
    for who in ("joan", "mei", "amina"):
        seats = [told.world.seat[who].pk]
        every = str([data.export(seats) for data in REGISTER.values()])
        assert not leaked(every), who
    assert "When may vans deliver?" in str(personal.export([told.world.seat["joan"].pk]))


def test_what_is_stored_for_the_parties_holds_no_figure_of_theirs(told):
    public = str(PackageFinding.objects.get().payload) + str(
        list(ProposedPackage.objects.values_list("option_ids", "virtues", "concessions"))
    )
    assert not re.search(r"\d\.\d", public), "ids and counts only"
    assert "gains" not in public


def test_another_mediator_begins_with_nothing(told, second_facilitator, client):
    amina = told.world.actor["amina"]
    with pytest.raises(PermissionDenied):
        actions.hand_over_negotiation(
            actor=told.world.actor["mei"], negotiation=told.fresh(), mediator=second_facilitator
        )
    actions.hand_over_negotiation(actor=amina, negotiation=told.fresh(), mediator=second_facilitator)
    assert not PrivateTerms.objects.exists()
    assert not PackageFinding.objects.exists()
    assert not ProposedPackage.objects.exists()
    assert told.fresh().state == "open"
    assert not policies.mediate.holds(told.world.actor["mei"], told.fresh())
    client.force_login(told.world.user["joan"])
    assert "Tell the mediator" in client.get("/c/clean-air/?all").text


def test_nobody_tells_or_answers_for_another_party(told):
    package = ProposedPackage.objects.first()
    for who in ("amina", "mei", "rosa", "olu"):
        with pytest.raises(PermissionDenied):
            actions.tell_terms(actor=told.world.actor[who], party=told.party("joan"), points={}, walk_away=None)
        with pytest.raises(PermissionDenied):
            actions.answer_package(actor=told.world.actor[who], party=told.party("joan"), package=package, accepts=True)


def test_forgetting_a_person_keeps_what_the_party_told(told):
    personal.forget([told.world.seat["joan"].pk])
    assert PrivateTerms.objects.get(party=told.party("joan")).by_seat_id is None
