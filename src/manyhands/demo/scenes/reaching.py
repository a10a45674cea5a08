"""They say what drives them, write words to begin with, speak with allies, and invite some with a menu."""

import re
from datetime import timedelta

from django.core import mail
from django.utils.timezone import localdate

from manyhands.demo.reaching import (
    CONTACTS,
    INPUTS,
    MENU,
    OF_OTHERS,
    OWN_WORDS,
    SCRIPTS,
    STANCES_OF_MEMBERS,
    WITH_MEMBERS,
    Said,
)
from manyhands.demo.stage import Stage, scene
from manyhands.foundation.access.rules import Visitor
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions import actions as table
from manyhands.foundation.coalitions.invitation_extras import extra_forms
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.models import MenuItem, Script, Stakeholder
from manyhands.practice.stakeholders.outreach import actions
from manyhands.practice.stakeholders.profiles import actions as profiles


@scene(days=-112)
def members_say_what_drives_them(stage: Stage) -> None:
    for who, words in OWN_WORDS.items():
        actor = stage.actor(who)
        ours = Organization.objects.get(pk=actor.organization_id)
        first = {said.about: said for said in words if said.about in {"motive", "gain", "limits"}}
        record = profiles.introduce_member(
            actor=actor,
            organization=ours,
            said={about: (said.text, said.readers) for about, said in first.items()},
            tags=first["motive"].tags,
        )
        for said in words:
            if said.about not in first:
                profiles.write_entry(
                    actor=actor,
                    stakeholder=record,
                    about=said.about,
                    text=said.text,
                    tags=said.tags,
                    readers=said.readers,
                )


@scene(days=-110)
def words_and_a_menu_are_written(stage: Stage) -> None:
    tomasz = stage.actor("Tomasz")
    for name, motive, text in SCRIPTS:
        actions.write_script(actor=tomasz, name=name, motive=motive, text=text)
    for text, kind in MENU:
        actions.write_menu_item(actor=tomasz, text=text, kind=kind)


@scene(days=-15)
def what_is_known_of_others_and_who_was_spoken_with(stage: Stage) -> None:
    for name, (who, words) in OF_OTHERS.items():
        for said in words:
            _write(stage, who, name, said)
    scripts = list(Script.objects.order_by("pk"))
    for who, name, days, script, how, outcome, text in CONTACTS:
        actions.log_contact(
            actor=stage.actor(who),
            stakeholder=_ally(name),
            how=how,
            outcome=outcome,
            on=localdate() - timedelta(days=days - 15),
            text=text,
            script=None if script is None else scripts[script],
            not_before=localdate() + timedelta(days=75) if outcome == "not now" else None,
        )
    for who, name, days, text, state, became, told in INPUTS:
        heard = actions.hear_input(
            actor=stage.actor(who), stakeholder=_ally(name), text=text, on=localdate() - timedelta(days=days - 15)
        )
        if state:
            actions.answer_input(actor=stage.actor(who), heard=heard, state=state, became=became)
        if told is not None:
            actions.tell_input(actor=stage.actor(who), heard=heard)


@scene(days=-14)
def our_own_members_are_called_too(stage: Stage) -> None:
    """The rhythm in which we hear of them; one is quiet for longer than usual, one has not called back."""
    for who, name, how, days, text in WITH_MEMBERS:
        record = Stakeholder.objects.get(member__name=name)
        for day in days:
            on = localdate() - timedelta(days=day - 14)
            actions.log_contact(
                actor=stage.actor(who), stakeholder=record, how=how, outcome="answered", on=on, text=text
            )
            text = ""
    for name, stance in STANCES_OF_MEMBERS.items():
        record = Stakeholder.objects.get(member__name=name)
        allies.change_ally(
            actor=stage.actor("Amina"),
            stakeholder=record,
            version=record.version,
            stance=stance,
            stance_source="What their representative says at the table",
        )
    quiet = Stakeholder.objects.get(member__name="Linden Teachers’ Union")
    actions.log_contact(actor=stage.actor("Amina"), stakeholder=quiet, how="mail", text="Sent the dates for autumn.")


