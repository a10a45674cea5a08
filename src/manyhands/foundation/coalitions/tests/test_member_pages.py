"""Pages about the coalition, its members, seats and groups."""

import pytest

from manyhands.foundation.coalitions import actions
from manyhands.foundation.coalitions.models import Coalition, Membership, Organization, Seat, WorkingGroup
from manyhands.foundation.tenancy.scope import inside

C = "/c/clean-air/"
PAGES = ["members/", "groups/", "seats/mine/", "who-may-do-what/", "ledger/"]
FOR_COORDINATORS = ["members/add/", "invitations/", "invitations/new/", "settings/"]


@pytest.fixture
def amina(clean_air, client):
    client.force_login(clean_air.user["amina"])
    return client


@pytest.mark.parametrize("page", PAGES + FOR_COORDINATORS)
def test_who_may_open_a_page(clean_air, safe_streets, client, page):
    assert client.get(C + page).status_code == 302  # signed out: sign in first
    client.force_login(clean_air.user["amina"])
    assert client.get(C + page).status_code == 200
    client.force_login(clean_air.user["olu"])
    assert client.get(C + page).status_code == (200 if page in PAGES else 403)
    client.force_login(safe_streets.user["zed"])
    assert client.get(C + page).status_code == 404


@pytest.mark.parametrize("page", ["members/", "groups/", "ledger/", "invitations/", "seats/mine/", "settings/"])
def test_pages_ask_at_most_eight_questions_however_many_rows(clean_air, amina, page, django_assert_max_num_queries):
    with clean_air.inside():
        for number in range(12):
            actions.add_member_organization(actor=clean_air.actor["amina"], name=f"Club {number}", state="active")
            actions.propose_group(actor=clean_air.actor["ben"], name=f"Group {number}", lead=clean_air.seat["mei"])
            actions.invite(
                actor=clean_air.actor["amina"], email=f"x{number}@example.org", organization_name=f"House {number}"
            )
    amina.get(C + page)
    with django_assert_max_num_queries(8):
        assert amina.get(C + page).status_code == 200


class TestStart:
    ASKED = {"name": "Quiet Nights", "purpose": "Everyone sleeps.", "accent": "iris", "organization_name": "Sleepers"}

    def test_it_begins_and_leads_to_the_desk(self, clean_air, client):
        client.force_login(clean_air.user["ben"])
        assert 'value="iris"' in client.get("/start/").text
        assert client.post("/start/", self.ASKED).url == "/c/quiet-nights/"
        made = Coalition.objects.get(slug="quiet-nights")
        with inside(made.pk):
            assert Seat.objects.get().label == "Ben, Sleepers"

    @pytest.mark.parametrize(
        "wrong", [{"name": ""}, {"purpose": " "}, {"accent": "mauve"}, {"purpose": "x" * 401}, {"name": "a\x00"}]
    )
    def test_a_form_that_is_not_right_comes_back_filled(self, clean_air, client, wrong):
        client.force_login(clean_air.user["ben"])
        answer = client.post("/start/", {**self.ASKED, **wrong})
        assert answer.status_code == 422
        assert "Sleepers" in answer.text
        assert Coalition.objects.count() == 1

    def test_strangers_sign_in_first(self, db, client):
        assert client.get("/start/").url.startswith("/accounts/login/")

    def test_a_naughty_name_is_kept_as_it_is(self, clean_air, client):
        client.force_login(clean_air.user["ben"])
        name = "<script>alert('ñ 🐝')</script>"
        to = client.post("/start/", {**self.ASKED, "name": name}).url
        assert Coalition.objects.get(slug=to.split("/")[2]).name == name
        assert "<script>alert" not in client.get(to + "members/").text


class TestMembers:
    def test_the_list_says_who_speaks_and_goes_out_as_csv(self, clean_air, amina):
        page = amina.get(C + "members/").text
        assert "Two Wheels Club" in page
        assert "Ben" in page
        assert "Olu" in page  # sits for themselves
        assert "Two Wheels Club" not in amina.get(C + "members/?q=clinic").text
        assert "Nothing fits" in amina.get(C + "members/?q=zzz").text
        rows = amina.get(C + "members/?format=csv").text
        assert "Ben (Representative)" in rows
        assert "@" not in rows

    def test_an_organization_is_added_and_changed_by_form(self, clean_air, amina):
        to = amina.post(C + "members/add/", {"name": "Valley Clinic", "is_public": "on"}).url
        with clean_air.inside():
            made = Organization.objects.get(name="Valley Clinic")
            assert made.is_public
        assert to == f"{C}members/{made.pk}/"
        taken = amina.post(C + "members/add/", {"name": "Two Wheels Club", "about": "Bikes"})
        assert (taken.status_code, "Bikes" in taken.text) == (409, True)
        assert amina.post(C + "members/add/", {"name": ""}).status_code == 422
        assert amina.post(f"{to}change/", {"name": "Hill Clinic"}).url == to
        assert amina.post(f"{to}change/", {"name": "Hill Clinic", "website": "x"}).status_code == 422
        assert "Hill Clinic" in amina.get(to).text

    def test_membership_steps_by_button(self, clean_air, amina):
        with clean_air.inside():
            ben = clean_air.organization["ben"].pk
        to = f"{C}members/{ben}/"
        assert amina.post(to + "step/", {"state": "paused"}).url == to
        assert amina.post(to + "step/", {"state": "paused"}).status_code == 409
        assert amina.post(to + "step/", {"state": "king"}).status_code == 422
        assert amina.post(to + "remove/", {"reason": ""}).status_code == 422
        assert amina.post(to + "remove/", {"reason": "They sold our list"}).url == C + "members/"
        assert amina.post(to + "remove/", {"reason": "again"}).status_code == 409
        assert "They sold our list" in amina.get(to).text
        with clean_air.inside():
            Seat.objects.filter(pk=clean_air.seat["amina"].pk).update(is_steward=False)
        assert "They sold our list" not in amina.get(to).text

    def test_whoever_speaks_for_an_organization_may_take_it_out_and_others_may_not(self, clean_air, client):
        to = f"{C}members/{clean_air.organization['ben'].pk}/"
        client.force_login(clean_air.user["rosa"])
        for path in ("change/", "leave/", "remove/"):
            assert client.get(to + path).status_code == 403
        assert client.post(to + "step/", {"state": "paused"}).status_code == 403
        client.force_login(clean_air.user["ben"])
        assert "Change" in client.get(to).text
        assert client.post(to + "leave/", {"reason": ""}).status_code == 302
        with clean_air.inside():
            assert Membership.objects.get(organization=clean_air.organization["ben"]).state == "withdrawn"
        assert client.get(to).status_code == 404  # the seat ended with it


