"""The page on who may do what asks the rules themselves."""

from manyhands.foundation.access.matrix import ROLES, Answer, answer_for, rights_by_room
from manyhands.foundation.access.rules import Actor, Permission

STEWARD = Actor(1, 2, frozenset({"steward"}))
GUEST = Actor(1, 3, frozenset({"guest"}))


def ask(holds, actor):
    return answer_for(Permission("x.y", "…", holds), actor)


def test_an_answer_that_looks_at_no_record_is_given():
    assert ask(lambda actor, row: actor.has_any("steward"), STEWARD) == Answer.YES
    assert ask(lambda actor, row: actor.has_any("steward"), GUEST) == Answer.NO
    assert ask(lambda actor: True, GUEST) == Answer.YES


def test_an_answer_that_looks_at_the_record_depends_on_it():
    for look in (
        lambda actor, row: row.owner_id == actor.seat_id,
        lambda actor, row: row == 4,
        lambda actor, row: bool(row),
        lambda actor, row: 4 in row,
    ):
        assert ask(look, GUEST) == Answer.DEPENDS


def test_every_right_is_listed_for_every_role():
    rooms = rights_by_room(STEWARD)
    invite = next(right for right in rooms["coalitions"] if right.meaning.startswith("Invite people"))
    assert list(invite.by_role) == list(ROLES)
    assert (invite.by_role["coordinator"], invite.by_role["guest"]) == (Answer.YES, Answer.NO)
    assert invite.mine == Answer.YES
