"""The pages: onboarding, the yearly question, the guide, partners side by side, and who else cares."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from manyhands.foundation.coalitions.models import Invitation
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders import queries as room
from manyhands.practice.stakeholders.models import ProfileEntry, Stakeholder, Tie
from manyhands.practice.stakeholders.profiles import actions, goals, queries
from manyhands.practice.stakeholders.profiles.goals import GoalSource, GoalWords

OURS = "/c/clean-air/allies/what-drives-us/"


# S1-29
def test_a_new_members_first_step_on_the_desk_is_what_drives_it(clean_air, client):
    client.force_login(clean_air.user["joan"])
    assert "Say what drives your organization" not in client.get("/c/clean-air/").text, "she founded it"
    with clean_air.inside():
        Invitation.objects.create(
            email="joan@clean-air.example", organization=clean_air.organization["joan"], expires_at=now(),
            invited_by=clean_air.seat["amina"], accepted_at=now(), accepted_by=clean_air.seat["joan"],
        )  # fmt: skip
    desk = client.get("/c/clean-air/").text
    first = desk[desk.index('<ul class="awaits">') :]
    assert first.index("Say what drives your organization") < 600
    assert "Say what drives your organization" in desk
    assert client.post(OURS, {"motive": " "}).status_code == 422
    given = {"motive": "Smoke at the stalls", "motive_readers": "members", "tags": "trade", "gain": "Shop counts",
             "gain_readers": "stewards", "limits": "", "limits_readers": "own"}  # fmt: skip
    assert client.post(OURS, given).status_code == 302
    page = client.get(OURS).text
    assert "What we cannot do" in page, "what is missing is asked again"
    assert 'name="motive"' not in page
    assert client.post(OURS, {"limits": "No money before spring", "limits_readers": "own"}).status_code == 302
    assert client.get(OURS).status_code == 302, "nothing is missing: on to the profile"
    assert "Say what drives your organization" not in client.get("/c/clean-air/").text
    client.force_login(clean_air.user["olu"])
    assert client.get(OURS).status_code == 403, "who sits for nobody has no organization to speak for"


# S1-29
def test_what_is_older_than_a_year_awaits_the_organization_again(clean_air, guild):
    with clean_air.inside():
        joan = clean_air.actor["joan"]
        for about in ("motive", "gain", "limits"):
            actions.write_entry(actor=joan, stakeholder=guild, about=about, text=about)
        assert not list(queries.awaiting(joan))
        ProfileEntry.objects.filter(about="gain").update(confirmed_on=localdate() - timedelta(days=365))
        (item,) = queries.awaiting(joan)
        assert item.title == "Is this still what drives you?"
        actions.confirm_all(actor=joan, stakeholder=guild)
        assert not list(queries.awaiting(joan))


# S2-07
def test_for_actors_without_a_seat_whoever_looks_after_them_is_asked(clean_air, clinic):
    with clean_air.inside():
        actions.write_entry(
            actor=clean_air.actor["rosa"], stakeholder=clinic, about="motive", text="Cough.", source="A talk",
            readers="members", said_on=localdate() - timedelta(days=366),
        )  # fmt: skip
        asked = {who: [i.title for i in queries.awaiting(clean_air.actor[who])] for who in ("rosa", "ben", "amina")}
        wanted = "Is this still what drives Eastside Clinic?"
        assert wanted in asked["rosa"]
        assert wanted not in asked["ben"]
        assert wanted not in asked["amina"], "somebody looks after them"


# S2-07
def test_partners_side_by_side_with_motive_goal_fit_red_line_and_last_confirmed(clean_air, clinic, client, monkeypatch):
    goal = GoalWords("Clean air for children", "Clean air for children", "/goal/")
    monkeypatch.setattr(goals, "_sources", [GoalSource(Stakeholder.objects.none, lambda _actor, _rows: [goal])])
    with clean_air.inside():
        for about, text in [("motive", "Children cough"), ("red line", "No ads"), ("gain", "Fewer cases")]:
            actions.write_entry(
                actor=clean_air.actor["ben"], stakeholder=clinic, about=about, text=text, source="A talk",
                readers="members", tags="health" if about == "motive" else "",
            )  # fmt: skip
    client.force_login(clean_air.user["ben"])
    page = client.get("/c/clean-air/allies/drives/").text
    table = page[page.index("<tbody>") :]
    for word in ("Children cough", "No ads", "Fewer cases", "Clean air for children", localdate().strftime("%Y")):
        assert word in table
    assert "Eastside" in client.get("/c/clean-air/allies/drives/", {"motive": "health"}).text
    # only motives that somebody may read are offered, so another word is left out
    none = client.get("/c/clean-air/allies/drives/", {"confirmed": "old"}).text
    assert "Nobody fits that" in none


# S2-23
def test_the_guide_comes_back_filled_when_consent_is_missing(clean_air, clinic, client):
    client.force_login(clean_air.user["ben"])
    address = f"/c/clean-air/allies/{clinic.pk}/interview/"
    assert "What could you never agree to?" in client.get(address).text
    given = {"answer-never": "Ads on our walls", "source": "By phone", "said_on": "2026-03-01", "readers": "stewards"}
    bad = client.post(address, given)
    assert bad.status_code == 422
    assert "Ads on our walls" in bad.text
    assert client.post(address, {**given, "has_consent": "on"}).status_code == 302
    with clean_air.inside():
        assert ProfileEntry.objects.get().has_consent


# S3-14
def test_what_members_of_a_sector_typically_bring_is_asked_for(clean_air, clinic, client):
    client.force_login(clean_air.user["ben"])
    page = client.get(f"/c/clean-air/allies/{clinic.pk}/profile/").text
    assert "From Health it is typically" in page
    with clean_air.inside():
        actions.write_entry(
            actor=clean_air.actor["ben"], stakeholder=clinic, about="brings", text="A hall.", source="A talk",
            readers="members",
        )  # fmt: skip
    assert "From Health it is typically" not in client.get(f"/c/clean-air/allies/{clinic.pk}/profile/").text


def test_a_form_comes_back_filled_and_a_conflict_is_told(clean_air, clinic, client):
    client.force_login(clean_air.user["amina"])
    address = f"/c/clean-air/allies/{clinic.pk}/profile/"
    given = {"about": "motive", "text": "Cough", "source": "A talk", "said_on": "2026-03-01", "readers": "members"}
    bad = client.post(address, {**given, "source": ""})
    assert bad.status_code == 422
    assert "Cough" in bad.text
    assert client.post(address, given).status_code == 302
    with clean_air.inside():
        first = ProfileEntry.objects.get()
    assert client.post(address, {**given, "replaces": first.pk, "text": "Anew"}).status_code == 302
    late = client.post(address, {**given, "replaces": first.pk, "text": "Mine"})
    assert late.status_code == 409
    assert "Mine" in late.text


# S2-15
def test_a_goal_finds_those_who_care_and_those_one_tie_away(clean_air, clinic, guild):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        for name, more in [
            ("Orchard School", {"tags": "children"}), ("Car Club", {"tags": "children", "stance": "against",
             "stance_source": "A letter", "stance_on": localdate()}), ("Mayor", {}), ("Fund", {}),
        ]:  # fmt: skip
            allies.add_ally(actor=amina, name=name, **more)
        get = {a.name: a for a in room.allies()}
        actions.write_entry(
            actor=amina, stakeholder=clinic, about="motive", text="Our children cough at school", source="A talk"
        )
        for one, other, kind in [("Mayor", "Orchard School", "knows"), ("Fund", "Orchard School", "opposes")]:
            Tie.objects.create(one=get[one], other=get[other], kind=kind, level=2, source="s", seen_on=localdate())
        found = room.allies_for("Every child breathes clean air; children walk to school", amina)
        assert [match.ally.name for match in found.matching] == ["Eastside Clinic", "Orchard School"]
        assert [(near.ally.name, near.through.name) for near in found.one_tie_away] == [("Mayor", "Orchard School")]
        # Ben may not read the clinic's motive, so it is not what he finds it by.
        assert [match.ally.name for match in room.allies_for("children cough", clean_air.actor["ben"]).matching] == [
            "Orchard School"
        ]
        assert room.allies_for("of the and", amina) == room.WhoCares()
        assert room.allies_for("children", clean_air.actor["gus"]) == room.WhoCares()


@pytest.mark.parametrize("wanted", ["x", "999999", "-1", "9" * 30])
def test_saying_anew_what_is_not_there(clean_air, clinic, client, wanted):
    client.force_login(clean_air.user["ben"])
    page = client.get(f"/c/clean-air/allies/{clinic.pk}/profile/", {"anew": wanted, "about": wanted})
    assert page.status_code in {200, 404}


@pytest.mark.parametrize(("who", "may"), [("ben", True), ("olu", False)])
def test_only_who_speaks_for_an_organization_is_led_to_what_drives_it(clean_air, client, who, may):
    client.force_login(clean_air.user[who])
    page = client.get("/c/clean-air/allies/drives/")
    assert page.status_code == 200
    assert (OURS in page.text) == may == (client.get(OURS, follow=True).status_code == 200)
