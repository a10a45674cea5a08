"""Values and ground rules: versions, who stands behind what, what comes into force, and the yes before a first post."""

import pytest
from django.core.exceptions import PermissionDenied

from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment import actions as rounds
from manyhands.practice.alignment.compact import actions, queries
from manyhands.practice.alignment.compact.actions import Word
from manyhands.practice.alignment.models import Compact, CompactAcceptance, CompactPoint, Ratification, Statement
from manyhands.practice.alignment.tests.factories import at, open_round

from .conftest import MEMBERS, in_force, speak, write

# --- S0-01 ----------------------------------------------------------------------------------------


def test_each_member_ratifies_or_contests_every_value_and_one_click_lists_it(inside, client):
    # S0-01
    values = write(inside, "values", points=("Children first.", "Open figures."))
    for who in MEMBERS:
        speak(inside, values, who, contests=1 if who == "omar" else None)
    actions.adopt_compact(actor=inside.actor["amina"], compact=values)
    client.force_login(inside.user["amina"])
    page = client.get(at("our_values")).text
    assert at("who_ratified", "values") in page, "one click"
    page = client.get(at("who_ratified", "values")).text
    for who in MEMBERS:
        assert inside.organization[who].name.replace("'", "&#x27;") in page
    assert "Not as it stands." in page
    only = client.get(at("who_ratified", "values") + "?said=contests").text
    table = only[only.index('id="members"') :]
    assert "Harbor Freight Workers" in table
    assert "Two Wheels Club" not in table
    file = client.get(at("who_ratified", "values") + "?format=csv").content.decode()
    assert "Harbor Freight Workers,Stands behind it,Contests it: Not as it stands." in file


def test_whoever_contests_says_why_and_the_form_comes_back_filled_in(inside, client):
    # S0-01
    values = write(inside, "values")
    first, second = values.points.all()
    client.force_login(inside.user["ben"])
    page = client.post(
        at("speak_to_compact", values.pk),
        {f"choice_{first.pk}": "contests", f"reason_{first.pk}": " ", f"choice_{second.pk}": "ratifies"},
    )
    assert page.status_code == 422
    assert "Say why you contest it" in page.text
    assert not Ratification.objects.exists()
    answer = client.post(
        at("speak_to_compact", values.pk), {f"choice_{first.pk}": "contests", f"reason_{first.pk}": "Too vague."}
    )
    assert answer.url == at("compact_version", values.pk)
    assert "Too vague." in client.get(answer.url).text
    assert Ratification.objects.get().organization == inside.organization["ben"]


def test_a_later_word_replaces_the_earlier_and_the_same_word_changes_nothing(inside):
    values = write(inside, "values")
    assert speak(inside, values, "ben", contests=0) == 2
    assert speak(inside, values, "ben", contests=0) == 0
    assert speak(inside, values, "ben") == 1
    assert set(Ratification.objects.values_list("choice", "reason")) == {("ratifies", "")}


def test_a_new_version_keeps_what_was_said_to_the_same_words(inside):
    # S0-01
    first = write(inside, "values", points=("Children first.", "Open figures."))
    for who in MEMBERS:
        speak(inside, first, who, contests=1 if who == "omar" else None)
    actions.adopt_compact(actor=inside.actor["amina"], compact=first)
    second = actions.begin_compact(actor=inside.actor["mei"], kind="values")
    assert second.number == 2
    changed = second.points.get(text="Open figures.")
    actions.withdraw_point(actor=inside.actor["mei"], point=changed)
    actions.propose_point(actor=inside.actor["omar"], compact=second, text="Open figures, once they are checked.")
    actions.ask_members(actor=inside.actor["mei"], compact=second)
    kept, new = queries.said(second)
    assert (len(kept.ratified_by), len(new.ratified_by), len(new.silent)) == (6, 0, 6)
    with pytest.raises(actions.NotCarried):
        actions.adopt_compact(actor=inside.actor["mei"], compact=second)
    for who in MEMBERS[:4]:
        speak(inside, second, who)
    actions.adopt_compact(actor=inside.actor["mei"], compact=second)
    first.refresh_from_db()
    assert first.state == "superseded"
    assert [len(row.contested) for row in queries.said(first)] == [0, 1], "the old version stays as it was"


def test_values_in_force_stand_on_the_open_page_and_the_first_version_begins_with_those_of_the_founding(inside):
    Coalition.objects.filter(pk=inside.coalition.pk).update(values="Children first.\n\nNobody pays alone.")
    values = in_force(inside, "values", points=("Open figures.",))
    assert [p.text for p in values.points.all()] == ["Children first.", "Nobody pays alone.", "Open figures."]
    assert Coalition.objects.get().values == "Children first.\nNobody pays alone.\nOpen figures."


# --- S3-25 ----------------------------------------------------------------------------------------


def test_ground_rules_are_co_written_and_come_into_force_by_the_members_vote(inside):
    # S3-25
    compact = actions.begin_compact(actor=inside.actor["mei"], kind="behaviour")
    actions.propose_point(actor=inside.actor["ben"], compact=compact, text="We let each other finish.")
    actions.propose_point(actor=inside.actor["rosa"], compact=compact, text="Phones stay in the bag.")
    assert [p.proposed_by.name for p in compact.points.all()] == ["Two Wheels Club", "Northside Clinic"]
    actions.ask_members(actor=inside.actor["mei"], compact=compact)
    for who in ("ben", "rosa"):
        speak(inside, compact, who)
    with pytest.raises(actions.NotCarried):  # two of six have spoken
        actions.adopt_compact(actor=inside.actor["mei"], compact=compact)
    for who in ("omar", "joan"):
        speak(inside, compact, who, contests=1)
    with pytest.raises(actions.NotCarried) as stopped:  # as many contest the second as stand behind it
        actions.adopt_compact(actor=inside.actor["mei"], compact=compact)
    assert [p.text for p in stopped.value.points] == ["Phones stay in the bag."]
    speak(inside, compact, "joan")
    assert actions.adopt_compact(actor=inside.actor["mei"], compact=compact).state == "in force"


