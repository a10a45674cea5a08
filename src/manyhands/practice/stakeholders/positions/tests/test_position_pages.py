"""The pages: what a newcomer meets, what is shown, what goes wrong and says so."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.stakeholders.models import Claim, Issue, Position, Sway
from manyhands.practice.stakeholders.positions import actions, queries

from .conftest import some_years_ago


def at(name, *ids, **query):
    address = reverse(f"stakeholders:{name}", args=["clean-air", *ids])
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def table(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_empty_rooms_teach_the_next_step(clean_air, client):
    client.force_login(clean_air.user["amina"])
    assert "No issue has been named yet" in client.get(at("issues")).text
    assert "No position is known yet" in client.get(at("position_matrix")).text
    assert "Not enough yet" in client.get(at("power")).text
    assert "There are not two allies yet" in client.get(at("rate_sways")).text
    assert "There is no open issue" in client.get(at("write_position")).text


def test_from_an_issue_to_a_position_in_the_browser(clean_air, known, client):
    council = known("City Council, transport committee")
    client.force_login(clean_air.user["amina"])
    answer = client.post(at("name_issue"), {"title": "Streets closed", "about": "Twelve schools."})
    issue = Issue.objects.get()
    assert answer.url == at("issue", issue.pk)
    client.force_login(clean_air.user["ben"])
    form = {"ally": "city council, transport committee", "wedge": "leaning our way", "weight": "2"}
    form |= {"source": "Vote of 11 October", "on": localdate().isoformat()}
    answer = client.post(at("write_position", issue=issue.pk), form)
    assert answer.url == at("issue", issue.pk)
    page = client.get(answer.url).text
    assert "1 of 1 stands with us" in page
    assert "Vote of 11 October" in page
    assert "/take-back/" in page  # undo stands in the message
    written = Position.objects.get()
    assert (written.stakeholder_id, written.strength, written.by_seat.name) == (council.pk, 2, "Ben")
    client.post(at("take_back_position", written.pk))
    assert "Nobody’s position is known yet" in client.get(at("issue", issue.pk)).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ally": ""}, "This field is required"),
        ({"ally": "Nobody we know"}, "Nobody on the list of allies has this name"),
        ({"ally": "School"}, "Whom do you mean: Mill School and Orchard School?"),
        ({"wedge": "undecided"}, "Whoever is undecided stands in between"),
        ({"weight": "0"}, "Say how much it matters to them, from 1 to 4."),
        ({"weight": "7"}, "7 is not one of the available choices"),
        ({"source": ""}, "Say how we know"),
        ({"on": "2999-01-01"}, "still to come"),
        ({"on": "soon"}, "Enter a valid date"),
    ],
)
def test_a_position_that_cannot_be_written_comes_back_filled_in(clean_air, streets, known, client, change, sentence):
    for name in ("Council", "Mill School", "Orchard School"):
        known(name)
    client.force_login(clean_air.user["ben"])
    form = {"ally": "Council", "wedge": "against", "weight": "2", "source": "Letter “A”", "on": localdate().isoformat()}
    form |= {"issue": streets.pk}
    page = client.post(at("write_position"), form | change)
    assert page.status_code == 422
    assert sentence in page.text
    if "source" not in change:
        assert "Letter “A”" in page.text
    assert not Position.objects.exists()


def test_a_position_of_an_opponent_that_is_too_old_is_refused_with_the_form_filled(clean_air, streets, known, client):
    known("Car Club")
    client.force_login(clean_air.user["ben"])
    form = {"ally": "Car Club", "wedge": "against", "weight": "2", "source": "Letter"}
    page = client.post(at("write_position", issue=streets.pk), form | {"on": some_years_ago(2, 1).isoformat()})
    assert page.status_code == 422
    assert "older than two years no longer count" in page.text
    assert 'value="Car Club"' in page.text


def test_an_issue_without_a_title_or_with_a_known_one_comes_back(clean_air, streets, client):
    client.force_login(clean_air.user["mei"])
    assert client.post(at("name_issue"), {"title": "", "about": "Why not"}).status_code == 422
    page = client.post(at("change_issue", streets.pk), {"title": ""})
    assert page.status_code == 422
    page = client.post(at("name_issue"), {"title": "STREETS closed at drop-off", "about": "Mine"})
    assert page.status_code == 422
    assert "already" in page.text
    assert "Mine" in page.text
    client.post(at("close_issue", streets.pk))
    assert "closed on" in client.get(at("issue", streets.pk)).text
    client.post(at("reopen_issue", streets.pk))
    assert Issue.objects.get().closed_at is None


def test_the_matrix_sorts_by_an_issue_and_leaves_the_unknown_empty(clean_air, streets, write, client):
    other = actions.name_issue(actor=clean_air.actor["amina"], title="No trucks")
    for name, strength in [("Council", 2), ("Port", -3), ("School", 4)]:
        wedge = "active ally" if strength == 4 else ("leaning our way" if strength > 0 else "against")
        write(name, streets, wedge, strength)
    write("Port", other, "undecided", 0)
    write("Bakers", other, "against", -1)
    client.force_login(clean_air.user["olu"])
    rows = table(client.get(at("position_matrix", sort=f"on_{streets.pk}", format="csv")))
    assert rows[0][1:] == ["Streets closed at drop-off", "No trucks"]
    assert rows[1:] == [["School", "4", ""], ["Council", "2", ""], ["Port", "-3", "0"], ["Bakers", "", "-1"]]
    rows = table(client.get(at("position_matrix", sort=f"-on_{streets.pk}", format="csv")))
    assert [row[0] for row in rows[1:]] == ["Bakers", "Port", "Council", "School"]
    page = client.get(at("position_matrix", side="against")).text
    assert "Port" in page
    assert "School" not in page[page.index("<tbody>") :]
    page = client.get(at("position_matrix", issue=other.pk)).text
    assert "Council" not in page[page.index("<tbody>") :]


def test_ratings_are_filled_in_quickly_and_lead_to_whoever_lacks_most(clean_air, known, client):
    names = ["Mayor", "Council", "Police"]
    actors = {name: known(name) for name in names}
    client.force_login(clean_air.user["ben"])
    page = client.get(at("rate_sways"))
    assert "6 pairs are not rated by anyone" in page.text
    one = actors["Mayor"]
    form = {f"over-{actors['Council'].pk}": "3", f"over-{actors['Police'].pk}": "4"}
    empty = client.post(at("rate_sways", one=one.pk), form | {"basis": ""})
    assert empty.status_code == 422
    assert "Say what you base this on" in empty.text
    assert empty.text.count(" checked") == 2
    nothing = client.post(at("rate_sways", one=one.pk), {"basis": "Seen it"})
    assert nothing.status_code == 422
    assert "Nothing is rated yet" in nothing.text
    odd = client.post(at("rate_sways", one=one.pk), {f"over-{actors['Council'].pk}": "9", "basis": "Seen it"})
    assert odd.status_code == 422
    assert "Choose a number from 0 to 4." in odd.text
    assert not Sway.objects.exists()
    answer = client.post(at("rate_sways", one=one.pk), form | {"basis": "Two budgets"})
    assert answer.url.startswith(at("rate_sways") + "?one=")
    assert Sway.objects.count() == 2
    for _turn in range(2):
        one = next(actor for actor in actors.values() if answer.url.endswith(f"one={actor.pk}"))
        others = {f"over-{actor.pk}": "1" for actor in actors.values() if actor.pk != one.pk}
        answer = client.post(answer.url, others | {"basis": "Talks"})
    assert answer.url == at("power")
    for wanted in ("999999", "1e5", "٣", "-1"):
        assert client.get(at("rate_sways", one=wanted)).status_code == 404


def test_the_page_of_power_names_what_is_missing_then_tells_who_leads(clean_air, three, streets, client):
    client.force_login(clean_air.user["olu"])
    assert "Not enough yet" in client.get(at("power")).text  # the job has not looked yet
    run_waiting()
    page = client.get(at("power")).text
    assert "Mayor holds most power here" in page
    for word in ("Sets the course", "Passes it on", "Stands apart", "Follows", "MACTOR 1", "What would change this"):
        assert word in page
    rows = table(client.get(at("power", format="csv")))
    assert [row[0] for row in rows[1:]] == ["Mayor", "Council", "Police"]
    sway = queries.sways().get(one=three[2], other=three[0])
    actions.withdraw_sway(actor=clean_air.actor["amina"], sway=sway)
    assert "Newer ratings are being worked in" in client.get(at("power")).text
    run_waiting()
    page = client.get(at("power")).text
    assert "Police over Mayor" in page
    assert "One pair nobody has rated (5 of 6 are)" in page
    assert "holds most power" not in page


def test_one_actor_shows_history_reach_and_claim(clean_air, three, streets, write, client):
    # S2-25
    mayor = three[0]
    write("Mayor", streets, "undecided", 0, days=300)
    client.force_login(clean_air.user["ben"])
    page = client.get(at("ally_positions", mayor.pk)).text
    assert "Whom they can move" in page
    assert "Council (3)" in page  # over the police, through the council
    assert "“Eleven meetings”" in page
    bad = client.post(at("rate_claim", mayor.pk), {"has_power": "on", "basis": ""})
    assert bad.status_code == 422
    assert "Say what you base this on" in bad.text
    assert client.post(at("rate_claim", mayor.pk), {"has_power": "on", "basis": "Budget"}).status_code == 302
    page = client.get(at("ally_positions", mayor.pk)).text
    assert "1 rater" in page
    claim = Claim.objects.get()
    client.force_login(clean_air.user["rosa"])
    assert client.post(at("withdraw_claim", claim.pk)).status_code == 404
    client.force_login(clean_air.user["ben"])
    assert client.post(at("withdraw_claim", claim.pk)).status_code == 302
    assert Claim.objects.get().replaced_at is not None
    rows = table(client.get(at("ally_positions", mayor.pk, format="csv")))
    assert [row[6] for row in rows[1:]] == ["stands", "replaced"]
    assert client.post(at("withdraw_sway", queries.sways().first().pk)).status_code == 404


def test_the_list_of_an_issue_searches_filters_and_exports(clean_air, streets, write, client):
    write("Société", streets, "undecided", 0, days=200)
    write("Société", streets, "active ally", 2)
    write("=Bakers", streets, "against", -2)
    client.force_login(clean_air.user["olu"])
    rows = table(client.get(at("issue", streets.pk, format="csv", sort="on")))
    assert (rows[1][0], rows[1][3], rows[1][8]) == ("Société", "0", "replaced")
    assert "'=Bakers" in [row[0] for row in rows]
    page = client.get(at("issue", streets.pk, which="now", q="societe")).text
    body = page[page.index('id="written"') :]
    assert "Active ally" in body
    assert "Bakers" not in body
    rows = table(client.get(at("issues", format="csv")))
    assert rows[1] == ["Streets closed at drop-off", "", "1", "0", "0", "0", "1", ""]


@pytest.mark.parametrize("who", ["gus", "zed"])
def test_guests_and_outsiders_see_nothing_of_it(clean_air, safe_streets, streets, client, who):
    client.force_login((clean_air.user | safe_streets.user)[who])
    for name in ("issues", "position_matrix", "power"):
        assert client.get(at(name)).status_code == (403 if who == "gus" else 404)


def test_an_observer_reads_and_does_not_write(clean_air, streets, known, client):
    client.force_login(clean_air.user["olu"])
    assert client.get(at("issues")).status_code == 200
    for address in (at("write_position"), at("rate_sways"), at("name_issue")):
        assert client.get(address).status_code == 403


def test_an_old_position_waits_on_the_desk_of_whoever_looks_after_the_actor(clean_air, streets, known, write):
    from manyhands.practice.stakeholders import actions as allies

    club = known("Car Club")
    allies.look_after(actor=clean_air.actor["ben"], stakeholder=club, seat=clean_air.seat["ben"])
    position = write("Car Club", streets, "against", -3)
    assert not list(queries.awaiting(clean_air.actor["ben"]))
    Position.objects.filter(pk=position.pk).update(on=some_years_ago(1, 1))
    (waiting,) = queries.awaiting(clean_air.actor["ben"])
    assert waiting.title == "Car Club"
    assert waiting.url == at("ally_positions", club.pk)
    assert not list(queries.awaiting(clean_air.actor["rosa"]))


def test_of_a_person_it_waits_after_half_a_year_and_the_form_says_for_how_long(
    clean_air, streets, known, write, client
):
    from manyhands.practice.stakeholders import actions as allies

    ines = known("Ines", kind="person")
    allies.look_after(actor=clean_air.actor["ben"], stakeholder=ines, seat=clean_air.seat["ben"])
    position = write("Ines", streets, "against", -3)
    Position.objects.filter(pk=position.pk).update(on=localdate() - timedelta(days=200))
    (waiting,) = queries.awaiting(clean_air.actor["ben"])
    assert "is half a year old" in waiting.text
    client.force_login(clean_air.user["ben"])
    for ally, term in [
        (ines, "against a person counts for twelve months and is then erased."),
        (known("Car Club"), "against an organization counts for two years."),
        (None, "counts for two years; of a person for twelve months"),
    ]:
        assert term in client.get(at("write_position", **({"ally": ally.pk} if ally else {}))).text


def test_more_actors_and_raters_mean_no_more_questions(clean_air, three, streets, write, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(clean_air.user["ben"])
    addresses = [at("issues"), at("issue", streets.pk), at("position_matrix"), at("ally_positions", three[0].pk)]
    addresses += [at("power"), at("rate_sways")]

    def asked() -> list[int]:
        run_waiting()
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    def grow(numbers: range) -> None:
        for number in numbers:
            ally = write(f"School {number}", streets, "leaning our way", 1).stakeholder
            levels = {three[0].pk: 1, three[1].pk: 2}
            actions.rate_sways(actor=clean_air.actor["rosa"], one=ally, levels=levels, basis="Talks")

    grow(range(40))  # a list that fills one page asks nothing for its length, so both begin with more
    few = asked()
    grow(range(40, 80))
    assert asked() == few
