"""What a member writes stays with it until it shares it; then it is linked, confirmed and reported on."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment.models import SuccessDefinition
from manyhands.practice.alignment.success import actions, personal, queries

PRIVATE = "We must show our donors a plaque."


@pytest.fixture
def kept(inside):
    return actions.write_definition(actor=inside.actor["joan"], text=PRIVATE, horizon="short")


def pages(slug: str = "clean-air") -> list[str]:
    names = ("success", "our_success", "conflicts", "name_conflict", "priorities", "clashes", "negotiations")
    found = [reverse(f"alignment:{name}", args=[slug]) for name in names]
    return [*found, *(f"{reverse('alignment:' + name, args=[slug])}?format=csv" for name in ("success", "conflicts"))]


# S2-18
def test_each_member_writes_its_own_definition_and_nobody_else_reads_it_until_it_is_shared(inside, kept, client):
    assert list(queries.readable(inside.actor["joan"])) == [kept]
    for who in ("amina", "ben", "mei", "rosa", "omar", "olu", "gus"):
        assert not queries.readable(inside.actor[who]).exists(), who
        client.force_login(inside.user[who])
        for page in pages():
            assert PRIVATE not in client.get(page).content.decode(), (who, page)
    client.force_login(inside.user["joan"])
    assert PRIVATE in client.get(reverse("alignment:our_success", args=["clean-air"])).text
    assert PRIVATE not in client.get(reverse("alignment:success", args=["clean-air"])).text
    actions.share_definition(actor=inside.actor["joan"], definition=kept)
    client.force_login(inside.user["olu"])
    assert PRIVATE in client.get(reverse("alignment:success", args=["clean-air"])).text


def test_what_is_kept_is_in_no_line_of_the_book_and_in_no_download(inside, kept):
    told = str(list(LedgerEntry.objects.values_list("kind", "facts")))
    assert "SuccessDefined" in told
    assert PRIVATE not in told
    assert PRIVATE not in str(personal.export([inside.seat["joan"].pk]))
    personal.forget([inside.seat["joan"].pk])
    kept.refresh_from_db()
    assert (kept.by_seat_id, kept.text) == (None, PRIVATE)


def test_nobody_touches_what_another_member_wrote(inside, kept, client):
    for who in ("amina", "mei", "ben"):
        with pytest.raises(PermissionDenied):
            actions.share_definition(actor=inside.actor[who], definition=kept)
        client.force_login(inside.user[who])
        for name in ("change_definition", "link_definition", "confirm_definition", "share_definition"):
            assert client.post(reverse(f"alignment:{name}", args=["clean-air", kept.pk])).status_code == 404, name
    with pytest.raises(PermissionDenied):
        actions.write_definition(actor=inside.actor["olu"], text="x")


# S0-25
def test_each_outcome_is_linked_to_a_goal_or_marked_not_served(inside, goals, stalls, client):
    client.force_login(inside.user["joan"])
    address = reverse("alignment:link_definition", args=["clean-air", stalls.pk])
    assert "Link them, or say that none does" in client.get("/c/clean-air/?all").text
    neither = client.post(address, {})
    assert neither.status_code == 422
    assert "say that none does" in neither.text
    both = client.post(address, {"goal_ids": [goals[0].pk], "is_not_served": "on"})
    assert both.status_code == 422
    assert client.post(address, {"goal_ids": [10**6]}).status_code == 422
    assert client.post(address, {"goal_ids": [goals[0].pk]}).status_code == 302
    stalls.refresh_from_db()
    assert (stalls.goal_ids, stalls.is_linked) == ([goals[0].pk], True)
    page = client.get(reverse("alignment:success", args=["clean-air"])).text
    assert "School streets" in page
    client.post(address, {"is_not_served": "on", "why_not_served": "No goal speaks of trade."})
    page = client.get(reverse("alignment:success", args=["clean-air"])).text
    assert "No goal speaks of trade." in page
    assert [each.pk for each in queries.picture(queries.shared(), []).not_served] == [stalls.pk]
    assert "Link them, or say that none does" not in client.get("/c/clean-air/?all").text


# S2-18
def test_progress_is_reported_against_shared_and_own_definitions(inside, goals, stalls, client):
    from manyhands.practice.plans.actions import measure, set_objective

    amina = inside.actor["amina"]
    objective = set_objective(
        actor=amina, goal=goals[0], title="Twelve streets", indicator="Streets", unit="streets", baseline_value=0,
        baseline_on=localdate() - timedelta(days=90), target_value=12, due_on=localdate() + timedelta(days=300),
        direction="up",
    )  # fmt: skip
    measure(actor=amina, objective=objective, value=3, measured_on=localdate(), source="Count")
    actions.link_definition(actor=inside.actor["joan"], definition=stalls, goal_ids=[goals[0].pk])
    actions.confirm_definition(actor=inside.actor["joan"], definition=stalls, progress="begun")
    client.force_login(inside.user["rosa"])
    page = client.get(reverse("alignment:success", args=["clean-air"])).text
    assert "25 percent of the way" in page, "the shared goal, as measured"
    assert "It has begun" in page, "the member’s own word"


def test_a_year_later_the_member_is_asked_whether_it_is_still_so(inside, stalls, client):
    SuccessDefinition.objects.update(confirmed_on=localdate() - timedelta(days=366))
    client.force_login(inside.user["joan"])
    assert "Is this still what success means to you?" in client.get("/c/clean-air/?all").text
    client.post(reverse("alignment:confirm_definition", args=["clean-air", stalls.pk]), {"progress": "well"})
    assert "Is this still what success means to you?" not in client.get("/c/clean-air/?all").text
    stalls.refresh_from_db()
    assert stalls.progress == "well"


def test_two_who_write_at_once_lose_nothing(inside, stalls, client):
    client.force_login(inside.user["joan"])
    address = reverse("alignment:change_definition", args=["clean-air", stalls.pk])
    words = {"text": "Stalls sell more.", "sign": "", "horizon": "short", "version": 1}
    assert client.post(address, words).status_code == 302
    late = client.post(address, {**words, "text": "Stalls sell less."})
    assert late.status_code == 409
    assert "Stalls sell less." in late.text
    assert "Stalls sell more." in late.text
    assert client.post(address, {**words, "text": "Stalls sell less.", "version": 2}).status_code == 302


def test_no_words_are_refused_and_the_form_comes_back(inside, client):
    client.force_login(inside.user["joan"])
    address = reverse("alignment:our_success", args=["clean-air"])
    refused = client.post(address, {"text": "  ", "sign": "Tills.", "horizon": "long"})
    assert refused.status_code == 422
    assert "Tills." in refused.text
    assert not SuccessDefinition.objects.exists()


def test_what_was_taken_back_is_gone_for_everyone(inside, stalls, quiet, client):
    actions.name_conflict(actor=inside.actor["joan"], one=stalls, other=quiet, about="Vans at eight.")
    actions.take_back_definition(actor=inside.actor["joan"], definition=stalls)
    assert not queries.conflicts().exists()
    with pytest.raises(actions.ChangedMeanwhile):
        actions.share_definition(actor=inside.actor["joan"], definition=stalls)
    client.force_login(inside.user["amina"])
    assert stalls.text not in client.get(reverse("alignment:success", args=["clean-air"])).text
