"""A round on what comes first begins with the adopted vision: it cannot be opened, nor answered, without it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.foundation.coalitions.models import Membership, Seat
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment.models import Priority, PriorityAnswer, PriorityCandidate, PriorityRound
from manyhands.practice.alignment.prioritizing import actions, personal, queries

from ...tests.factories import at
from .conftest import CLAUSES, TITLES, adopt, clause, say

HTMX = {"HX-Request": "true"}


def home():
    return reverse("desk:home", args=["clean-air"])


def candidate(round, title=TITLES[0]):
    return PriorityCandidate.objects.select_related("round").get(round=round, priority__title=title)


def test_without_an_adopted_vision_one_sentence_says_what_is_missing(inside, priorities, client):
    # S2-31
    client.force_login(inside.user["mei"])
    page = client.get(at("ask_what_comes_first"))
    assert page.status_code == 200
    assert "No vision has been adopted yet, and this begins with it." in page.text
    assert f'href="{at("our_vision")}"' in page.text
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0], "there is nothing to fill in"
    forced = client.post(at("ask_what_comes_first"), {"question": "x", "priorities": [priorities[0].pk]})
    assert forced.status_code == 409
    assert not PriorityRound.objects.exists()
    with pytest.raises(actions.NoVision):
        actions.open_priority_round(actor=inside.actor["mei"], question="x", priorities=priorities)


def test_its_first_screen_is_the_vision_with_its_clauses_also_for_who_goes_straight_to_the_card(
    inside, vision, priorities, client
):
    # S2-31
    client.force_login(inside.user["mei"])
    sent = client.post(
        at("ask_what_comes_first"),
        {
            "question": "What comes first this year?",
            "priorities": [each.pk for each in priorities],
            "answer_by": str(localdate() + timedelta(days=9)),
        },
    )
    round = PriorityRound.objects.get()
    assert sent.url == at("priority_round", round.pk)
    client.force_login(inside.user["rosa"])
    assert client.get(at("priority_card", round.pk)).url == at("priority_round", round.pk)
    page = client.get(at("priority_round", round.pk)).text
    places = [page.index(text) for text in CLAUSES]
    assert places == sorted(places)
    assert "Mei, Youth Council asked every member" in page
    assert page.index("Every gate is safe.") < page.index(f"{at('priority_card', round.pk)}?begin")
    card = client.get(at("priority_card", round.pk) + "?begin").text
    for text in CLAUSES:
        assert text in card
    assert "0 of 3" in card


def test_who_asked_whom_stands_on_the_desk_until_it_is_answered_and_then_that_it_can_be_closed(inside, asked, client):
    # S2-31
    client.force_login(inside.user["rosa"])
    assert "Mei asks: 3 priorities wait for your organization’s word." in client.get(home()).text
    for title in TITLES:
        say(inside, "rosa", candidate(asked, title), False)
    assert "wait for your organization" not in client.get(home()).text
    client.force_login(inside.user["olu"])
    assert "Mei asks" not in client.get(home()).text
    for who in ("amina", "ben", "mei", "omar", "joan"):
        for title in TITLES:
            say(inside, who, candidate(asked, title), True)
    client.force_login(inside.user["mei"])
    assert "Every member has answered. Close the round" in client.get(home()).text


def test_one_at_a_time_with_the_clauses_ticked_skipped_and_changed(inside, asked, client):
    # S2-31
    client.force_login(inside.user["rosa"])
    seen = []
    page = client.get(at("priority_card", asked.pk) + "?begin")
    for step in range(3):
        deck = page.context["deck"]
        assert deck.card.pk not in seen
        seen.append(deck.card.pk)
        ticked = [clause(CLAUSES[0]).pk, clause(CLAUSES[1]).pk] if step == 0 else []
        page = client.post(
            at("answer_candidate", deck.card.pk), {"choice": "yes" if step else "no", "clauses": ticked}, headers=HTMX
        )
        assert "<html" not in page.text
        assert f"{step + 1} of 3" in page.text
    assert "Your organization has answered everything." in page.text
    first = PriorityAnswer.objects.get(candidate_id=seen[0])
    assert (first.is_priority, len(first.clause_ids), first.organization) == (False, 2, inside.organization["rosa"])
    again = client.get(f"{at('priority_card', asked.pk)}?begin&candidate={seen[0]}").text
    assert again.count(" checked") == 2, "what was said before is ticked"
    client.post(at("answer_candidate", seen[0]), {"choice": "yes"})
    first.refresh_from_db()
    assert (first.is_priority, first.clause_ids) == (True, [])
    assert PriorityAnswer.objects.count() == 3
    ours = client.get(at("our_priority_answers", asked.pk)).text
    assert ours.count("a priority for us") == 3
    client.force_login(inside.user["omar"])
    order = [client.get(f"{at('priority_card', asked.pk)}?begin").context["deck"].card]
    skipped = client.get(f"{at('priority_card', asked.pk)}?begin&after={order[0].pk}").context["deck"]
    assert skipped.card.pk != order[0].pk
    last = queries.deck(inside.actor["omar"], asked, after=skipped.left[-1].pk)
    assert last.card is None
    end = client.get(f"{at('priority_card', asked.pk)}?begin&after={skipped.left[-1].pk}").text
    assert "3 priorities are left." in end


def test_bad_input_comes_back_with_what_was_ticked(inside, asked, client):
    client.force_login(inside.user["rosa"])
    one = candidate(asked)
    page = client.post(at("answer_candidate", one.pk), {"choice": "", "clauses": [clause(CLAUSES[2]).pk]})
    assert page.status_code == 422
    assert "Say whether it is a priority for your organization, or skip it." in page.text
    assert page.text.count(" checked") == 1
    for clauses in (["999999"], ["x"], [""]):
        assert client.post(at("answer_candidate", one.pk), {"choice": "yes", "clauses": clauses}).status_code == 422
    assert not PriorityAnswer.objects.exists()
    client.force_login(inside.user["mei"])
    filled = {"question": "Kept words?", "priorities": [], "answer_by": "2020-01-01"}
    PriorityRound.objects.all().delete()
    refused = client.post(at("ask_what_comes_first"), filled)
    assert refused.status_code == 422
    assert "Kept words?" in refused.text
    assert "Choose at least one priority." in refused.text
    assert "That day has passed." in refused.text


def test_one_is_open_at_a_time_and_what_is_reached_is_not_asked_about(inside, asked, priorities, client):
    with pytest.raises(actions.Refused, match="Another round"):
        actions.open_priority_round(actor=inside.actor["mei"], question="x", priorities=priorities)
    client.force_login(inside.user["mei"])
    assert "A round on what comes first is open." in client.get(at("ask_what_comes_first")).text
    assert at("priority_rounds") in client.get(at("priorities")).text
    actions.close_priority_round(actor=inside.actor["mei"], round=asked)
    Priority.objects.filter(pk=priorities[0].pk).update(state="reached")
    priorities[0].refresh_from_db()
    for refused, words in ((priorities, "What?"), ([], "What?"), (priorities[1:], "  ")):
        with pytest.raises(actions.Refused):
            actions.open_priority_round(actor=inside.actor["mei"], question=words, priorities=refused)
    Priority.objects.update(state="reached")
    assert "Nobody has nominated a priority yet" in client.get(at("ask_what_comes_first")).text


def test_only_those_who_lead_ask_and_close_and_only_those_who_speak_for_a_member_answer(inside, asked, client):
    for who in ("ben", "olu"):
        with pytest.raises(PermissionDenied):
            actions.close_priority_round(actor=inside.actor[who], round=asked)
        client.force_login(inside.user[who])
        assert client.post(at("close_priority_round", asked.pk)).status_code == 403
    for who in ("olu", "gus"):
        with pytest.raises(PermissionDenied):
            say(inside, who, candidate(asked), True)
        client.force_login(inside.user[who])
        assert client.get(at("priority_round", asked.pk)).status_code == 200, "they read along"
    Seat.objects.filter(pk=inside.seat["ben"].pk).update(standing="alternate")
    say(inside, "ben", candidate(asked), True)
    Membership.objects.filter(organization=inside.organization["joan"]).update(state="paused")
    with pytest.raises(actions.Refused, match="no voice"):
        say(inside, "joan", candidate(asked), True)


def test_two_who_sit_for_one_member_give_one_answer(inside, asked):
    Seat.objects.filter(pk=inside.seat["omar"].pk).update(organization=inside.organization["rosa"])
    from manyhands.foundation.coalitions.middleware import actor_for

    say(inside, "rosa", candidate(asked), True, CLAUSES[0])
    inside.actor["omar"] = actor_for(Seat.objects.get(pk=inside.seat["omar"].pk))
    say(inside, "omar", candidate(asked), False)
    only = PriorityAnswer.objects.get()
    assert (only.is_priority, only.clause_ids, only.by_seat_id) == (False, [], inside.seat["omar"].pk)


def test_the_life_of_a_round_is_in_the_book_without_what_was_answered(inside, asked, client):
    # S2-31
    say(inside, "rosa", candidate(asked), True, CLAUSES[0])
    actions.close_priority_round(actor=inside.actor["mei"], round=asked)
    kinds = list(LedgerEntry.objects.order_by("-pk").values_list("kind", flat=True)[:3])
    assert [kind.split(".")[-1] for kind in kinds] == ["PriorityRoundClosed", "PriorityAnswered", "PriorityRoundOpened"]
    facts = LedgerEntry.objects.get(kind__endswith="PriorityAnswered").facts
    assert set(facts) == {"priority_round_id", "priority_id", "organization_id"}
    client.force_login(inside.user["ben"])
    book = client.get(reverse("ledger:book", args=["clean-air"])).text
    assert "Closed “What comes first this year?”" in book


def test_a_vision_adopted_meanwhile_changes_nothing_and_is_pointed_at(inside, asked, client):
    # S2-31
    say(inside, "rosa", candidate(asked), True, CLAUSES[0])
    newer = adopt(inside, ["Everything is new.", "And more."])
    client.force_login(inside.user["ben"])
    page = client.get(at("priority_round", asked.pk)).text
    assert f"Version {newer.number} of our vision was adopted" in page
    assert "This round goes by version 1" in page
    card = client.get(at("priority_card", asked.pk) + "?begin").text
    assert CLAUSES[0] in card
    assert "Everything is new." not in card
    new_clause = clause("Everything is new.")
    with pytest.raises(actions.Refused, match="not in the vision"):
        actions.answer_candidate(
            actor=inside.actor["ben"], candidate=candidate(asked), is_priority=True, clause_ids=[new_clause.pk]
        )


def test_what_a_person_answered_is_in_their_download_and_the_link_is_cut_when_they_go(inside, asked):
    say(inside, "rosa", candidate(asked), True, CLAUSES[0])
    found = personal.export([inside.seat["rosa"].pk])
    assert found["what comes first"][0]["candidate__priority__title"] == TITLES[0]
    assert personal.export([inside.seat["mei"].pk])["rounds opened"][0]["question"] == "What comes first this year?"
    personal.forget([inside.seat["rosa"].pk, inside.seat["mei"].pk])
    assert PriorityAnswer.objects.get().by_seat is None
    asked.refresh_from_db()
    assert asked.opened_by is None
