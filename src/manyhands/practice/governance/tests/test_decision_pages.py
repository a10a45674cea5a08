"""The pages of governance: what they show, what they answer, how many questions they ask the database."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from manyhands.foundation.ui.offers import offers_for
from manyhands.practice.governance import actions, waiting
from manyhands.practice.governance.apps import proposal_from_statement
from manyhands.practice.governance.models import DecisionRule, Dissent, Proposal, Stance

from . import factories


def url(name, *args):
    return reverse(f"governance:{name}", args=["clean-air", *args])


@pytest.fixture
def proposal(clean_air) -> Proposal:
    with clean_air.inside():
        made = factories.in_phase(clean_air, "decide")
        factories.take(clean_air, made, rosa="for", joan="against")
    return made


@pytest.fixture
def as_ben(clean_air, client):
    client.force_login(clean_air.user["ben"])
    return client


def test_htmx_gets_the_part_that_changes_and_a_plain_browser_gets_the_page(as_ben, proposal):
    take = url("take_stance", proposal.pk)
    answer = as_ben.post(take, {"choice": "for"})
    assert (answer.status_code, answer.url) == (302, url("proposal", proposal.pk))
    part = as_ben.post(take, {"choice": "aside"}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert 'title="Two Wheels Club: Stands aside"' in part.text
    assert "Your stance is on record." in part.text
    page = as_ben.get(url("proposal", proposal.pk)).text
    assert "<html" in page
    assert page.count('id="standing"') == 1


def test_a_stance_that_is_none_comes_back_filled(as_ben, proposal, clean_air):
    take = url("take_stance", proposal.pk)
    wrong = as_ben.post(take, {"choice": "maybe", "reason": "Our families asked."})
    assert wrong.status_code == 422
    assert "Our families asked." in wrong.text
    silent_block = as_ben.post(take, {"choice": "block", "reason": " "}, headers={"HX-Request": "true"})
    assert silent_block.status_code == 422
    assert "A block needs a reason" in silent_block.text
    with clean_air.inside():
        assert Stance.objects.filter(organization=clean_air.organization["ben"]).count() == 0


def test_too_late_is_a_conflict_and_keeps_what_was_written(clean_air, client, proposal):
    with time_machine.travel(now() + timedelta(days=8)):
        client.force_login(clean_air.user["ben"])
        late = client.post(url("take_stance", proposal.pk), {"choice": "for", "reason": "We are late."})
    assert late.status_code == 409
    assert "We are late." in late.text
    assert "does not take stances now" in late.text


def test_the_page_says_how_it_stands(as_ben, proposal):
    page = as_ben.get(url("proposal", proposal.pk)).text
    assert "Two of six have a stance. One more, and it counts." in page
    assert "One for, one against, four not yet." in page
    assert "quorum: 3" in page
    assert page.index("Market Traders") < page.index("Northside Clinic", page.index("Stances and reasons"))


def test_the_page_asks_a_fixed_number_of_questions(as_ben, proposal, clean_air):
    page = url("proposal", proposal.pk)
    as_ben.get(page)
    with CaptureQueriesContext(
        connection,
    ) as few:
        as_ben.get(page)
    with clean_air.inside():
        factories.take(clean_air, proposal, ben="for", amina="for", mei="block", omar="aside")
        for stance in Stance.objects.exclude(choice="for"):
            actions.answer_stance(actor=clean_air.actor["ben"], stance=stance, reply="We hear you.")
    with CaptureQueriesContext(connection) as many:
        as_ben.get(page)
    assert len(many) <= len(few)


@pytest.mark.parametrize("name", ["decisions", "register", "dissents"])
def test_lists_ask_a_fixed_number_of_questions(as_ben, clean_air, name):
    with clean_air.inside():
        factories.decided(clean_air)
    as_ben.get(url(name))
    with CaptureQueriesContext(connection) as few:
        as_ben.get(url(name))
    with clean_air.inside():
        for _ in range(4):
            factories.decided(clean_air)
    with CaptureQueriesContext(connection) as many:
        shown = as_ben.get(url(name))
    assert len(many) == len(few)
    assert shown.text.count("Close three more streets") >= 5
    file = as_ben.get(url(name) + "?format=csv")
    assert file["Content-Type"].startswith("text/csv")
    assert file.content.decode("utf-8-sig").count("Close three more streets") == 5


def test_the_whole_way_in_a_plain_browser(clean_air, client):
    client.force_login(clean_air.user["amina"])
    rule = {
        "name": "Charter 4.2", "method": "share", "quorum": "50 %", "threshold": "2/3", "base": "for or against",
        "blocks_stop": "on", "notice_days": "0",
    }  # fmt: skip
    assert client.post(url("set_rule") + "?kind=goal", rule).status_code == 302
    start = url("new") + "?from=alignment.Statement:4&quote=Every+gate+has+clean+air"
    page = client.get(start).text
    assert 'value="alignment.Statement:4"' in page
    assert page.count("Every gate has clean air") >= 3
    words = {
        "kind": "goal",
        "title": "Clean air",
        "text": "Every gate.\r\n\r\n- one\r\n- two",
        "source": "alignment.Statement:4",
        "quote": "Every gate has clean air",
    }
    made = client.post(url("new"), words)
    assert made.status_code == 302
    with clean_air.inside():
        proposal = Proposal.objects.get()
        assert (proposal.source, proposal.text) == ("alignment.Statement:4", "Every gate.\n\n- one\n- two")
    assert client.get(made.url).status_code == 200
    assert client.get(url("change", proposal.pk)).status_code == 200
    for phase in ("clarify", "react"):
        assert client.post(url("advance", proposal.pk), {"to": phase}).status_code == 302
        assert client.post(url("advance", proposal.pk), {"to": phase}).status_code == 409
    with clean_air.inside():
        factories.make_ready(clean_air, proposal)
    assert client.post(url("advance", proposal.pk), {"to": "decide", "closes_at": "soon"}).status_code == 422
    assert (
        client.post(url("advance", proposal.pk), {"to": "decide", "closes_at": "2001-01-01T10:00"}).status_code == 422
    )
    soon = (now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(url("advance", proposal.pk), {"to": "decide", "closes_at": soon}).status_code == 302
    for who, choice in factories.ALL.items():
        client.force_login(clean_air.user[who])
        assert client.post(url("take_stance", proposal.pk), {"choice": choice, "reason": "So"}).status_code == 302
    client.force_login(clean_air.user["mei"])
    assert client.post(url("close", proposal.pk)).status_code == 302
    assert client.post(url("close", proposal.pk)).status_code == 409
    assert "Adopted with dissent on" in client.get(url("proposal", proposal.pk)).text
    with clean_air.inside():
        dissent = Dissent.objects.get()
    assert client.post(url("answer_dissent", dissent.pk), {"reply": ""}).status_code == 422
    assert client.post(url("answer_dissent", dissent.pk), {"reply": "We hear you."}).status_code == 302
    assert client.post(url("review_dissent", dissent.pk), {"note": "Fine."}).status_code == 302
    assert "We hear you." in client.get(url("dissent", dissent.pk)).text
    assert client.post(url("review", proposal.pk), {"finding": "reaffirmed"}).status_code == 302
    assert client.get(url("versions", proposal.pk)).status_code == 200
    assert "'=1+1" not in client.get(url("stances_csv", proposal.pk)).text


def test_what_was_written_comes_back_when_it_is_refused(as_ben):
    wrong = as_ben.post(url("new"), {"kind": "ordinary", "title": "x" * 200, "text": "Our whole long text"})
    assert wrong.status_code == 422
    assert "Our whole long text" in wrong.text
    forged = as_ben.post(url("new"), {"kind": "ordinary", "title": "x", "text": "y", "source": "<script>"})
    assert forged.status_code == 422


def test_two_who_write_at_once_notice(clean_air, client, proposal):
    with clean_air.inside():
        draft = factories.draft(clean_air)
    client.force_login(clean_air.user["ben"])
    words = {"title": "New", "text": "First", "after_version": 1}
    assert client.post(url("change", draft.pk), words).status_code == 302
    second = client.post(url("change", draft.pk), words | {"text": "Second"})
    assert second.status_code == 409
    assert "Second" in second.text
    assert client.post(url("change", draft.pk), words | {"text": "Second", "after_version": 2}).status_code == 302


def test_a_draft_is_seen_by_those_who_work_on_it(clean_air, client):
    with clean_air.inside():
        draft = factories.draft(clean_air)
    for who, status in {"ben": 200, "mei": 200, "amina": 200, "rosa": 404, "olu": 404}.items():
        client.force_login(clean_air.user[who])
        assert client.get(url("proposal", draft.pk)).status_code == status


def test_withdrawing_asks_for_the_word(as_ben, proposal, clean_air):
    assert as_ben.post(url("withdraw", proposal.pk), {"typed": "yes"}).status_code == 422
    assert as_ben.post(url("withdraw", proposal.pk), {"typed": "withdraw"}).status_code == 302
    with clean_air.inside():
        assert Proposal.objects.get().state == "withdrawn"


def test_an_observer_reads_and_does_not_decide(clean_air, client, proposal):
    client.force_login(clean_air.user["olu"])
    page = client.get(url("proposal", proposal.pk))
    assert "Put our stance on record" not in page.text
    assert client.post(url("take_stance", proposal.pk), {"choice": "for"}).status_code == 403
    assert client.post(url("close", proposal.pk)).status_code == 403
    assert client.get(url("new")).status_code == 403
    assert client.get(url("set_rule")).status_code == 403
    assert client.get(url("change", proposal.pk)).status_code == 403


def test_a_bad_rule_comes_back_filled(clean_air, client):
    client.force_login(clean_air.user["amina"])
    wrong = {"name": "Odd", "method": "share", "quorum": "3/2", "threshold": "2/0", "base": "all", "notice_days": "-1"}
    answer = client.post(url("set_rule") + "?kind=charter", wrong)
    assert answer.status_code == 422
    assert 'value="3/2"' in answer.text
    assert client.get(url("set_rule") + "?kind=nothing").status_code == 404
    with clean_air.inside():
        assert not DecisionRule.objects.exists()
    assert "No rule is set yet" in client.get(url("how_we_decide")).text


def test_what_awaits_each(clean_air, proposal):
    with clean_air.inside():
        kinds = {who: [str(item.kind) for item in waiting.awaiting(clean_air.actor[who])] for who in clean_air.actor}
        assert kinds["ben"] == ["A decision"]
        assert kinds["rosa"] == kinds["olu"] == kinds["gus"] == []
        factories.take(clean_air, proposal, ben="for", amina="for", mei="for", omar="for")
        assert [str(item.kind) for item in waiting.awaiting(clean_air.actor["mei"])] == ["A proposal to close"]
        actions.close_proposal(actor=clean_air.actor["mei"], proposal=proposal)
        assert [str(item.kind) for item in waiting.awaiting(clean_air.actor["ben"])] == ["A dissent"]


def test_a_statement_offers_a_proposal(clean_air, rf):
    class Statement:
        pk, text = 7, "Guards & trees first?"

    request = rf.get("/")
    request.coalition, request.actor = clean_air.coalition, clean_air.actor["ben"]
    assert proposal_from_statement(request, Statement()) == (
        "/c/clean-air/decisions/new/?from=alignment.Statement%3A7&quote=Guards+%26+trees+first%3F"
    )
    assert [str(offer.label) for offer in offers_for("statement", request, Statement())] == [
        "Draft a proposal from this"
    ]
    request.actor = clean_air.actor["olu"]
    assert offers_for("statement", request, Statement()) == []
