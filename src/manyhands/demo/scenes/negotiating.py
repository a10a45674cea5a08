"""One negotiation that ended with a package, and one that still waits for a party."""

from datetime import timedelta
from decimal import Decimal

from manyhands.demo.stage import Stage, scene
from manyhands.practice.alignment.compromise import actions
from manyhands.practice.alignment.models import (
    IssueOption,
    Negotiation,
    NegotiationConcern,
    NegotiationIssue,
    NegotiationParty,
    PackageFinding,
    Priority,
    ProposedPackage,
)

MILL, CANAL = "When may vans deliver on Mill Lane?", "Who runs where on Canal Road at school time?"

MILL_ISSUES = [
    ("Last delivery in the morning", ["Until 7:30", "Until 7:50", "Any time"]),
    ("Loading bay", ["In front of the stalls", "Round the corner", "None"]),
    ("Who stands guard", ["Parents", "Traders and parents in turn", "Nobody"]),
]
#: Points by option in the order above, what no deal is worth, and red lines.
MILL_TERMS = {
    "Joan": ([0, 25, 40, 45, 20, 0, 15, 5, 10], 40, []),
    "Amina": ([50, 45, 0, 5, 20, 25, 0, 25, 10], 45, ["Any time"]),
    "Nkechi": ([30, 50, 0, 10, 20, 20, 20, 30, 0], 30, []),
}
CANAL_ISSUES = [
    ("Way of the buses", ["Through Canal Road", "Round by the harbor"]),
    ("First bus", ["6:30", "6:50", "7:10"]),
    ("Engines while waiting", ["Off after one minute", "As today"]),
]
CANAL_TERMS: dict[str, tuple[list[int], int, list[str]]] = {
    "Nkechi": ([40, 0, 35, 30, 5, 10, 25], 35, []),
    "Dele": ([20, 30, 10, 40, 30, 30, 0], 40, []),
}


@scene(days=-84)
def mill_lane_is_prepared(stage: Stage) -> None:
    _prepare(
        stage, MILL, "The school hour and the market hour meet in one narrow street.", MILL_ISSUES,
        ["Joan", "Amina", "Nkechi"], -70, Priority.objects.get(title__startswith="Vans leave"),
    )  # fmt: skip
    worries = [
        ("Joan", "If we cannot unload at eight, the breakfast stalls close.", "Stalls are full when people come by.",
         ["Until 7:50", "In front of the stalls"]),
        ("Amina", "Children walk between reversing vans.", "Nobody reverses where children walk.",
         ["Until 7:30", "Until 7:50", "Traders and parents in turn"]),
    ]  # fmt: skip
    negotiation = _find(MILL)
    for who, text, interest, options in worries:
        actor = stage.actor(who)
        organization = stage.seat(who).organization
        assert organization is not None  # each of them sits for a member
        concern = actions.voice_concern(actor=actor, negotiation=negotiation, organization=organization, text=text)
        actions.understand_concern(
            actor=actor,
            concern=NegotiationConcern.objects.select_related("negotiation").get(pk=concern.pk),
            interest=interest,
            options=list(IssueOption.objects.filter(issue__negotiation=negotiation, name__in=options)),
        )


@scene(days=-76)
def the_parties_tell_kwame(stage: Stage) -> None:
    _tell(stage, MILL, MILL_TERMS)


@scene(days=-74)
def packages_are_put_on_the_table(stage: Stage) -> None:
    negotiation = _find(MILL)
    found = PackageFinding.objects.get(negotiation=negotiation).payload["packages"]
    actions.propose_packages(
        actor=stage.actor("Kwame"), negotiation=negotiation, chosen=[each["options"] for each in found[:2]]
    )


@scene(days=-68)
def all_accept_one_of_them(stage: Stage) -> None:
    negotiation = _find(MILL)
    package = ProposedPackage.objects.filter(negotiation=negotiation).first()
    assert package is not None  # Kwame put it there
    for name in MILL_TERMS:
        actions.answer_package(actor=stage.actor(name), party=_party(stage, MILL, name), package=package, accepts=True)
    does = [
        ("Joan", "Tells all suppliers the new hour, and keeps a list of those who come late."),
        ("Nkechi", "Paints the bay and keeps buses out of it."),
        ("Amina", "Makes the rota of guards with the traders."),
    ]
    issues = NegotiationIssue.objects.filter(negotiation=negotiation)
    doings = [
        actions.Doing(issue.pk, stage.seat(who).organization_id or 0, text, (stage.day(-54)).date())
        for issue, (who, text) in zip(issues, does, strict=True)
    ]
    actions.agree_package(
        actor=stage.actor("Kwame"), package=package, doings=doings,
        look_again_on=stage.day(0).date() + timedelta(days=60),
    )  # fmt: skip


@scene(days=-67)
def one_pair_is_settled(stage: Stage) -> None:
    from manyhands.practice.alignment.models import OutcomeConflict
    from manyhands.practice.alignment.success.actions import settle_conflict

    settle_conflict(
        actor=stage.actor("Joan"),
        conflict=OutcomeConflict.objects.get(about__startswith="The closing hour"),
        how="Vans leave before the school hour, and the loading bay is ours until then.",
    )


@scene(days=-9)
def canal_road_is_prepared(stage: Stage) -> None:
    _prepare(
        stage, CANAL, "Buses, pupils and those who sleep in the morning share one road.", CANAL_ISSUES,
        ["Nkechi", "Dele", "Farid"], 12, None,
    )  # fmt: skip


@scene(days=-4, hour=16)
def two_have_told(stage: Stage) -> None:
    _tell(stage, CANAL, CANAL_TERMS)


def _prepare(
    stage: Stage,
    question: str,
    explanation: str,
    issues: list[tuple[str, list[str]]],
    parties: list[str],
    answers_by: int,
    priority: Priority | None,
) -> None:
    kwame = stage.actor("Kwame")
    organizations = [stage.seat(name).organization for name in parties]
    negotiation = actions.draft_negotiation(
        actor=kwame,
        question=question,
        explanation=explanation,
        mediator=stage.seat("Kwame"),
        organizations=[each for each in organizations if each is not None],
        answers_by=stage.day(answers_by).date(),
        priority=priority,
    )
    for name, options in issues:
        actions.add_issue(actor=kwame, negotiation=negotiation, name=name, options=options)
    actions.open_negotiation(actor=kwame, negotiation=negotiation)


def _tell(stage: Stage, question: str, terms: dict[str, tuple[list[int], int, list[str]]]) -> None:
    options = list(IssueOption.objects.filter(issue__negotiation__question=question).order_by("issue_id", "id"))
    for name, (points, walk_away, red) in terms.items():
        actions.tell_terms(
            actor=stage.actor(name),
            party=_party(stage, question, name),
            points={option.pk: Decimal(value) for option, value in zip(options, points, strict=True)},
            walk_away=Decimal(walk_away),
            red_lines=[option.pk for option in options if option.name in red],
        )


def _find(question: str) -> Negotiation:
    return Negotiation.objects.get(question=question)


def _party(stage: Stage, question: str, name: str) -> NegotiationParty:
    return NegotiationParty.objects.select_related("negotiation").get(
        negotiation__question=question, organization=stage.seat(name).organization
    )
