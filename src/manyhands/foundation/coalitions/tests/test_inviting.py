"""Invitations as deeds: who may, the letter, the link that works once for one person."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.timezone import now

from manyhands.foundation.access.rules import Visitor
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions import actions
from manyhands.foundation.coalitions.models import Invitation, Membership, Organization, Seat
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry


def invite(world, **more):
    with world.inside():
        return actions.invite(actor=world.actor["amina"], **{"email": "Ana@Clinic.example", **more})


def secret_from_letter() -> str:
    """The link's secret, as the invited person finds it in the newest letter."""
    run_waiting()
    return re.search(r"/join/([\w-]+)/", mail.outbox[-1].body).group(1)


def kinds(world) -> list[str]:
    with world.inside():
        return [kind.split(".")[1] for kind in LedgerEntry.objects.order_by("id").values_list("kind", flat=True)]


class TestInvite:
    def test_a_letter_with_a_link_goes_to_the_address_and_only_a_fingerprint_stays(self, clean_air):
        made = invite(clean_air, organization_name="Valley Clinic", message="We miss nurses.")
        assert made.email == "ana@clinic.example"
        secret = secret_from_letter()
        (letter,) = mail.outbox
        assert letter.to == ["ana@clinic.example"]
        assert letter.subject == "Amina invites you to Clean Air for Kids"
        assert "We miss nurses." in letter.body
        assert "Valley Clinic" in letter.alternatives[0][0]
        with connection.cursor() as cursor, clean_air.inside():
            cursor.execute("SELECT * FROM coalitions_invitation")
            assert secret not in str(cursor.fetchall())
            assert Invitation.objects.get().sent_at
            assert Organization.objects.get(name="Valley Clinic").membership.state == "invited"
            assert "ana" not in str(list(LedgerEntry.objects.values()))

    def test_an_organization_named_again_is_not_written_twice(self, clean_air):
        invite(clean_air, organization_name="two wheels CLUB")
        with clean_air.inside():
            assert Invitation.objects.get().organization == clean_air.organization["ben"]
            assert Organization.objects.count() == 6

    def test_the_message_cannot_break_the_letter(self, clean_air):
        invite(clean_air, message="<script>x</script>\r\nBcc: all@example.org")
        secret_from_letter()
        assert "<script>" not in mail.outbox[0].alternatives[0][0]
        assert not mail.outbox[0].bcc

    def test_the_letter_is_written_once_however_often_the_job_runs(self, clean_air):
        invite(clean_air)
        run_waiting()
        from manyhands.foundation.coalitions.letters import send_invitation
        from manyhands.foundation.jobs.tasks import enqueue

        with clean_air.inside():
            enqueue(send_invitation, invitation_id=Invitation.objects.get().pk)
        run_waiting()
        assert len(mail.outbox) == 1

    def test_members_without_the_office_may_not(self, clean_air):
        with clean_air.inside():
            for name in ("ben", "mei", "olu", "gus"):
                with pytest.raises(PermissionDenied):
                    actions.invite(actor=clean_air.actor[name], email="x@example.org")
        assert not mail.outbox

    def test_nor_for_an_organization_of_another_coalition(self, clean_air, safe_streets):
        with safe_streets.inside(), pytest.raises(PermissionDenied):
            actions.invite(
                actor=safe_streets.actor["zed"], email="x@example.org", organization=clean_air.organization["ben"]
            )

    def test_an_address_is_asked_once_at_a_time(self, clean_air):
        invite(clean_air)
        with pytest.raises(actions.AlreadyInvited):
            invite(clean_air, email="ana@clinic.EXAMPLE")

    def test_whoever_sits_here_is_not_invited(self, clean_air):
        with pytest.raises(actions.AlreadySeated):
            invite(clean_air, email="ben@clean-air.example")

    def test_a_former_member_is_asked_back_first(self, clean_air):
        with clean_air.inside():
            Membership.objects.filter(organization=clean_air.organization["ben"]).update(state="withdrawn")
        with pytest.raises(actions.MembershipEnded):
            invite(clean_air, organization=clean_air.organization["ben"])

    def test_an_alternate_needs_someone_to_stand_in_for(self, clean_air):
        with pytest.raises(actions.StandingNeedsOrganization):
            invite(clean_air, standing="alternate")


