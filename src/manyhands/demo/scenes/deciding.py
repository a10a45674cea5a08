"""What they decided, what they doubted, and what is being decided now."""

from datetime import timedelta
from typing import Any

from manyhands.demo.scenes.visioning import QUESTION
from manyhands.demo.stage import Stage, scene
from manyhands.practice.alignment.models import Statement
from manyhands.practice.governance import actions
from manyhands.practice.governance.models import DecisionKind, Proposal, SharedGoal, Stance

FOR, ASIDE, AGAINST = "for", "aside", "against"
EVERYONE = "Amina Rosa Dele Petra Farid Tomasz Nora Sam Omar Mei Hana Joan Nkechi Kwame".split()


def _open(stage: Stage, who: str, **words: Any) -> Proposal:
    proposal = actions.put_forward_proposal(actor=stage.actor(who), **words)
    return actions.advance_proposal(actor=stage.actor(who), proposal=proposal, to="clarify")


def _find(title: str) -> Proposal:
    return Proposal.objects.get(title=title)


def _stances(stage: Stage, title: str, stances: dict[str, tuple[str, str]], everyone: list[str]) -> None:
    for who in everyone:
        choice, reason = stances.get(who, (FOR, ""))
        actions.take_stance(actor=stage.actor(who), proposal=_find(title), choice=choice, reason=reason)


GOALS = [
    (
        "School streets",
        "By September 2027 twelve primary schools have a street without cars at drop-off.",
        "We close the street of twelve primary schools to through traffic for forty minutes each morning.\n\n"
        "A trained crossing guard stands at each end before the first day.\n\n"
        "Families with a disabled child keep access at all times.",
        "Tomasz",
        {"Joan": (AGAINST, "Eight of our stalls sell breakfast. We want shop counts first.")},
    ),
    (
        "Air at the school gate",
        "By the end of 2027 no child in Linden Valley stands in more than 20 µg/m³ of nitrogen dioxide while waiting for the bell.",
        "We measure at eighteen gates from 7:30 to 8:30, publish each week in plain words, and act until the mean is 20 µg/m³ or less.",
        "Hana",
        {"Omar": (ASIDE, "We cannot promise for the port, only for ourselves.")},
    ),
    (
        "Cleaner school buses",
        "By summer 2028 sixty diesel school buses are replaced.",
        "The three companies replace sixty diesel buses, the routes past main roads first, as money is found.",
        "Nkechi",
        {},
    ),
]


#: Whose words on the first evening each goal grew from.
GREW_FROM = {"School streets": "Dele", "Air at the school gate": "Amina", "Cleaner school buses": "Sam"}


def _from_statement(of: str) -> dict[str, str]:
    """What somebody wrote on the first evening, as the source of a proposal."""
    said = Statement.objects.get(round__question=QUESTION, author__name=of)
    return {"source": f"alignment.Statement:{said.pk}", "quote": said.text}


@scene(days=-144)
def three_goals_are_put_forward(stage: Stage) -> None:
    """Each grows from what somebody wrote on the evening before."""
    for title, summary, text, who, _ in GOALS:
        grew = _from_statement(GREW_FROM[title])
        _open(stage, who, title=title, summary=summary, text=text, kind=DecisionKind.GOAL, **grew)


@scene(days=-142)
def three_goals_are_talked_about(stage: Stage) -> None:
    for title, *_, who, _stances_taken in GOALS:
        actions.advance_proposal(actor=stage.actor(who), proposal=_find(title), to="react")


@scene(days=-139)
def who_stands_for_each_goal(stage: Stage) -> None:
    for title, names in (
        ("School streets", ["Tomasz", "Amina"]),
        ("Air at the school gate", ["Rosa", "Omar"]),
        ("Cleaner school buses", ["Nkechi", "Dele"]),
    ):
        for name in names:
            actions.stand_for_goal(actor=stage.actor(name), goal=SharedGoal.objects.get(title=title))


@scene(days=-136)
def three_goals_are_decided_on(stage: Stage) -> None:
    for title, *_, who, _stances_taken in GOALS:
        actions.advance_proposal(
            actor=stage.actor(who), proposal=_find(title), to="decide", closes_at=stage.day(-122, 18)
        )


@scene(days=-126)
def everyone_takes_a_stance(stage: Stage) -> None:
    for title, *_, stances in GOALS:
        _stances(stage, title, stances, EVERYONE)


@scene(days=-122, hour=19)
def three_goals_are_adopted(stage: Stage) -> None:
    for title, *_ in GOALS:
        proposal = _find(title)
        if proposal.decided_at is None:
            actions.close_proposal(actor=stage.actor("Mei"), proposal=proposal)


GUARDS = "Guards before gates"


@scene(days=-70)
def guards_are_put_forward(stage: Stage) -> None:
    _open(
        stage,
        "Farid",
        title=GUARDS,
        summary="No street is closed before a trained guard stands at each end.",
        text="No street is closed before a trained crossing guard stands at each end of it.\n\n"
        "The city is asked to pay; until it does, member organizations lend people for an hour each morning.",
        serves_goal=SharedGoal.objects.get(title="School streets"),
        review_on=stage.day(150).date(),
    )


@scene(days=-65)
def guards_are_talked_about(stage: Stage) -> None:
    actions.advance_proposal(actor=stage.actor("Farid"), proposal=_find(GUARDS), to="react")


@scene(days=-60, hour=9)
def guards_are_decided_on(stage: Stage) -> None:
    actions.advance_proposal(
        actor=stage.actor("Farid"), proposal=_find(GUARDS), to="decide", closes_at=stage.day(-48, 18)
    )


