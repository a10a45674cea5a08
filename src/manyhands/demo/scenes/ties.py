"""They write down who knows whom; both sides say how well; some agree to open a door."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.timezone import localdate

from manyhands.demo.stage import Stage, scene
from manyhands.demo.ties import ENDED, SPEAKS_FOR, SURVEY, TIES, VIEWS, Tie
from manyhands.practice.stakeholders.models import Stakeholder
from manyhands.practice.stakeholders.models import Tie as Written
from manyhands.practice.stakeholders.ties import actions


@scene(days=-14)
def an_evening_of_ties(stage: Stage) -> None:
    """Kwame writes down what the round tells him."""
    kwame, allies = stage.actor("Kwame"), {ally.name: ally for ally in Stakeholder.objects.all()}
    for tie in [*TIES, ENDED]:
        today = localdate()
        actions.write_tie(
            actor=kwame,
            one=allies[tie.one],
            other=allies[tie.other],
            kind=tie.kind,
            level=tie.level,
            source=tie.source,
            seen_on=today - timedelta(days=tie.seen),
            since=today - timedelta(days=max(tie.since, tie.seen)),
        )


@scene(days=-13)
def both_sides_say_how_close_they_are(stage: Stage) -> None:
    for tie in TIES:
        for side, who, level in (("one", tie.one, tie.one_says), ("other", tie.other, tie.other_says)):
            if level is None:
                continue
            written = _written(tie)
            here = side if written.one.name == tie.one else {"one": "other", "other": "one"}[side]
            if who in SPEAKS_FOR:
                actions.rate_tie(actor=stage.actor(SPEAKS_FOR[who]), tie=written, level=level)
            else:
                actions.pass_on(actor=stage.actor("Kwame"), tie=written, side=here, level=level, source=tie.source)


@scene(days=-11)
def some_agree_to_open_a_door(stage: Stage) -> None:
    for tie in TIES:
        if tie.agreed:
            actions.record_consent(actor=stage.actor("Kwame"), tie=_written(tie), consent="agreed", source=tie.agreed)


@scene(days=-8)
def one_ends_and_views_are_saved(stage: Stage) -> None:
    actions.end_tie(actor=stage.actor("Joan"), tie=_written(ENDED), on=localdate() - timedelta(days=30))
    for who, name, query, is_shared in VIEWS:
        actions.save_view(actor=stage.actor(who), page="network", name=name, query=query, is_shared=is_shared)


def _written(tie: Tie) -> Written:
    names = {tie.one, tie.other}
    rows = Written.objects.select_related("one", "other").filter(kind=tie.kind, ended_on=None)
    return next(row for row in rows.filter(one__name__in=names) if {row.one.name, row.other.name} == names)


@scene(days=-2, hour=17)
def a_file_of_ties_waits(stage: Stage) -> None:
    """Kwame's survey of who lends books to whom waits for Amina's decision."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "survey.csv"
        path.write_text(SURVEY, encoding="utf-8")
        actions.try_ties(
            actor=stage.actor("Amina"),
            file=path,
            filename="library-survey.csv",
            source="Survey of the library network, autumn",
            kind="knows",
        )
