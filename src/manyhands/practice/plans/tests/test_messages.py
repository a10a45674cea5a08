"""A goal said so that it speaks to somebody's own reason to care."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.practice.plans import actions
from manyhands.practice.plans.models import GoalMessage
from manyhands.practice.stakeholders.actions import add_ally
from manyhands.practice.stakeholders.models import ProfileEntry

from .factories import adopted_goal


def motive(world, name="Bus Company", readers="members"):
    ally = add_ally(actor=world.actor["amina"], name=name)
    said = {"text": "Fewer drivers off sick.", "source": "Talk of 3 May", "said_on": localdate(), "readers": readers}
    return ProfileEntry.objects.create(stakeholder=ally, about="motive", **said)


# S1-21
def test_a_motive_is_linked_to_a_goal_with_words_made_for_it(inside, client):
    goal, why = adopted_goal(inside), motive(inside)
    client.force_login(inside.user["ben"])
    address = reverse("plans:messages", args=["clean-air", goal.pk])
    empty = client.post(address, {"motive": why.pk, "text": "  "})
    assert empty.status_code == 422
    assert client.post(address, {"motive": why.pk, "text": "Clean air keeps your drivers well."}).status_code == 302
    assert client.post(address, {"motive": why.pk, "text": "Clean air keeps your drivers at work."}).status_code == 302
    page = client.get(address).text
    for words in ("Bus Company", "Fewer drivers off sick.", "Clean air keeps your drivers at work."):
        assert words in page
    assert GoalMessage.objects.get().written_by == inside.seat["ben"]
    assert address in client.get(reverse("plans:goal", args=["clean-air", goal.pk])).text


def test_a_reason_that_one_may_not_read_is_neither_offered_nor_shown(inside, client):
    goal, why = adopted_goal(inside), motive(inside, readers="stewards")
    with pytest.raises(PermissionDenied):
        actions.frame_message(actor=inside.actor["ben"], goal=goal, motive=why, text="Words")
    actions.frame_message(actor=inside.actor["amina"], goal=goal, motive=why, text="Words for them")
    client.force_login(inside.user["ben"])
    page = client.get(reverse("plans:messages", args=["clean-air", goal.pk])).text
    assert "Words for them" not in page
    assert "Bus Company" not in page


def test_a_reason_that_was_replaced_takes_no_words(inside):
    goal, why = adopted_goal(inside), motive(inside)
    ProfileEntry.objects.filter(pk=why.pk).update(about="wants")
    why.refresh_from_db()
    with pytest.raises(actions.NotNow):
        actions.frame_message(actor=inside.actor["ben"], goal=goal, motive=why, text="Words")