class TestResendAndWithdraw:
    def test_the_new_link_works_and_the_old_one_does_not(self, clean_air):
        made = invite(clean_air)
        old = secret_from_letter()
        with clean_air.inside():
            Invitation.objects.update(sent_at=now() - timedelta(minutes=5))
            actions.resend_invitation(actor=clean_air.actor["amina"], invitation=made)
        new = secret_from_letter()
        assert old != new
        with pytest.raises(actions.UnknownInvitation):
            actions.accept_invitation(actor=Visitor(), secret=old, name="Ana")
        assert actions.accept_invitation(actor=Visitor(), secret=new, name="Ana").name == "Ana"

    def test_not_twice_in_a_minute(self, clean_air):
        made = invite(clean_air)
        run_waiting()
        with clean_air.inside(), pytest.raises(actions.LetterOnItsWay):
            actions.resend_invitation(actor=clean_air.actor["amina"], invitation=made)

    def test_an_old_one_lives_again(self, clean_air):
        made = invite(clean_air)
        run_waiting()
        with clean_air.inside():
            Invitation.objects.update(sent_at=now() - timedelta(days=20), expires_at=now() - timedelta(days=6))
            assert actions.resend_invitation(actor=clean_air.actor["amina"], invitation=made).is_open

    def test_taken_back_it_opens_nothing(self, clean_air):
        made = invite(clean_air)
        secret = secret_from_letter()
        with clean_air.inside():
            actions.withdraw_invitation(actor=clean_air.actor["amina"], invitation=made)
            with pytest.raises(actions.AlreadySettled):
                actions.withdraw_invitation(actor=clean_air.actor["amina"], invitation=made)
            with pytest.raises(actions.AlreadySettled):
                actions.resend_invitation(actor=clean_air.actor["amina"], invitation=made)
        with pytest.raises(actions.InvitationExpired):
            actions.accept_invitation(actor=Visitor(), secret=secret, name="Ana")
        assert kinds(clean_air) == ["MemberInvited", "InvitationWithdrawn"]

    def test_taken_back_before_the_letter_left_no_letter_leaves(self, clean_air):
        made = invite(clean_air)
        with clean_air.inside():
            actions.withdraw_invitation(actor=clean_air.actor["amina"], invitation=made)
        run_waiting()
        assert not mail.outbox

    @pytest.mark.parametrize("deed", [actions.resend_invitation, actions.withdraw_invitation])
    def test_only_those_who_invite_and_only_here(self, clean_air, safe_streets, deed):
        made = invite(clean_air)
        with clean_air.inside(), pytest.raises(PermissionDenied):
            deed(actor=clean_air.actor["ben"], invitation=made)
        with safe_streets.inside(), pytest.raises(PermissionDenied):
            deed(actor=safe_streets.actor["zed"], invitation=made)


