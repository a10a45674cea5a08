"""Points that do not make 100, missing walk-aways, too many packages: a clear sentence, and nothing typed is lost."""

import pytest
from django.urls import reverse

from manyhands.practice.alignment.compromise import actions, insights, rules
from manyhands.practice.alignment.models import Negotiation, NegotiationIssue, PackageFinding, PrivateTerms


@pytest.fixture
def post(room, client):
    client.force_login(room.world.user["joan"])
    address = reverse("alignment:tell_terms", args=["clean-air", room.negotiation.pk])
    names = [f"points_{option.pk}" for option in room.options()]

    def send(points, walk_away="20", red=()):
        told = dict(zip(names, points, strict=True))
        if walk_away is not None:
            told["walk_away"] = walk_away
        for at in red:
            told[f"red_{room.options()[at].pk}"] = "on"
        return client.post(address, told)

    return send


@pytest.mark.parametrize(
    ("points", "walk_away", "sentence"),
    [
        (["70", "0", "20", "0"], "20", "must make 100 points together. Now they make 90."),
        (["80", "0", "30", "0"], "20", "Now they make 110."),
        (["80", "-5", "20", "0"], "20", "Points must not be below zero."),
        (["80", "0", "20", "0"], "-1", "No deal cannot be worth less than zero."),
        (["80", "0", "20", "0"], "", "Say what no deal is worth to you."),
        (["80", "0", "20", "0"], None, "Say what no deal is worth to you."),
        (["80", "0", "20", "0"], "101", "No deal would be worth more to you"),
        (["80", "0", "20", ""], "20", "This field is required."),
        (["80", "0", "20", "NaN"], "20", "Enter a number."),
        (["80", "0", "20", "Infinity"], "20", "Enter a number."),
        (["1e999", "0", "20", "0"], "20", "digits"),
    ],
)
def test_unfit_terms_come_back_filled_with_a_sentence(post, points, walk_away, sentence):
    answer = post(points, walk_away)
    assert answer.status_code == 422
    assert sentence in answer.text
    for value in filter(None, [*points, walk_away]):
        assert f'value="{value}"' in answer.text, value
    assert not PrivateTerms.objects.exists()


def test_a_party_leaves_at_least_one_option_open(post):
    answer = post(["80", "0", "20", "0"], red=[0, 1])
    assert answer.status_code == 422
    assert "Leave at least one open." in answer.text
    assert answer.text.count("checked") == 2


def test_terms_come_too_late_for_what_is_over(room, post):
    actions.end_without_deal(actor=room.world.actor["mei"], negotiation=room.fresh(), why="Enough.")
    assert post(["80", "0", "20", "0"]).status_code == 409


def test_more_packages_than_can_be_looked_at_are_searched_and_that_is_said(room, client):
    """Twelve issues of ten options: a million million packages."""
    Negotiation.objects.update(state="draft")
    NegotiationIssue.objects.all().delete()
    mei = room.world.actor["mei"]
    for at in range(rules.MOST_ISSUES):
        options = [f"Option {n}" for n in range(rules.MOST_OPTIONS)]
        actions.add_issue(actor=mei, negotiation=room.fresh(), name=f"Issue {at}", options=options)
    with pytest.raises(actions.Refused):
        actions.add_issue(actor=mei, negotiation=room.fresh(), name="One more", options=["a", "b"])
    actions.open_negotiation(actor=mei, negotiation=room.fresh())
    worth = [round(100 / 12 * step / 9, 2) for step in range(10)]
    room.tell("joan", worth * 12, 10)
    room.tell("amina", worth[::-1] * 12, 10)
    payload = PackageFinding.objects.get().payload
    assert payload["number"] == 10**12
    assert payload["problem"] or not payload["every_package_looked_at"]
    client.force_login(room.world.user["mei"])
    shown = client.get(reverse("alignment:mediate", args=["clean-air", room.negotiation.pk])).text
    assert "too many to" in shown or "could not be worked out" in shown


def test_more_than_can_be_searched_is_a_sentence_and_no_crash(room, client, monkeypatch):
    from manyhands.analysis import packages
    from manyhands.analysis.tables import BadInput

    def refuse(asked):
        raise BadInput("There are about 10^40 packages for 2 parties, too many to search; settle some issues first.")

    monkeypatch.setattr(packages, "find_packages", refuse)
    room.all_tell()
    for who, name in (("mei", "mediate"), ("mei", "negotiation"), ("joan", "negotiation")):
        client.force_login(room.world.user[who])
        page = client.get(reverse(f"alignment:{name}", args=["clean-air", room.negotiation.pk]))
        assert page.status_code == 200
        assert "settle some issues first" in page.text
    with pytest.raises(actions.Refused):
        actions.propose_packages(actor=room.world.actor["mei"], negotiation=room.fresh(), chosen=[[1, 2]])


def test_an_answer_never_holds_what_is_not_a_number(room):
    import json

    room.all_tell()
    finding = PackageFinding.objects.get()
    json.dumps([finding.payload, finding.mediator_payload], allow_nan=False)
    assert insights.find_packages.__doc__


def test_a_negotiation_needs_two_parties_and_a_mediator_of_none_of_them(inside, client):
    mei, joan, amina = inside.actor["mei"], inside.organization["joan"], inside.organization["amina"]
    for organizations, mediator in (
        ([joan], "mei"),
        ([joan, amina], "amina"),
        ([joan, inside.organization["mei"]], "mei"),
    ):
        with pytest.raises(actions.Refused):
            actions.draft_negotiation(
                actor=mei, question="What?", mediator=inside.seat[mediator], organizations=organizations
            )
    client.force_login(inside.user["mei"])
    address = reverse("alignment:draft_negotiation", args=["clean-air"])
    refused = client.post(address, {"question": "Vans?", "organizations": [joan.pk], "mediator": inside.seat["mei"].pk})
    assert refused.status_code == 422
    assert "at least two parties" in refused.text
    assert 'value="Vans?"' in refused.text


def test_an_issue_needs_two_options_and_comes_back_filled(room, client):
    Negotiation.objects.update(state="draft")
    client.force_login(room.world.user["mei"])
    address = reverse("alignment:add_issue", args=["clean-air", room.negotiation.pk])
    one = client.post(address, {"name": "Parking", "options": "Yes"})
    assert one.status_code == 422
    assert "at least two options" in one.text
    assert 'value="Parking"' in one.text
    assert client.post(address, {"name": "Parking", "options": "Yes\nyes"}).status_code == 422
    assert client.post(address, {"name": "Hours", "options": "a\nb"}).status_code == 422
    assert client.post(address, {"name": "Parking", "options": "Yes\n\nNo"}).status_code == 302
    Negotiation.objects.update(state="open")
    assert client.post(address, {"name": "Trees", "options": "Yes\nNo"}).status_code == 409


def test_an_empty_table_cannot_be_opened(inside, client):
    made = actions.draft_negotiation(
        actor=inside.actor["mei"],
        question="What?",
        mediator=inside.seat["mei"],
        organizations=[inside.organization["joan"], inside.organization["amina"]],
    )
    client.force_login(inside.user["mei"])
    refused = client.post(reverse("alignment:open_negotiation", args=["clean-air", made.pk]))
    assert refused.status_code == 409
    assert "There is no issue yet" in refused.text
    client.force_login(inside.user["rosa"])
    assert client.get(reverse("alignment:negotiation", args=["clean-air", made.pk])).status_code == 404, "a draft"