@scene(days=-55)
def most_take_a_stance_on_guards(stage: Stage) -> None:
    doubts = {
        "Joan": (AGAINST, "Traders open at six. We have nobody to lend at eight."),
        "Nkechi": (ASIDE, "Our drivers are on the road at that hour."),
    }
    _stances(stage, GUARDS, doubts, [name for name in EVERYONE if name not in {"Nora", "Kwame"}])


@scene(days=-48, hour=19)
def guards_are_adopted_and_doubts_answered(stage: Stage) -> None:
    proposal = _find(GUARDS)
    if proposal.decided_at is None:
        proposal = actions.close_proposal(actor=stage.actor("Mei"), proposal=proposal)
    for dissent in proposal.dissents.all():
        if dissent.organization.name.startswith("Market"):
            actions.answer_dissent(
                actor=stage.actor("Farid"),
                dissent=dissent,
                reply="Nobody has to lend people whom they need. The parish and the cyclists take Orchard Street.",
                look_again_on=stage.day(40).date(),
            )


NEXT = "Close three more streets at drop-off"


@scene(days=-19)
def three_more_streets(stage: Stage) -> None:
    _open(
        stage,
        "Tomasz",
        title=NEXT,
        summary="Mill Lane, Orchard Street and Canal Road, 7:50 to 8:30 on school days, from March to June.",
        text="From March to June we close Mill Lane, Orchard Street and Canal Road to through traffic for forty "
        "minutes each school morning.\n\n- We count cars, walkers and shop visits for two weeks before and after.",
        serves_goal=SharedGoal.objects.get(title="School streets"),
        review_on=stage.day(145).date(),
    )


@scene(days=-11)
def the_text_changes(stage: Stage) -> None:
    proposal = actions.advance_proposal(actor=stage.actor("Tomasz"), proposal=_find(NEXT), to="react")
    actions.change_text(
        actor=stage.actor("Tomasz"),
        proposal=proposal,
        title=NEXT,
        summary=proposal.summary,
        text="From March to June we close Mill Lane, Orchard Street and Canal Road to through traffic for forty "
        "minutes each school morning, with a trained crossing guard at each end before the first day.\n\n"
        "- Deliveries pass until 7:50 and after 8:30.\n"
        "- Families with a disabled child and carers keep access at all times.\n"
        "- We count cars, walkers and shop visits for two weeks before and after.",
        because="Guards first came from Parents of Linden, the delivery hour from the School Bus Operators",
        review_on=proposal.review_on,
    )


@scene(days=-7)
def three_more_streets_are_decided_on(stage: Stage) -> None:
    actions.advance_proposal(actor=stage.actor("Tomasz"), proposal=_find(NEXT), to="decide", closes_at=stage.day(6, 18))


@scene(days=-4)
def nine_take_a_stance(stage: Stage) -> None:
    reasons = {
        "Joan": (
            AGAINST,
            "Eight of our stalls on Orchard Street sell breakfast. In the pilot they lost a fifth of their morning. "
            "We are not against school streets; we are against this street in spring, our best season.",
        ),
        "Nkechi": (ASIDE, "With 7:50 instead of 7:30 our buses get out in time. Canal Road has no place to turn."),
        "Rosa": (
            FOR,
            "After the first two closures, morning asthma visits from those schools fell from 31 to 22 a month.",
        ),
        "Mei": (FOR, "Year 6 asked for this. They also want to paint the planters."),
    }
    _stances(stage, NEXT, reasons, ["Rosa", "Sam", "Dele", "Petra", "Tomasz", "Mei", "Hana", "Nkechi", "Joan"])


@scene(days=-3, hour=15)
def tomasz_answers(stage: Stage) -> None:
    doubt = Stance.objects.get(proposal__title=NEXT, choice=AGAINST, replaced_at=None)
    actions.answer_stance(
        actor=stage.actor("Tomasz"),
        stance=doubt,
        reply="We count tills each week and share the figures with you. If mornings fall by more than 10 % in March, "
        "Orchard Street opens again without a new vote.",
        look_again_on=(stage.day(0) + timedelta(days=145)).date(),
    )


@scene(days=-3, hour=10)
def a_fourth_goal_looks_for_a_second_sponsor(stage: Stage) -> None:
    proposal = _open(
        stage,
        "Hana",
        title="Pupils draw their street",
        summary="By 2028 the pupils of every school street have chosen what stands where the cars were.",
        text="Each class says what its street needs: trees, benches, a place to play. We build one thing per street "
        "and year.",
        kind=DecisionKind.GOAL,
        **_from_statement("Mei"),
    )
    actions.stand_for_goal(actor=stage.actor("Hana"), goal=SharedGoal.objects.get(proposal=proposal))


@scene(days=-2)
def a_draft_waits(stage: Stage) -> None:
    actions.put_forward_proposal(
        actor=stage.actor("Kwame"),
        title="Publish every reading on Monday morning",
        summary="Libraries print last week’s readings and hang them at the door.",
        text="Each Monday nine libraries print last week’s readings of the nearest gate, in plain words, and hang them at the door.",
        serves_goal=SharedGoal.objects.get(title="Air at the school gate"),
    )


@scene(days=-6)
def those_who_know_are_asked(stage: Stage) -> None:
    proposal = _find(NEXT)
    asked = stage.day(-13).date()
    actions.record_consulted(
        actor=stage.actor("Rosa"),
        proposal=proposal,
        who="Head of Orchard School",
        expertise="Who arrives when, and from which side",
        invited_on=asked,
        came_on=stage.day(-8).date(),
        said="Half the children come in the ten minutes before the bell.",
        change="The street closes at 7:50, not at 7:30.",
    )
    actions.record_consulted(
        actor=stage.actor("Joan"),
        proposal=proposal,
        who="Delivery drivers at the old market",
        expertise="How long unloading takes",
        invited_on=asked,
    )