@scene(days=-13, hour=18)
def a_talk_along_the_guide(stage: Stage) -> None:
    profiles.record_interview(
        actor=stage.actor("Farid"),
        stakeholder=_ally("River Blocks Cooperative"),
        answers={
            "see": "The stairwells smell of the street until ten.",
            "show": "A quieter courtyard.",
            "bring": "A wall for a meter, and eighty front doors.",
        },
        source="The caretaker, in the courtyard",
        has_consent=True,
        readers="members",
    )
    actions.plan_step(
        actor=stage.actor("Amina"),
        stakeholder=_ally("Police, road safety unit"),
        next_step="Ask who signs closures while the chief is away",
        next_step_on=localdate() + timedelta(days=20),
    )
    actions.hold_back(
        actor=stage.actor("Amina"),
        stakeholder=_ally("Green Valley Party, local branch"),
        never_because="We stay out of parties until the election.",
    )


@scene(days=-12, hour=15)
def names_are_called_out(stage: Stage) -> None:
    for who, name in [("Mei", "Linden Skate Park"), ("Kwame", "Valley Translators"), ("Nora", "Harbor Food Bank")]:
        actions.call_out(actor=stage.actor(who), name=name)


@scene(days=-10, hour=11)
def an_engineer_is_asked_and_comes(stage: Stage) -> None:
    """A person who never joined: what is noted says what for, and ends by itself. Then she takes a seat."""
    amina = stage.actor("Amina")
    wanda = allies.add_ally(
        actor=amina,
        looked_after_by=stage.seat("Hana"),
        kind="person",
        name="Wanda Ortega",
        sector="Others who work on the matter",
        about="Built the city’s air network, retired last year.",
        email="wanda.ortega@linden.example",
        source="Spoke at the Measuring group’s evening",
    )
    profiles.write_entry(
        actor=amina,
        stakeholder=wanda,
        about="motive",
        text="Wants the meters she built to be used.",
        source="Spoke at the Measuring group’s evening",
        readers="members",
        purpose="To ask her about the old readings",
    )
    secret = _invite(stage, "Wanda Ortega", "wanda.ortega@linden.example", [2, 5], standing="observer")
    found = table.inviting.find_invitation(secret)
    forms = extra_forms(found, {"menu": [str(item.pk) for item in _menu([2, 5])]})
    if not all(form.is_valid() for form in forms.values()):
        raise RuntimeError("The menu cannot be ticked.")
    seat = table.accept_invitation(actor=Visitor(), secret=secret, name="Wanda Ortega", extras=forms)
    Person.objects.filter(pk=seat.person_id).update(is_invented=True)


@scene(days=-2, hour=9)
def two_letters_wait_for_an_answer(stage: Stage) -> None:
    _invite(stage, "Regional Health Fund", "director@healthfund.example", [2, 3, 5], script=0)
    _invite(stage, "Linden Scouts", "office@scouts.example", [0, 4])


def _invite(
    stage: Stage, name: str, email: str, menu: list[int], standing: str = "representative", script: int | None = None
) -> str:
    """Amina writes; gives the secret of the letter's link."""
    scripts = list(Script.objects.order_by("pk"))
    actions.write_invitation(
        actor=stage.actor("Amina"),
        stakeholder=_ally(name),
        email=email,
        message="You know what we only guess. Come and sit with us.",
        standing=standing,
        items=_menu(menu),
        script=None if script is None else scripts[script],
    )
    run_waiting()
    letter = next(letter for letter in reversed(mail.outbox) if email in letter.to)
    secret = re.search(r"/join/([\w-]+)", str(letter.body))
    if secret is None:
        raise RuntimeError("The invitation holds no link.")
    return secret.group(1)


def _menu(places: list[int]) -> list[MenuItem]:
    items = list(MenuItem.objects.order_by("pk"))
    return [items[place] for place in places]


def _write(stage: Stage, who: str, name: str, said: Said) -> None:
    profiles.write_entry(
        actor=stage.actor(who),
        stakeholder=_ally(name),
        about=said.about,
        text=said.text,
        tags=said.tags,
        source=said.source,
        readers=said.readers,
        said_on=localdate() - timedelta(days=said.days_ago),
    )


def _ally(name: str) -> Stakeholder:
    """The one they knew first; a list that was brought in may hold another of the name."""
    return Stakeholder.objects.filter(name=name).order_by("pk")[0]
