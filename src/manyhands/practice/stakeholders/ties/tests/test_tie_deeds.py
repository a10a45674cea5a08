"""Ties: who may write them, what both sides make of them, what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.models import Tie
from manyhands.practice.stakeholders.ties import actions, personal, queries


def test_a_tie_is_a_claim_and_kept_once_from_both_ends(clean_air, placed, tie):
    with clean_air.inside():
        made = tie("rosa", "amina", level=2)
        assert (made.state, made.level, made.claimed_by_id) == ("claimed", 2, clean_air.seat["mei"].pk)
        assert made.one_id < made.other_id
        with pytest.raises(actions.TieExists) as refused:
            tie("amina", "rosa", level=4)
        assert refused.value.tie == made
        tie("amina", "rosa", kind="funds")  # another kind is another tie
        entry = LedgerEntry.objects.filter(kind="ties.TieWritten").first()
        assert set(entry.facts) == {"tie_id", "stakeholder_id", "other_stakeholder_id", "kind_of_tie"}


def test_money_has_a_direction_that_is_kept(clean_air, placed, tie):
    with clean_air.inside():
        later, earlier = tie("rosa", "amina", kind="funds"), tie("amina", "rosa", kind="funds")
        assert (later.one_id, earlier.one_id) == (placed.rosa.pk, placed.amina.pk)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"level": 6}, "0 to 5"),
        ({"level": -1}, "0 to 5"),
        ({"kind": "marries"}, "no such kind"),
        ({"source": "  "}, "how we know"),
        ({"seen_on": date(2999, 1, 1)}, "future"),
        ({"since": localdate() + timedelta(days=1)}, "begin after"),
    ],
)
def test_what_cannot_be_is_refused(clean_air, placed, changed, words):
    said = {"one": placed.amina, "other": placed.rosa, "level": 3, "source": "x", **changed}
    with clean_air.inside():
        with pytest.raises(actions.Refused, match=words):
            actions.write_tie(actor=clean_air.actor["mei"], **said)
        assert not Tie.objects.exists()


def test_nobody_is_tied_to_themselves_or_to_who_is_gone(clean_air, safe_streets, placed):
    mei, amina = clean_air.actor["mei"], clean_air.actor["amina"]
    with clean_air.inside():
        with pytest.raises(actions.Refused, match="themselves"):
            actions.write_tie(actor=mei, one=placed.port, other=placed.port, level=1, source="x")
        allies.remove_ally(actor=amina, stakeholder=placed.port)
        with pytest.raises(actions.Refused, match="no longer"):
            actions.write_tie(actor=mei, one=placed.port, other=placed.taxis, level=1, source="x")
    with safe_streets.inside():
        theirs = allies.add_ally(actor=safe_streets.actor["zed"], name="Theirs")
    with clean_air.inside(), pytest.raises(PermissionDenied):
        actions.write_tie(actor=mei, one=placed.taxis, other=theirs, level=1, source="x")


@pytest.mark.parametrize("who", ["olu", "gus"])
def test_observers_and_guests_write_nothing(clean_air, placed, tie, who):
    with clean_air.inside():
        made = tie("amina", "rosa")
        for deed in (
            lambda actor: actions.write_tie(actor=actor, one=placed.port, other=placed.taxis, level=1, source="x"),
            lambda actor: actions.end_tie(actor=actor, tie=made),
            lambda actor: actions.rate_tie(actor=actor, tie=made, level=1),
            lambda actor: actions.record_consent(actor=actor, tie=made, consent="agreed", source="x"),
        ):
            with pytest.raises(PermissionDenied):
                deed(clean_air.actor[who])


@pytest.mark.parametrize(
    ("amina_says", "rosa_says", "state", "level"),
    [
        (4, 4, "confirmed", 4),
        (3, 4, "confirmed", 3),
        (1, 4, "disputed", 1),
        (0, 1, "disputed", 0),
        (4, None, "claimed", 4),
    ],
)
def test_both_sides_say_how_close_and_what_follows(clean_air, tie, amina_says, rosa_says, state, level):
    # S1-26: a level from no contact to full collaboration, rated by both sides
    with clean_air.inside():
        made = tie("amina", "rosa", level=2)
        for who, said in (("amina", amina_says), ("rosa", rosa_says)):
            if said is not None:
                made = actions.rate_tie(actor=clean_air.actor[who], tie=made, level=said)
        assert (made.state, made.level) == (state, level)


def test_only_the_two_sides_rate(clean_air, tie):
    with clean_air.inside():
        made = tie("amina", "rosa")
        with pytest.raises(PermissionDenied):
            actions.rate_tie(actor=clean_air.actor["ben"], tie=made, level=1)
        with pytest.raises(actions.Refused, match="0 to 5"):
            actions.rate_tie(actor=clean_air.actor["rosa"], tie=made, level=9)


def test_who_writes_of_the_own_organization_has_said_its_side(clean_air, placed, tie):
    with clean_air.inside():
        made = tie("amina", "rosa", level=4, by="rosa")
        side = queries.side_of(clean_air.actor["rosa"], made)
        assert getattr(made, f"level_{side}") == 4
        made = actions.rate_tie(actor=clean_air.actor["rosa"], tie=made, level=None)
        assert (made.level_one, made.level_other) == (None, None)


def test_a_side_without_a_seat_is_passed_on_with_its_source(clean_air, placed, tie):
    with clean_air.inside():
        made = tie("omar", "port", level=3, by="omar")
        side = "one" if made.one_id == placed.port.pk else "other"
        theirs = {"one": "other", "other": "one"}[side]
        with pytest.raises(actions.Refused, match="who told you"):
            actions.pass_on(actor=clean_air.actor["mei"], tie=made, side=side, level=3)
        with pytest.raises(actions.Refused, match="say for themselves"):
            actions.pass_on(actor=clean_air.actor["mei"], tie=made, side=theirs, level=3, source="x")
        made = actions.pass_on(actor=clean_air.actor["mei"], tie=made, side=side, level=3, source="Ingrid, by phone")
        assert made.state == "confirmed"


def test_a_tie_changes_with_its_version_and_not_over_the_heads_of_its_sides(clean_air, tie):
    with clean_air.inside():
        made, mei = tie("amina", "rosa", level=2), clean_air.actor["mei"]
        changed = actions.change_tie(
            actor=mei, tie=made, version=made.version, level=3, source="A letter", seen_on=localdate()
        )
        assert (changed.level, changed.version) == (3, made.version + 1)
        with pytest.raises(actions.ChangedMeanwhile):
            actions.change_tie(actor=mei, tie=made, version=made.version, source="Late", seen_on=localdate())
        changed = actions.rate_tie(actor=clean_air.actor["amina"], tie=changed, level=3)
        with pytest.raises(actions.Refused, match="said themselves"):
            actions.change_tie(
                actor=mei, tie=changed, version=changed.version, level=5, source="x", seen_on=localdate()
            )


def test_consent_needs_who_gave_it(clean_air, tie):
    with clean_air.inside():
        made, mei = tie("amina", "rosa"), clean_air.actor["mei"]
        with pytest.raises(actions.Refused, match="who agreed"):
            actions.record_consent(actor=mei, tie=made, consent="agreed", source=" ")
        made = actions.record_consent(actor=mei, tie=made, consent="agreed", source="Rosa")
        assert (made.consent, made.consent_on) == ("agreed", localdate())
        made = actions.record_consent(actor=mei, tie=made, consent="")
        assert (made.consent_source, made.consent_on) == ("", None)


def test_a_tie_ends_and_comes_back(clean_air, tie):
    with clean_air.inside():
        made, mei = tie("amina", "rosa"), clean_air.actor["mei"]
        with pytest.raises(actions.Refused, match="future"):
            actions.end_tie(actor=mei, tie=made, on=localdate() + timedelta(days=1))
        actions.end_tie(actor=mei, tie=made)
        actions.end_tie(actor=mei, tie=made)
        assert not queries.live_ties().exists()
        assert LedgerEntry.objects.filter(kind="ties.TieEnded").count() == 1
        again = tie("amina", "rosa")
        with pytest.raises(actions.TieExists):
            actions.restore_tie(actor=mei, tie=made)
        actions.end_tie(actor=mei, tie=again)
        assert actions.restore_tie(actor=mei, tie=made).ended_on is None


def test_an_ally_that_is_taken_off_takes_its_ties_off_the_map(clean_air, placed, tie):
    with clean_air.inside():
        tie("omar", "port")
        allies.remove_ally(actor=clean_air.actor["amina"], stakeholder=placed.port)
        assert not queries.network(with_ended=True).links
        allies.restore_ally(actor=clean_air.actor["amina"], stakeholder=placed.port)
        assert len(queries.network().links) == 1


def test_a_person_takes_their_views_along_and_leaves_ties_behind(clean_air, tie):
    with clean_air.inside():
        made = tie("amina", "rosa")
        actions.save_view(actor=clean_air.actor["mei"], page="network", name="Mine", query="level=3")
        seat = clean_air.seat["mei"].pk
        taken = personal.export([seat])
        assert (len(taken["ties_written"]), taken["saved_views"][0]["name"]) == (1, "Mine")
        personal.erase([seat])
        made.refresh_from_db()
        assert made.claimed_by_id is None
        assert not personal.export([seat])["saved_views"]