class TestSeats:
    def test_a_coordinator_changes_and_ends_a_seat(self, clean_air, amina):
        to = f"{C}seats/{clean_air.seat['ben'].pk}/"
        assert "The seat of Ben" in amina.get(to).text
        asked = {"organization": clean_air.organization["ben"].pk, "standing": "alternate", "offices": ["facilitator"]}
        assert amina.post(to, asked).url == C + "members/"
        assert amina.post(to, {"standing": "king"}).status_code == 422
        assert amina.post(to + "end/").url == C + "members/"
        assert amina.get(to).status_code == 404

    def test_the_last_coordinator_is_told_why_not(self, clean_air, amina):
        answer = amina.post(f"{C}seats/{clean_air.seat['amina'].pk}/", {"standing": "observer"})
        assert (answer.status_code, "at least one coordinator" in answer.text) == (409, True)
        answer = amina.post(C + "seats/mine/")
        assert (answer.status_code, "at least one coordinator" in answer.text) == (409, True)

    def test_one_leaves_ones_own_seat(self, clean_air, client):
        client.force_login(clean_air.user["gus"])
        assert "Leave my seat" in client.get(C + "seats/mine/").text
        assert client.post(C + "seats/mine/").url == "/"
        assert client.get(C + "seats/mine/").status_code == 404


class TestGroups:
    def test_from_proposal_to_work(self, clean_air, amina):
        to = amina.post(C + "groups/propose/", {"name": "Streets", "mandate": "May spend 200."}).url
        assert amina.post(C + "groups/propose/", {"name": "streets"}).status_code == 409
        assert amina.post(C + "groups/propose/", {"name": ""}).status_code == 422
        assert amina.post(to + "step/", {"state": "chartered"}).url == to
        assert amina.post(to + "step/", {"state": "paused"}).status_code == 409
        assert amina.post(to + "lead/", {"lead": clean_air.seat["mei"].pk}).url == to
        assert amina.post(to + "lead/", {"lead": 99999}).status_code == 422
        assert amina.post(to + "join/").url == to
        assert amina.post(to + "join/").status_code == 409
        page = amina.get(to).text
        assert "Mei leads it." in page
        assert "2 people work in it" in page
        assert amina.post(to + "leave/").url == to
        assert amina.post(to + "change/", {"name": "School streets", "mandate": "x"}).url == to
        assert "School streets" in amina.get(C + "groups/?format=csv").text

    def test_others_read_it_and_change_nothing(self, clean_air, client):
        with clean_air.inside():
            group = WorkingGroup.objects.create(name="Streets")
        client.force_login(clean_air.user["rosa"])
        to = f"{C}groups/{group.pk}/"
        assert client.get(to).status_code == 200
        assert client.get(to + "change/").status_code == 403
        assert client.post(to + "step/", {"state": "closed"}).status_code == 403
        client.force_login(clean_air.user["olu"])
        assert client.post(C + "groups/propose/", {"name": "x"}).status_code == 403


class TestSettings:
    def test_what_it_says_about_itself(self, clean_air, amina):
        asked = {"name": "Air", "purpose": "We breathe.", "accent": "fern", "is_public": "on"}
        assert amina.post(C + "settings/", asked).url == C + "settings/"
        page = amina.get(C + "settings/").text
        assert 'data-accent="fern"' in page
        assert "/o/clean-air/" in page

    def test_a_refused_change_shows_what_was_typed_and_keeps_the_door(self, clean_air, amina):
        answer = amina.post(C + "settings/", {"name": "New name", "purpose": "", "accent": "fern"})
        assert answer.status_code == 422
        assert "New name" in answer.text
        assert '<span class="door-name">Clean Air for Kids</span>' in answer.text

    def test_its_life_goes_on_by_button(self, clean_air, amina):
        assert amina.post(C + "settings/state/", {"state": "recycling"}).url == C + "settings/"
        assert amina.post(C + "settings/state/", {"state": "active"}).status_code == 409
        assert amina.post(C + "settings/state/", {"state": "heaven"}).status_code == 422


def test_who_may_do_what_is_told_in_sentences_with_ones_own_roles(clean_air, client):
    client.force_login(clean_air.user["mei"])
    page = client.get(C + "who-may-do-what/").text
    assert "Invite people and organizations, send the letter again, or take an invitation back." in page
    assert "Facilitator" in page
