"""What people worry about, who told them, who shares it, and what on an agenda answers it."""

from manyhands.demo.stage import Stage, scene
from manyhands.practice.alignment.concerns import actions, items
from manyhands.practice.alignment.models import Concern, KeptAgenda, Statement
from manyhands.practice.stakeholders.models import Input

#: Words for everyone, and from whose input they come.
FROM_ALLIES = [
    ("The hill is too steep for wheelchairs.", "Wheelchair Users’ Union"),
    ("Count shops before and after, not only after.", "Chamber of Commerce"),
]
#: Words for everyone, and the statement of the winter assembly's round they come from.
FROM_STATEMENTS = [
    ("Children cross four roads without a guard.", "Guards at the four crossings that have none yet."),
    ("Shops hear too late that a street is closed.", "How shops hear of a closed street in good time."),
    ("Nobody knows where the city’s money went.", "Where the money goes that the city promised."),
]
#: Written down by a member, and who shares it.
OWN = [
    ("Who clears the snow on a closed street?", "Nkechi", ["Tomasz", "Joan"]),
    ("Drivers fear for their hours.", "Omar", ["Nkechi", "Rosa", "Farid", "Dele", "Hana", "Petra", "Sam", "Joan"]),
    ("Older people reach the church by car on Sundays.", "Nora", ["Farid"]),
]


@scene(days=-9, hour=9)
def concerns_are_written_down(stage: Stage) -> None:
    mei, amina = stage.actor("Mei"), stage.actor("Amina")
    for text, name in FROM_ALLIES:
        heard = Input.objects.filter(stakeholder__name=name).order_by("pk")[0]
        actions.write_concern(actor=amina, text=text, shares=False, heard=heard)
    for text, words in FROM_STATEMENTS:
        statement = Statement.objects.get(text=words)
        actions.write_concern(actor=mei, text=text, shares=False, statement=statement)
    for text, who, others in OWN:
        concern = actions.write_concern(actor=stage.actor(who), text=text)
        for other in others:
            actions.share_concern(actor=stage.actor(other), concern=concern)


@scene(days=-8, hour=17)
def agendas_answer_some(stage: Stage) -> None:
    mei = stage.actor("Mei")
    kept = KeptAgenda.objects.latest("kept_at")
    statements = dict(Statement.objects.filter(pk__in=kept.statement_ids).values_list("pk", "text"))
    for text, words in FROM_STATEMENTS[:2]:
        for pk, stands in statements.items():
            if stands == words:
                key = items.key_of(items.STATEMENT, pk)
                actions.answer_concern(actor=mei, concern=Concern.objects.get(text=text), item=key)
    actions.put_on_agenda(actor=mei, concern=Concern.objects.get(text=FROM_ALLIES[0][0]))
    actions.set_concern_aside(
        actor=mei,
        concern=Concern.objects.get(text=OWN[2][0]),
        why="No street near the church is to be closed on Sundays.",
    )
