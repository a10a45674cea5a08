"""From the letter with a menu to the seat: what was ticked becomes offers, once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.foundation.access.rules import Visitor
from manyhands.foundation.coalitions import actions as table
from manyhands.foundation.coalitions.models import Invitation, Organization
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.coverage import actions as coverage
from manyhands.practice.stakeholders.models import Contact, InvitedContribution, Offer, Stakeholder
from manyhands.practice.stakeholders.outreach import actions


def invite(world, ally, items=(), **more):
    return actions.write_invitation(
        actor=world.actor["amina"],
        stakeholder=ally,
        email="ines@eastside.example",
        message="Come.",
        items=items,
        **more,
    )


# S1-20
def test_an_invitation_carries_a_menu_and_acceptance_makes_the_offers_once(
    clean_air, clinic, menu, script, secret_of, client
):
    with clean_air.inside():
        invitation = invite(clean_air, clinic, menu, script=script)
        clinic.refresh_from_db()
        assert (clinic.stage, clinic.member_id) == ("contacted", None)
        assert Contact.objects.get().script == script
    page = client.get(reverse("coalitions:join", args=[secret_of(invitation)]))
    assert "One Saturday at a gate" in page.text
    ticked = {"name": "Ines", "menu": [menu[0].pk, menu[2].pk]}
    taken = client.post(reverse("coalitions:join", args=[secret_of(invitation)]), ticked)
    assert taken.status_code == 302
    run_waiting()
    with clean_air.inside():
        offers = Offer.objects.order_by("pk")
        assert [(o.text, o.kind, o.organization.name) for o in offers] == [
            ("One Saturday at a gate", "hours", "Eastside Clinic"),
            ("A quote", "voice", "Eastside Clinic"),
        ]
        clinic.refresh_from_db()
        assert clinic.stage == "committed"
        assert clinic.member == Organization.objects.get(name="Eastside Clinic")
        assert {o.stakeholder_id for o in offers} == {clinic.pk}
        assert Contact.objects.get().outcome == "interested"
        assert Stakeholder.objects.filter(name="Eastside Clinic").count() == 1
        # The listener may be called again, and by hand: nothing doubles.
        again = Invitation.objects.get(pk=invitation.pk)
        assert actions.welcome_ally(actor=clean_air.actor["ben"], invitation=again) == []
        assert Offer.objects.count() == 2
    client.force_login(clean_air.user["olu"])
    assert "A quote" in client.get("/c/clean-air/allies/offers/").text


# S1-20
def test_what_was_ticked_and_the_seat_stand_or_fall_together(clean_air, clinic, menu, secret_of, client, monkeypatch):
    from manyhands.practice.stakeholders.outreach import at_the_door

    with clean_air.inside():
        invitation = invite(clean_air, clinic, menu)
    secret = secret_of(invitation)

    def fails(**given):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(at_the_door, "choose_from_menu", fails)
    with pytest.raises(RuntimeError):
        client.post(reverse("coalitions:join", args=[secret]), {"name": "Ines", "menu": [menu[0].pk]})
    with clean_air.inside():
        assert Invitation.objects.get(pk=invitation.pk).accepted_at is None
        assert not InvitedContribution.objects.filter(chosen_at__isnull=False).exists()


def test_ticking_what_was_not_offered_is_refused_and_ticking_nothing_is_fine(
    clean_air, clinic, menu, secret_of, client
):
    with clean_air.inside():
        invitation = invite(clean_air, clinic, menu[:1])
    address = reverse("coalitions:join", args=[secret_of(invitation)])
    assert client.post(address, {"name": "Ines", "menu": [menu[2].pk]}).status_code == 422
    assert client.post(address, {"name": "Ines"}).status_code == 302
    run_waiting()
    with clean_air.inside():
        clinic.refresh_from_db()
        assert (clinic.stage, Offer.objects.count()) == ("committed", 0)


def test_an_invitation_without_a_menu_asks_nothing_more(clean_air, clinic, secret_of, client):
    with clean_air.inside():
        invitation = invite(clean_air, clinic)
    assert "Could you do one of these" not in client.get(reverse("coalitions:join", args=[secret_of(invitation)])).text


def test_a_no_comes_back_to_the_ally(clean_air, clinic, menu, secret_of):
    with clean_air.inside():
        invitation = invite(clean_air, clinic, menu)
    table.decline_invitation(actor=Visitor(), secret=secret_of(invitation))
    run_waiting()
    with clean_air.inside():
        clinic.refresh_from_db()
        assert (clinic.stage, Contact.objects.get().outcome) == ("declined", "refused")
        assert not Offer.objects.exists()


@pytest.mark.parametrize(
    ("held", "why"), [({"never_because": "They asked us not to"}, "never"), ({"not_before": "later"}, "before")]
)
def test_not_now_and_never_are_honoured(clean_air, clinic, held, why):
    from datetime import timedelta

    from django.utils.timezone import localdate

    with clean_air.inside():
        given = {name: localdate() + timedelta(days=9) if value == "later" else value for name, value in held.items()}
        actions.hold_back(actor=clean_air.actor["ben"], stakeholder=clinic, **given)
        with pytest.raises(actions.Refused, match=why):
            invite(clean_air, clinic)
        assert not Invitation.objects.exists()


def test_a_person_comes_for_themselves_and_becomes_no_member(clean_air, ines, menu, secret_of, client):
    with clean_air.inside():
        invitation = invite(clean_air, ines, menu, standing="observer")
        assert invitation.organization is None
    client.post(reverse("coalitions:join", args=[secret_of(invitation)]), {"name": "Ines", "menu": [menu[0].pk]})
    run_waiting()
    with clean_air.inside():
        ines.refresh_from_db()
        assert (ines.stage, ines.member_id, Offer.objects.get().organization) == ("committed", None, None)


@pytest.mark.parametrize("who", ["ben", "mei", "olu", "gus"])
def test_only_those_who_may_invite_write_invitations(clean_air, clinic, who, client):
    with clean_air.inside(), pytest.raises(PermissionDenied):
        actions.write_invitation(actor=clean_air.actor[who], stakeholder=clinic, email="x@y.example")
    client.force_login(clean_air.user[who])
    assert client.get(f"/c/clean-air/allies/{clinic.pk}/invite/").status_code == 403


def test_only_whoever_took_the_seat_ticks(clean_air, clinic, menu, secret_of):
    with clean_air.inside():
        invitation = invite(clean_air, clinic, menu)
    seat = table.accept_invitation(actor=Visitor(), secret=secret_of(invitation), name="Ines")
    with clean_air.inside():
        current = Invitation.objects.get(pk=invitation.pk)
        with pytest.raises(PermissionDenied):
            actions.choose_from_menu(actor=clean_air.actor["amina"], invitation=current, items=[menu[0].pk])
        from manyhands.foundation.coalitions.middleware import actor_for

        assert actions.choose_from_menu(actor=actor_for(seat), invitation=current, items=[menu[0].pk, 999]) == 1


def test_the_letter_begins_with_words_and_comes_back_filled(clean_air, clinic, menu, script, client):
    client.force_login(clean_air.user["amina"])
    address = f"/c/clean-air/allies/{clinic.pk}/invite/"
    assert "38 children cough." in client.get(address, {"script": script.pk}).text
    given = {"email": "ines@eastside.example", "standing": "representative", "message": "Come.", "items": [menu[0].pk],
             "script": script.pk}  # fmt: skip
    assert client.post(address, {**given, "email": "nobody"}).status_code == 422
    assert client.post(address, given).status_code == 302
    again = client.post(address, given)
    assert again.status_code == 409, "the address has an open invitation"
    assert "Come." in again.text
    assert "still waits for an answer" in client.get(address).text
    client.force_login(clean_air.user["amina"])
    assert "One Saturday" in client.get("/c/clean-air/allies/outreach/invited/").text


def test_two_allies_of_one_name_do_not_become_one_member(clean_air, clinic, secret_of, client):
    with clean_air.inside():
        other = allies.add_ally(actor=clean_air.actor["amina"], name="Eastside Clinic", city="Harbor")
        invitation = invite(clean_air, other)
    client.post(reverse("coalitions:join", args=[secret_of(invitation)]), {"name": "Ines"})
    run_waiting()
    with clean_air.inside():
        other.refresh_from_db()
        clinic.refresh_from_db()
        assert clinic.member_id is None
        assert other.stage == "committed"


# S3-33
def test_a_limit_that_a_public_body_disclosed_switches_unsuitable_asks_off(clean_air, clinic, menu, client):
    with clean_air.inside():
        said = {"kind": "lobbying", "text": "May not lobby.", "source": "State law", "on": localdate()}
        coverage.disclose_interest(actor=clean_air.actor["amina"], stakeholder=clinic, asks_off=["lobby"], **said)
        quote = next(item for item in menu if item.kind == "voice")
        with pytest.raises(actions.Refused, match=quote.text):
            invite(clean_air, clinic, [quote])
        client.force_login(clean_air.user["amina"])
        page = client.get(reverse("stakeholders:write_invitation", args=["clean-air", clinic.pk])).text
        assert quote.text not in page
        assert "What a limit of theirs rules out is left out here." in page
        assert invite(clean_air, clinic, [item for item in menu if item.kind != "voice"])
