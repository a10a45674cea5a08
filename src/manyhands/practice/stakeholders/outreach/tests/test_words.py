"""Words to begin with: by motive, with an honest response rate; and the menu."""

import pytest
from django.core.exceptions import PermissionDenied

from manyhands.practice.stakeholders.models import Script
from manyhands.practice.stakeholders.outreach import actions, queries


def use(world, ally, script, *outcomes):
    for outcome in outcomes:
        actions.log_contact(actor=world.actor["ben"], stakeholder=ally, outcome=outcome, script=script)


# S2-03
def test_words_are_found_by_motive_and_show_how_often_they_were_answered(clean_air, clinic, script, client):
    with clean_air.inside():
        other = actions.write_script(actor=clean_air.actor["ben"], name="Shops", text="Counts.", motive="trade")
        use(clean_air, clinic, script, "answered", "no answer", "interested", "no answer")
        assert queries.rate_of(queries.scripts().get(pk=script.pk)).percent is None, "four uses say nothing"
        use(clean_air, clinic, script, "refused")
        use(clean_air, clinic, other, "no answer")
        rate = queries.rate_of(queries.scripts().get(pk=script.pk))
        assert (rate.used, rate.answered, rate.percent) == (5, 3, 60)
        assert [(r.motive, r.rate.percent) for r in queries.rates_by_motive()] == [
            ("children's health", 60),
            ("trade", None),
        ]
    client.force_login(clean_air.user["olu"])
    page = client.get("/c/clean-air/allies/words/", {"motive": "children's health"}).text
    assert "Answered 3 of 5 times, 60 percent" in page
    assert "Shops" not in page[page.index('id="scripts"') : page.index("h-rates")]
    assert "not enough yet" in page, "the other motive has one use"
    assert "not enough yet" in client.get("/c/clean-air/allies/words/", {"format": "csv"}).content.decode()


# S2-03
def test_words_that_were_used_stay_as_they_were_and_changed_ones_count_anew(clean_air, clinic, script):
    with clean_air.inside():
        ben = clean_air.actor["ben"]
        same = actions.write_script(actor=ben, script=script, name="Gate", text="39 children cough.")
        assert same.pk == script.pk, "nobody has used them yet"
        use(clean_air, clinic, same, "answered")
        anew = actions.write_script(actor=ben, script=same, name="Gate", text="40 children cough.")
        assert anew.pk != same.pk
        assert Script.objects.get(pk=same.pk).text == "39 children cough."
        assert queries.rate_of(queries.scripts().get(pk=anew.pk)).used == 0
        with pytest.raises(actions.ChangedMeanwhile):
            actions.write_script(actor=ben, script=same, name="Gate", text="Mine.")
        with pytest.raises(actions.Refused):
            actions.write_script(actor=ben, name="Gate", text="  ")
        with pytest.raises(PermissionDenied):
            actions.write_script(actor=clean_air.actor["olu"], name="Gate", text="x")


def test_what_people_were_asked_with_is_not_reworded(clean_air, clinic, menu):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        changed = actions.write_menu_item(actor=amina, item=menu[0], text="Two Saturdays", kind="hours")
        actions.write_invitation(actor=amina, stakeholder=clinic, email="i@x.example", items=[changed])
        with pytest.raises(actions.Refused, match="asked with these words"):
            actions.write_menu_item(actor=amina, item=changed, text="Every Saturday", kind="hours")
        actions.retire_menu_item(actor=amina, item=changed)
        with pytest.raises(actions.Refused, match="off the menu"):
            actions.write_invitation(actor=amina, stakeholder=clinic, email="j@x.example", items=[changed])


def test_words_and_menu_as_pages(clean_air, script, menu, client):
    client.force_login(clean_air.user["ben"])
    base = "/c/clean-air/allies"
    assert client.post(f"{base}/words/add/", {"name": "Kept", "text": " "}).status_code == 422
    assert "Kept" in client.post(f"{base}/words/add/", {"name": "Kept", "text": " "}).text
    assert client.post(f"{base}/words/add/", {"name": "New", "text": "Hello"}).status_code == 302
    assert client.post(f"{base}/words/{script.pk}/retire/").status_code == 302
    assert "At your gate" not in _list(client.get(f"{base}/words/").text)
    assert client.post(f"{base}/words/{script.pk}/restore/").status_code == 302
    assert "At your gate" in _list(client.get(f"{base}/words/").text)
    assert client.post(f"{base}/menu/add/", {"text": "", "kind": "hours"}).status_code == 422
    assert client.post(f"{base}/menu/add/", {"text": "A van", "kind": "materials"}).status_code == 302
    assert client.post(f"{base}/menu/{menu[0].pk}/retire/").status_code == 302
    listed = client.get(f"{base}/menu/", {"state": "on"}).text
    assert "A van" in listed
    assert "One Saturday" not in listed[listed.index("<tbody>") :]
    assert "One Saturday" in client.get(f"{base}/menu/", {"format": "csv"}).content.decode()


def _list(page: str) -> str:
    return page[page.index('id="scripts"') : page.index("h-rates")]
