"""What is taken out of a round: told before anybody writes, counted for everybody, never so that one can be found."""

from manyhands.practice.alignment import actions, queries
from manyhands.practice.alignment.live import actions as live
from manyhands.practice.alignment.models import Statement, VisionRound

from .factories import QUESTION, at, open_round

OURS = "Mei takes out whatever names a child."


def take_out(world, round, number, why_out):
    for n in range(number):
        written = Statement.objects.create(round=round, text=f"{why_out} {n}", state="live", position=90)
        actions.retire_statement(actor=world.actor["mei"], statement=written, why="Read it.", why_out=why_out)


def test_whoever_writes_reads_what_is_taken_out(inside, client):
    usual, own = open_round(inside), open_round(inside, moderation_policy=OURS)
    room = live.begin_live(actor=inside.actor["mei"], round=own)
    client.force_login(inside.user["ben"])
    for page in (at("write_statement", usual.pk), at("round", usual.pk)):
        assert "Nothing is taken out for the opinion in it." in client.get(page).text, page
    for page in (at("write_statement", own.pk), at("live", room.pk), at("round", own.pk)):
        shown = client.get(page).text
        assert OURS in shown, page
        assert "Nothing is taken out for the opinion in it." not in shown, page


def test_those_who_ask_write_it_in_their_own_words_or_leave_the_usual_one(inside, client):
    client.force_login(inside.user["mei"])
    form = client.get(at("draft_round")).text
    assert "Nothing is taken out for the opinion in it." in form, "a good one stands there to begin with"
    usual = VisionRound(question=QUESTION).policy
    client.post(at("draft_round"), {"question": QUESTION, "moderation_policy": usual})
    round = VisionRound.objects.get()
    assert round.moderation_policy == ""
    client.post(at("rewrite_round", round.pk), {"question": QUESTION, "moderation_policy": OURS})
    round.refresh_from_db()
    assert round.policy == OURS
    long = client.post(at("rewrite_round", round.pk), {"question": QUESTION, "moderation_policy": "x" * 601})
    assert long.status_code == 422
    assert "x" * 601 in long.text
    round.refresh_from_db()
    assert round.policy == OURS


def test_everyone_reads_how_often_something_was_taken_out_and_never_fewer_than_five(inside, client):
    round = open_round(inside)
    client.force_login(inside.user["olu"])
    assert "Nothing has been taken out." in client.get(at("round", round.pk)).text
    take_out(inside, round, 6, "hurts")
    take_out(inside, round, 2, "person")
    take_out(inside, round, 1, "other")
    Statement.objects.filter(text="other 0").update(why_out="")  # as those taken out before kinds were asked for
    told = [("tells about a private person", None), ("insults or threatens", 6), ("another reason", None)]
    assert queries.taken_out(queries.reasons(round)) == told
    page = client.get(at("round", round.pk)).text
    assert "Taken out because it insults or threatens: 6" in page
    assert "Taken out because it tells about a private person: fewer than five" in page
    assert "9" not in page[page.index('id="policy"') : page.index("Each time, in the book")], "no sum of all"
    book = client.get("/c/clean-air/ledger/?kind=alignment.StatementModerated")
    assert "Took a statement out of" in book.text


def test_taking_one_out_asks_what_is_the_matter(inside, client):
    statement = open_round(inside).statements.first()
    client.force_login(inside.user["mei"])
    refused = client.post(at("retire", statement.pk), {"why": "It is rude.", "why_out": "because"})
    assert refused.status_code == 422
    assert "It is rude." in refused.text
    client.post(at("retire", statement.pk), {"why": "It is rude.", "why_out": "hurts"})
    statement.refresh_from_db()
    assert (statement.state, statement.why_out) == ("retired", "hurts")
    client.post(at("restore", statement.pk))
    assert queries.taken_out(queries.reasons(statement.round)) == []
