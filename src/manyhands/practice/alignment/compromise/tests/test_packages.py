"""From what the parties tell to packages, an agreement, and who gave way; and what happens where there is none."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.alignment.compromise import actions, insights, queries, tasks
from manyhands.practice.alignment.models import (
    Concession,
    Negotiation,
    NegotiationConcern,
    PackageFinding,
    ProposedPackage,
)


def page(room, client, who: str) -> str:
    client.force_login(room.world.user[who])
    return client.get(reverse("alignment:negotiation", args=["clean-air", room.negotiation.pk])).text


# S1-07
def test_packages_in_which_nobody_falls_below_the_walk_away_are_shown(room, client):
    room.tell("joan", [80, 0, 20, 0], 20)
    assert not PackageFinding.objects.exists(), "not before every party has told"
    room.tell("amina", [0, 30, 0, 70], 30, ["Loud"])
    finding = PackageFinding.objects.get()
    assert finding.payload["feasible_count"] == 1
    assert "Look at the packages" in client_desk(room, client, "mei")
    room.propose()
    for who in ("joan", "amina", "mei"):
        shown = page(room, client, who)
        assert "1 package of 4 is acceptable to all." in shown
        assert "Gives most to all together" in shown
        assert "Fairest" in shown
        assert (
            "Parents of Linden gives way to Market Traders&#x27; Guild on Hours; in return Market Traders&#x27; Guild"
            " gives way on Noise." in shown
        ) or (
            "Market Traders&#x27; Guild gives way to Parents of Linden on Noise; in return Parents of Linden gives way"
            " on Hours." in shown
        )
    for who in ("rosa", "olu"):
        assert "On the table" not in page(room, client, who), "packages are for those at the table"


def client_desk(room, client, who: str) -> str:
    client.force_login(room.world.user[who])
    return client.get("/c/clean-air/?all").text


# S1-07
def test_or_it_says_that_there_is_none_and_what_would_have_to_move(room, client):
    room.tell("joan", [100, 10, 0, 0], 30)
    room.tell("amina", [25, 100, 0, 0], 30)
    for who in ("joan", "amina", "mei"):
        shown = page(room, client, who)
        assert "There is no package that all could accept" in shown
        assert "One party would have to ask for less." in shown
    assert "your walk-away would come down by 5 points" in page(room, client, "amina")
    assert "come down by" not in page(room, client, "joan"), "how far others would move is told to nobody"
    client.force_login(room.world.user["mei"])
    private = client.get(reverse("alignment:mediate", args=["clean-air", room.negotiation.pk])).text
    assert "Parents of Linden would ask for 5 points less." in private
    with pytest.raises(actions.Refused):
        actions.propose_packages(actor=room.world.actor["mei"], negotiation=room.fresh(), chosen=[])
    actions.end_without_deal(actor=room.world.actor["mei"], negotiation=room.fresh(), why="Too far apart.")
    assert "There is no deal: Too far apart." in page(room, client, "olu")


def test_the_mediator_reads_what_exaggerating_would_bring_and_a_division_for_two(room, client):
    room.all_tell()
    client.force_login(room.world.user["mei"])
    private = client.get(reverse("alignment:mediate", args=["clean-air", room.negotiation.pk])).text
    assert "If somebody exaggerated" in private
    assert "By Adjusted Winner" in private
    assert "Points above the walk-away:" in private
    for who in ("joan", "amina"):
        assert "exaggerated" not in page(room, client, who)


def test_the_same_terms_are_counted_once_and_new_ones_anew(room):
    room.all_tell()
    first = PackageFinding.objects.get()
    tasks.work_out_packages(None, negotiation_id=room.negotiation.pk)
    assert PackageFinding.objects.get().computed_at == first.computed_at
    room.tell("joan", [50, 0, 50, 0], 20)
    assert PackageFinding.objects.get().fingerprint != first.fingerprint


def test_what_was_told_while_it_was_counted_throws_the_count_away(room, monkeypatch):
    room.all_tell()
    PackageFinding.objects.all().delete()
    count = insights.find_packages

    def slow(table):
        answer = count(table)
        room.tell("joan", [50, 0, 50, 0], 20, work=False)
        return answer

    monkeypatch.setattr(insights, "find_packages", slow)
    tasks.work_out_packages(None, negotiation_id=room.negotiation.pk)
    assert not PackageFinding.objects.exists(), "nothing half true is ever shown"
    monkeypatch.undo()
    run_waiting()
    assert PackageFinding.objects.get().payload["possible"]


def test_telling_something_new_takes_packages_off_the_table(room):
    room.all_tell()
    [package] = room.propose()
    room.accept(package, "amina")
    room.tell("joan", [50, 0, 50, 0], 20)
    assert room.fresh().state == "open"
    assert not ProposedPackage.objects.exists()
    with pytest.raises(actions.WrongStep):
        actions.answer_package(
            actor=room.world.actor["amina"], party=room.party("amina"), package=package, accepts=True
        )


def test_an_agreement_needs_every_party(room):
    room.all_tell()
    [package] = room.propose()
    room.accept(package, "joan")
    with pytest.raises(actions.Refused, match="Not every party"):
        actions.agree_package(actor=room.world.actor["mei"], package=package, doings=room.doings())
    room.accept(package, "amina")
    with pytest.raises(actions.Refused, match="for each issue"):
        actions.agree_package(actor=room.world.actor["mei"], package=package, doings=room.doings()[:1])
    actions.agree_package(actor=room.world.actor["mei"], package=package, doings=room.doings())
    assert room.fresh().state == "agreed"
    with pytest.raises(actions.WrongStep):
        room.tell("joan", [50, 0, 50, 0], 20)


# S2-06
def test_concessions_are_logged_and_the_parties_see_reciprocity_over_time(room, client):
    room.all_tell()
    [package] = room.propose()
    again = localdate() + timedelta(days=100)
    room.agree(package, look_again_on=again)
    given = {(c.giver.name, c.getter.name, c.issue.name) for c in Concession.objects.all()}
    guild, parents = "Market Traders' Guild", "Parents of Linden"
    assert given == {(guild, parents, "Noise"), (parents, guild, "Hours")}
    assert set(Concession.objects.values_list("look_again_on", flat=True)) == {again}
    address = reverse("alignment:concessions", args=["clean-air"])
    for who in ("joan", "amina", "mei"):
        assert "gives way to" in page(room, client, who)
        [pair] = queries.reciprocity(room.world.actor[who])
        assert (pair.one_gave, pair.other_gave) == (1, 1)
        client.force_login(room.world.user[who])
        assert "Noise" in client.get(address).text
        assert "Noise" in client.get(address + "?format=csv").content.decode()
    for who in ("rosa", "olu", "gus"):
        assert "gives way to" not in page(room, client, who)
        assert queries.reciprocity(room.world.actor[who]) == []
        client.force_login(room.world.user[who])
        assert "Noise" not in client.get(address).text


def test_on_its_day_it_is_looked_at_again(room, client):
    room.all_tell()
    [package] = room.propose()
    room.agree(package)
    assert room.fresh().look_again_on > localdate() + timedelta(days=150)
    Negotiation.objects.update(look_again_on=localdate())
    for who in ("joan", "mei"):
        assert "The day has come to look at it again" in client_desk(room, client, who)
    address = reverse("alignment:review_negotiation", args=["clean-air", room.negotiation.pk])
    client.force_login(room.world.user["rosa"])
    assert client.post(address, {"review": "x"}).status_code == 404
    client.force_login(room.world.user["joan"])
    assert client.post(address, {"review": ""}).status_code == 422
    assert client.post(address, {"review": "It was kept."}).status_code == 302
    assert room.fresh().state == "reviewed"
    assert client.post(address, {"review": "Again."}).status_code == 409


# S3-26
def test_a_concern_becomes_an_interest_with_options_and_the_agreement_names_who_does_what(room, client):
    client.force_login(room.world.user["joan"])
    voice = reverse("alignment:voice_concern", args=["clean-air", room.negotiation.pk])
    joan = room.world.organization["joan"].pk
    answer = client.post(voice, {"organization": joan, "text": "We shall lose the morning."})
    concern = NegotiationConcern.objects.get()
    assert answer.url == reverse("alignment:understand_concern", args=["clean-air", concern.pk])
    long = room.options()[0]
    assert client.post(answer.url, {"interest": ""}).status_code == 422
    assert client.post(answer.url, {"interest": "Stalls are full by eight.", "options": [long.pk]}).status_code == 302
    shown = page(room, client, "amina")
    assert "Stalls are full by eight." in shown
    assert "Hours: Long" in shown
    assert "We shall lose the morning." not in page(room, client, "rosa")
    room.all_tell()
    [package] = room.propose()
    room.accept(package, "joan", "amina")
    client.force_login(room.world.user["mei"])
    agree = reverse("alignment:agree_package", args=["clean-air", package.pk])
    hours, noise = room.negotiation.issues.values_list("pk", flat=True)
    words = {f"who_{hours}": joan, f"text_{hours}": "Tells the suppliers.", f"who_{noise}": joan,
             f"text_{noise}": "", "look_again_on": localdate() + timedelta(days=90)}  # fmt: skip
    refused = client.post(agree, words)
    assert refused.status_code == 422
    assert "Tells the suppliers." in refused.text
    assert client.post(agree, {**words, f"text_{noise}": "Buys quiet carts."}).status_code == 302
    agreed = page(room, client, "olu")
    assert "Who does what" in agreed
    assert "Buys quiet carts." in agreed


def test_a_party_speaks_for_itself_and_the_mediator_may_write_for_all(room):
    amina, joan = room.world.organization["amina"], room.world.organization["joan"]
    with pytest.raises(actions.Refused):
        actions.voice_concern(
            actor=room.world.actor["joan"], negotiation=room.negotiation, organization=amina, text="x"
        )
    actions.voice_concern(actor=room.world.actor["mei"], negotiation=room.negotiation, organization=amina, text="x")
    concern = actions.voice_concern(
        actor=room.world.actor["joan"], negotiation=room.negotiation, organization=joan, text="x"
    )
    with pytest.raises(actions.Refused):
        actions.understand_concern(actor=room.world.actor["amina"], concern=concern, interest="y")


# S2-04
def test_clashing_priorities_are_listed_with_parties_intensity_and_whether_a_trade_exists(inside, client):
    from manyhands.practice.alignment.success.actions import nominate_priority, stand_on_priority

    said = {
        "Early closing": {"amina": ("serves", 3), "joan": ("hinders", 1)},
        "Loading bay": {"joan": ("serves", 3), "amina": ("hinders", 1), "ben": ("hinders", 2)},
        "Fewer lanes": {"ben": ("serves", 3), "omar": ("hinders", 3)},
        "Trees": {"rosa": ("serves", 3)},
    }
    for title, stands in said.items():
        priority = nominate_priority(actor=inside.actor["amina"], title=title, horizon="short")
        for who, (side, strength) in stands.items():
            stand_on_priority(actor=inside.actor[who], priority=priority, side=side, strength=strength)
    found = {clash.priority.title: clash for clash in queries.clashes(inside.actor["olu"])}
    assert list(found) == ["Fewer lanes", "Loading bay", "Early closing"], "the strongest first, no clash without two"
    assert [clash.intensity for clash in found.values()] == [3, 2, 1]
    assert found["Fewer lanes"].trades == []
    [trade] = found["Early closing"].trades
    told = {trade.one: trade.one_gives, trade.other: trade.other_gives}
    assert told == {"Parents of Linden": "Loading bay", "Market Traders' Guild": "Early closing"}
    client.force_login(inside.user["olu"])
    shown = client.get(reverse("alignment:clashes", args=["clean-air"])).text
    assert "A trade exists" in shown
    assert "No trade is in sight" in shown
    assert "Harbor Freight Workers, very much" in shown
    assert "Prepare a negotiation" not in shown
    client.force_login(inside.user["mei"])
    assert "Prepare a negotiation" in client.get(reverse("alignment:clashes", args=["clean-air"])).text


def test_decimals_as_people_type_them_are_exact(room):
    room.tell("joan", ["33.34", "0.1", "66.66", "0"], "12.5")
    terms = queries.table_to_count(room.fresh())
    assert terms is None, "not before all have told"
    room.tell("amina", ["0", "30", "0", "70"], "30")
    told = queries.table_to_count(room.fresh()).parties[0]
    assert [Decimal(value) for value in told.points.values()] == [Decimal(v) for v in ("33.34", "0.1", "66.66", "0")]
