"""A concern is written down, shared, reworded and set aside: by whom, and what is refused."""

import pytest
from django.core.exceptions import PermissionDenied

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment.concerns import actions, items, queries
from manyhands.practice.alignment.models import (
    Concern,
    ConcernAnswer,
    ConcernSource,
    Statement,
)

from ...tests.factories import at
from .factories import CONCERNS, write


@pytest.mark.parametrize("who", ["ben", "olu", "gus"])
def test_who_does_not_lead_links_nothing(inside, told, kept, client, who):
    steep = write(inside, "The hill is too steep.", heard=told("Wheelchair Users", "Too steep!"))
    item = items.key_of(items.STATEMENT, kept.statement_ids[0])
    answer = actions.answer_concern(actor=inside.actor["mei"], concern=steep, item=item)
    source = ConcernSource.objects.get()
    client.force_login(inside.user[who])
    for name, row, given in [
        ("answer_concern", steep, {"item": item}),
        ("put_on_agenda", steep, {}),
        ("release_answer", answer, {}),
        ("drop_source", source, {}),
        ("reword_concern", steep, {"text": "x"}),
        ("set_concern_aside", steep, {"why": "x"}),
        ("take_up_concern", steep, {}),
    ]:
        assert client.post(at(name, row.pk), given).status_code == 403, name
    with pytest.raises(PermissionDenied):
        actions.answer_concern(actor=inside.actor[who], concern=steep, item=item)
    may_write = who == "ben"
    assert client.post(at("share_concern", steep.pk), {"shares": "yes"}).status_code == (302 if may_write else 403)
    assert client.get(f"{CONCERNS}write/").status_code == (200 if may_write else 403)
    assert client.get(CONCERNS).status_code == 200


def test_a_representative_writes_one_down_and_shares_anothers(inside, client):
    client.force_login(inside.user["ben"])
    assert client.post(f"{CONCERNS}write/", {"text": "  Where do  we park?  ", "shares": "on"}).url == CONCERNS
    concern = Concern.objects.get()
    assert (concern.text, concern.voices.count()) == ("Where do we park?", 1)
    client.force_login(inside.user["rosa"])
    for _twice in range(2):
        client.post(at("share_concern", concern.pk), {"shares": "yes"})
    assert concern.voices.count() == 2
    assert "You share this. Take it back" in client.get(CONCERNS).text
    client.post(at("share_concern", concern.pk), {"shares": "no"})
    assert concern.voices.count() == 1
    lines = set(LedgerEntry.objects.values_list("kind", flat=True))
    assert lines == {"concerns.ConcernWritten"}, "who shares a concern is in no line of the book"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"text": ""}, "There are no words yet."),
        ({"text": "   "}, "There are no words yet."),
        ({"text": "x" * 301}, "at most 300"),
        ({"text": "a\x00b"}, "Null characters"),
        ({"text": "where do we PARK?", "shares": "on"}, "in the list already"),
    ],
)
def test_what_cannot_be_written_comes_back_filled_in(inside, client, given, says):
    write(inside, "Where do we park?")
    client.force_login(inside.user["ben"])
    answer = client.post(f"{CONCERNS}write/", given)
    assert answer.status_code == 422
    assert says in answer.text
    assert Concern.objects.count() == 1


def test_what_cannot_be_linked_is_said_and_nothing_is_written(inside, kept, client):
    steep = write(inside, "The hill is too steep.")
    client.force_login(inside.user["mei"])
    off = Statement.objects.filter(round=kept.round).exclude(pk__in=kept.statement_ids).first().pk
    for item in ("", "x", "alignment.Statement:", f"alignment.Statement:{off}", "alignment.Priority:999",
                 "accounts.Person:1", "alignment.Priority:٣", "alignment.Statement:" + "9" * 40, "a\x00"):  # fmt: skip
        answer = client.post(at("answer_concern", steep.pk), {"item": item})
        assert answer.status_code == 422, item
        assert "This item stands on no agenda now" in answer.text
    assert not ConcernAnswer.objects.exists()
    for wrong in ("?input=x", "?input=999", "?statement=-1", "?input=1&statement=1"):
        assert client.get(f"{CONCERNS}write/{wrong}").status_code == 404, wrong


def test_set_aside_with_a_reason_and_taken_up_again(inside, client):
    steep = write(inside, "The hill is too steep.")
    client.force_login(inside.user["mei"])
    assert client.post(at("set_concern_aside", steep.pk), {"why": " "}).status_code == 422
    done = client.post(at("set_concern_aside", steep.pk), {"why": "Only the Council can."}, follow=True).text
    assert "Only the Council can." in done
    assert f'action="{at("take_up_concern", steep.pk)}"' in done
    assert queries.unanswered(inside.actor["ben"]) == []
    assert client.post(at("put_on_agenda", steep.pk), {"horizon": "short"}).status_code == 422
    client.post(at("take_up_concern", steep.pk))
    assert len(queries.unanswered(inside.actor["ben"])) == 1


def test_other_words_are_shared_anew(inside, client):
    steep = write(inside, "The hil is too steep.", who="ben", shares=True)
    client.force_login(inside.user["mei"])
    assert client.post(at("reword_concern", steep.pk), {"text": "The hill is too steep."}).status_code == 302
    steep.refresh_from_db()
    assert (steep.text, steep.voices.count()) == ("The hill is too steep.", 0)