def test_ground_rules_print_as_a_sheet_for_meetings(inside, client):
    # S0-03, S3-25
    client.force_login(inside.user["olu"])
    assert client.get(at("compact_print", "behaviour")).url == at("compact", "behaviour")
    in_force(inside)
    page = client.get(at("compact_print", "behaviour")).text
    assert "We let each other finish." in page
    assert "Version 1, in force since" in page


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [("", 422, "required"), ("x" * 301, 422, "300"), ("we LET each  other finish.", 422, "stands there already")],
)
def test_a_sentence_that_cannot_stand_comes_back_with_why(inside, client, text, status, says):
    compact = actions.begin_compact(actor=inside.actor["amina"], kind="behaviour")
    actions.propose_point(actor=inside.actor["ben"], compact=compact, text="We let each other finish.")
    client.force_login(inside.user["ben"])
    page = client.post(at("propose_point", compact.pk), {"text": text})
    assert page.status_code == status
    assert says in page.text
    assert CompactPoint.objects.count() == 1


def test_what_is_asked_does_not_change_and_two_versions_are_not_made_at_once(inside, client):
    compact = write(inside)
    client.force_login(inside.user["amina"])
    assert client.post(at("begin_compact", "behaviour")).status_code == 409
    assert client.post(at("propose_point", compact.pk), {"text": "Late."}).status_code == 409
    assert client.post(at("withdraw_point", compact.points.first().pk)).status_code == 409
    page = client.post(at("adopt_compact", compact.pk))
    assert page.status_code == 409
    assert "is not carried yet" in page.text
    assert client.post(at("leave_compact", compact.pk)).status_code == 302
    assert client.post(at("begin_compact", "behaviour")).status_code == 302


def test_members_take_out_only_what_their_own_organization_proposed(inside):
    compact = actions.begin_compact(actor=inside.actor["amina"], kind="behaviour")
    point = actions.propose_point(actor=inside.actor["ben"], compact=compact, text="We let each other finish.")
    with pytest.raises(PermissionDenied):
        actions.withdraw_point(actor=inside.actor["rosa"], point=point)
    actions.withdraw_point(actor=inside.actor["ben"], point=point)
    with pytest.raises(actions.NothingToAsk):
        actions.ask_members(actor=inside.actor["amina"], compact=compact)


# --- S0-03: before the first post -----------------------------------------------------------------


def test_nobody_writes_before_accepting_the_ground_rules_and_everybody_reads(inside, client):
    # S0-03
    round = open_round(inside)
    in_force(inside)
    client.force_login(inside.user["ben"])
    for name in ("round", "card", "statements"):
        assert client.get(at(name, round.pk)).status_code == 200, "reading is not blocked"
    write_page = at("write_statement", round.pk)
    sent = client.get(write_page)
    assert sent.url == f"{at('accept_compact')}?next={write_page}"
    assert "We let each other finish." in client.get(sent.url).text
    posted = client.post(write_page, {"text": "More trees."})
    assert posted.status_code == 409
    assert "More trees." in posted.text, "nothing typed is lost"
    assert not Statement.objects.filter(text="More trees.").exists()
    assert client.post(at("accept_compact"), {"next": write_page}).url == write_page
    assert client.post(write_page, {"text": "More trees."}).status_code == 302
    assert client.get(write_page).status_code == 200, "asked once"
    assert CompactAcceptance.objects.count() == 1


def test_the_gate_stands_in_the_action_too_and_new_rules_are_asked_again(inside):
    # S0-03
    round = open_round(inside)
    first = in_force(inside)
    with pytest.raises(rounds.GroundRulesFirst):
        rounds.contribute_statement(actor=inside.actor["ben"], round=round, text="More trees.")
    actions.accept_compact(actor=inside.actor["ben"], compact=first)
    rounds.contribute_statement(actor=inside.actor["ben"], round=round, text="More trees.")
    second = in_force(inside, points=("We begin on time.",))
    with pytest.raises(rounds.GroundRulesFirst):
        rounds.contribute_statement(actor=inside.actor["ben"], round=round, text="And benches.")
    with pytest.raises(actions.NotAsked):
        actions.accept_compact(actor=inside.actor["ben"], compact=first)
    actions.accept_compact(actor=inside.actor["ben"], compact=second)


def test_after_saying_yes_nobody_is_sent_to_another_site(inside, client):
    in_force(inside)
    client.force_login(inside.user["ben"])
    for bad in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert client.post(at("accept_compact"), {"next": bad}).url == at("rounds")


def test_what_awaits_and_what_is_written_down(inside):
    compact = write(inside)
    from manyhands.practice.alignment.compact.waiting import awaiting

    assert "2 sentences wait" in awaiting(inside.actor["ben"])[0].text
    speak(inside, compact, "ben")
    assert not awaiting(inside.actor["ben"])
    assert not awaiting(inside.actor["olu"])
    facts = LedgerEntry.objects.get(kind="compact.CompactSpoken").facts
    assert facts["organization_id"] == inside.organization["ben"].pk


def test_a_point_of_another_version_cannot_be_slipped_in(inside):
    other = in_force(inside, "values", points=("Children first.",))
    compact = write(inside)
    foreign = other.points.first()
    actions.speak_to_compact(
        actor=inside.actor["ben"], compact=compact, words=[Word(foreign.pk, "contests", "Sneaky.")]
    )
    assert not Ratification.objects.filter(reason="Sneaky.").exists()
    assert Compact.objects.count() == 2