class TestAnswering:
    def test_someone_new_gets_an_account_a_seat_and_their_organization_a_voice(self, clean_air):
        invite(clean_air, organization_name="Valley Clinic")
        seat = actions.accept_invitation(actor=Visitor(), secret=secret_from_letter(), name=" Ana ")
        assert (seat.person.email, seat.person.name, seat.name) == ("ana@clinic.example", "Ana", "Ana")
        assert not seat.person.has_usable_password()
        assert EmailAddress.objects.get(user=seat.person).verified
        with clean_air.inside():
            assert seat.organization.membership.state == "active"
            assert Organization.objects.get(name="Valley Clinic").state == "active"
            lines = list(LedgerEntry.objects.filter(by_seat_id=seat.pk).order_by("id"))
            assert [line.kind for line in lines] == ["coalitions.InvitationAccepted", "coalitions.MembershipChanged"]

    def test_an_observer_gives_the_organization_no_voice(self, clean_air):
        invite(clean_air, organization_name="Valley Clinic", standing="observer")
        seat = actions.accept_invitation(actor=Visitor(), secret=secret_from_letter(), name="Ana")
        with clean_air.inside():
            assert seat.organization.membership.state == "invited"

    def test_it_works_once(self, clean_air):
        invite(clean_air)
        secret = secret_from_letter()
        seat = actions.accept_invitation(actor=Visitor(), secret=secret, name="Ana")
        for actor in (Visitor(), Visitor(seat.person_id)):
            with pytest.raises(actions.AlreadySettled):
                actions.accept_invitation(actor=actor, secret=secret, name="Someone else")
        with clean_air.inside():
            assert Seat.objects.filter(left_at=None).count() == 9

    def test_it_ends_after_two_weeks(self, clean_air):
        invite(clean_air)
        secret = secret_from_letter()
        with clean_air.inside():
            Invitation.objects.update(expires_at=now() - timedelta(seconds=1))
        with pytest.raises(actions.InvitationExpired):
            actions.accept_invitation(actor=Visitor(), secret=secret, name="Ana")
        assert not Person.objects.filter(email="ana@clinic.example").exists()

    @pytest.mark.parametrize("spoil", [lambda s: s[:-1], lambda s: s + "x", str.swapcase, lambda s: "", lambda s: "é"])
    def test_a_changed_link_opens_nothing(self, clean_air, spoil):
        invite(clean_air)
        secret = secret_from_letter()
        with pytest.raises(actions.UnknownInvitation):
            actions.accept_invitation(actor=Visitor(), secret=spoil(secret), name="Ana")

    def test_a_link_whose_letter_is_not_written_yet_has_no_secret(self, clean_air):
        invite(clean_air)
        for secret in ("", "None"):
            with pytest.raises(actions.UnknownInvitation):
                actions.accept_invitation(actor=Visitor(), secret=secret, name="Ana")

    def test_forwarded_it_gives_another_account_no_seat(self, clean_air, safe_streets):
        invite(clean_air)
        secret, zed = secret_from_letter(), safe_streets.user["zed"]
        EmailAddress.objects.create(user=zed, email=zed.email, verified=True, primary=True)
        with pytest.raises(actions.InvitationForAnother):
            actions.accept_invitation(actor=Visitor(zed.pk), secret=secret)
        with clean_air.inside():
            assert not Seat.objects.filter(person=zed).exists()
            assert Invitation.objects.get().is_open

    def test_an_account_is_never_entered_by_an_invitation(self, clean_air):
        Person.objects.create_user("ana@clinic.example", name="Ana")
        invite(clean_air)
        with pytest.raises(actions.SignInFirst):
            actions.accept_invitation(actor=Visitor(), secret=secret_from_letter(), name="Mallory")

    def test_the_invited_account_takes_the_seat_when_its_address_is_proven(self, clean_air):
        ana = Person.objects.create_user("ana@clinic.example", name="Ana")
        invite(clean_air)
        secret = secret_from_letter()
        address = EmailAddress.objects.create(user=ana, email="ana@clinic.example", verified=False)
        with pytest.raises(actions.InvitationForAnother):
            actions.accept_invitation(actor=Visitor(ana.pk), secret=secret)
        address.verified = True
        address.save()
        assert actions.accept_invitation(actor=Visitor(ana.pk), secret=secret).person == ana

    def test_someone_seated_meanwhile_gets_no_second_seat(self, clean_air):
        invite(clean_air)
        secret = secret_from_letter()
        ana = Person.objects.create_user("ana@clinic.example", name="Ana")
        EmailAddress.objects.create(user=ana, email=ana.email, verified=True)
        with clean_air.inside():
            actions.give_seat(actor=clean_air.actor["amina"], person=ana, standing="observer")
        with pytest.raises(actions.AlreadySeated):
            actions.accept_invitation(actor=Visitor(ana.pk), secret=secret)

    def test_a_member_that_left_meanwhile_takes_nobody_in(self, clean_air):
        invite(clean_air, organization=clean_air.organization["ben"])
        secret = secret_from_letter()
        with clean_air.inside():
            Membership.objects.filter(organization=clean_air.organization["ben"]).update(state="withdrawn")
        with pytest.raises(actions.MembershipEnded):
            actions.accept_invitation(actor=Visitor(), secret=secret, name="Ana")
        assert not Person.objects.filter(email="ana@clinic.example").exists()

    def test_no_thank_you_ends_it(self, clean_air):
        invite(clean_air)
        secret = secret_from_letter()
        assert actions.decline_invitation(actor=Visitor(), secret=secret).declined_at
        with pytest.raises(actions.InvitationExpired):
            actions.accept_invitation(actor=Visitor(), secret=secret, name="Ana")
        with pytest.raises(actions.InvitationExpired):
            actions.decline_invitation(actor=Visitor(), secret=secret)
        with pytest.raises(actions.UnknownInvitation):
            actions.decline_invitation(actor=Visitor(), secret="x")
        assert kinds(clean_air) == ["MemberInvited", "InvitationDeclined"]
        with clean_air.inside():
            assert LedgerEntry.objects.latest("id").by_system == "an invited person"
