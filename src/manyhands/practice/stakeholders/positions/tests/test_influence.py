"""Who has a say over whom, whose claim is strong, and what follows from all of it."""

import pytest

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.actions import Refused
from manyhands.practice.stakeholders.models import Claim, Issue, Position, PowerFinding, Stakeholder, Sway
from manyhands.practice.stakeholders.positions import actions, insights, power, queries, rules, tasks


def rate(inside, one, other, level, who="amina", basis="Seen it"):
    return actions.rate_sway(actor=inside.actor[who], one=one, other=other, level=level, basis=basis)


def test_a_rating_of_sway_needs_a_stated_basis(inside, known):
    # S2-25
    with pytest.raises(Refused, match="Say what you base this on"):
        rate(inside, known("Mayor"), known("Council"), 3, basis="  ")
    assert rate(inside, known("Mayor"), known("Council"), 3, basis=" Two budgets ").basis == "Two budgets"


@pytest.mark.parametrize("level", [-1, 5])
def test_a_level_off_the_scale_is_refused(inside, known, level):
    with pytest.raises(Refused, match="from 0 to 4"):
        rate(inside, known("Mayor"), known("Council"), level)


def test_nobody_is_rated_over_itself_and_nothing_is_not_a_rating(inside, known):
    with pytest.raises(Refused, match="over themselves"):
        rate(inside, known("Mayor"), known("Mayor"), 2)
    with pytest.raises(Refused, match="Nothing is rated yet"):
        actions.rate_sways(actor=inside.actor["amina"], one=known("Mayor"), levels={}, basis="Seen it")


def test_somebody_off_the_list_is_not_rated_and_drops_out_of_the_picture(inside, three):
    mayor, _council, police = three
    allies.remove_ally(actor=inside.actor["amina"], stakeholder=police)
    with pytest.raises(Refused, match="off the list"):
        rate(inside, mayor, police, 2)
    assert set(queries.sways().values_list("one__name", "other__name")) == {("Mayor", "Council"), ("Council", "Mayor")}
    run_waiting()  # the listener hears of it
    assert queries.power_finding().payload["is_enough"] is False


def test_ones_own_rating_replaces_itself_and_can_be_taken_back_by_nobody_else(inside, known):
    mayor, council = known("Mayor"), known("Council")
    rate(inside, mayor, council, 1)
    rate(inside, mayor, council, 4)
    rate(inside, mayor, council, 3, who="ben")
    assert Sway.objects.count() == 3
    assert rules.medians(queries.sways().values_list("one_id", "other_id", "level")) == {(mayor.pk, council.pk): 3.5}
    mine = queries.sways().get(level=4)
    with pytest.raises(Refused, match="Only whoever rated"):
        actions.withdraw_sway(actor=inside.actor["ben"], sway=mine)
    actions.withdraw_sway(actor=inside.actor["amina"], sway=mine)
    assert queries.sways().get().level == 3


def test_what_reaches_somebody_through_others_stands_beside_the_direct(inside, three):
    # S2-25
    mayor, council, police = three
    sways = [(sway.one_id, sway.other_id, sway.level) for sway in queries.sways_around(mayor)]
    levels = rules.medians(sways)
    reach = {way.other: (way.direct, way.through) for way in rules.ways(levels, mayor.pk)}
    assert reach == {police.pk: (4.0, [(council.pk, 3.0)]), council.pk: (3.0, [(police.pk, 1.0)])}
    towards = {way.one: (way.direct, way.through) for way in rules.ways(levels, mayor.pk, towards=True)}
    # The police has no say over the mayor itself, only through the council.
    assert towards == {council.pk: (1.0, []), police.pk: (0.0, [(council.pk, 1.0)])}


def test_a_whole_picture_is_worked_out_by_a_job_and_only_when_something_changed(inside, three, monkeypatch):
    # S2-25
    finding = queries.power_finding()
    assert finding.is_behind
    run_waiting()
    finding.refresh_from_db()
    assert not finding.is_behind
    assert finding.payload["is_enough"] is True
    rows = {row["id"]: row for row in finding.payload["rows"]}
    mayor, _council, police = three
    # By hand: MDII of the mayor is 3 + min(4, 1) = 4 over the council and 4 + min(3, 3) = 7 over the police.
    assert (rows[mayor.pk]["influence"], rows[mayor.pk]["dependence"]) == (11.0, 2.0)
    assert rows[mayor.pk]["rank"] == 1
    assert rows[mayor.pk]["role"] == "dominant"
    assert rows[police.pk]["role"] == "dominated"
    monkeypatch.setattr(insights, "work_out_power", lambda given: pytest.fail("nothing has changed"))
    tasks.ask_anew()
    run_waiting()
    finding.refresh_from_db()
    assert not finding.is_behind


def test_the_finding_holds_ids_and_no_name(inside, three):
    run_waiting()
    text = str(queries.power_finding().payload)
    assert not any(name in text for name in ("Mayor", "Council", "Police", "Streets", "Amina"))


def test_a_missing_pair_is_asked_for_and_never_counted_as_zero(inside, three):
    mayor, _council, police = three
    actions.withdraw_sway(actor=inside.actor["amina"], sway=queries.sways().get(one=police, other=mayor))
    payload = tasks.work_out_now().payload
    assert payload["is_enough"] is False
    assert payload["missing"] == [[police.pk, mayor.pk]]
    assert "rows" not in payload


def test_an_issue_on_which_somebody_is_unknown_is_left_out_and_named(inside, three, streets, write):
    other = actions.name_issue(actor=inside.actor["amina"], title="No trucks")
    write("Mayor", other, "active ally", 3)
    payload = tasks.work_out_now().payload
    assert payload["is_enough"] is True
    assert payload["issues"] == [streets.pk]
    assert payload["issues_left_out"] == {str(other.pk): [three[1].pk, three[2].pk]}
    actions.close_issue(actor=inside.actor["amina"], issue=streets)
    payload = tasks.work_out_now().payload
    assert payload["is_enough"] is False


def test_a_name_that_somebody_just_added_does_not_take_the_picture_away(inside, three, known):
    bakers = known("Bakers")
    rate(inside, bakers, three[0], 2)
    payload = tasks.work_out_now().payload
    assert payload["is_enough"] is True
    assert list(payload["left_out"]) == [str(bakers.pk)]
    assert len(payload["left_out"][str(bakers.pk)]) == 5


def test_nobody_with_a_say_over_anybody_gives_no_balance(inside, three):
    for sway in list(queries.sways()):
        rate(inside, sway.one, sway.other, 0)
    payload = tasks.work_out_now().payload
    assert payload["is_enough"] is False
    assert payload["is_still"] is True


def test_several_raters_count_with_their_median_and_their_quarrel_is_shown(inside, three):
    mayor, council, _police = three
    rate(inside, council, mayor, 4, who="ben")
    payload = tasks.work_out_now().payload
    assert payload["disputed"] == [[council.pk, mayor.pk, 2.5, 3.0, 2.0]]
    shown = power.shown(payload, queries.names_of(payload["actors"]), {each.pk: each for each in Issue.objects.all()})
    assert shown.disputed == ["Council over Mayor: 2 raters, 3 steps apart, middle 2.5."]


def test_the_page_says_who_leads_and_what_the_order_hangs_on(inside, three, streets):
    payload = tasks.work_out_now().payload
    names = queries.names_of(payload["actors"])
    shown = power.shown(payload, names, {streets.pk: streets})
    assert shown.title.startswith("Mayor holds most power here; ")
    assert shown.rows[0].ally.name == "Mayor"
    assert [pair.one.name for pair in shown.against_each_other] == ["Mayor"]
    assert shown.with_each_other == []
    assert {point.row.ally.name for point in shown.points} == {"Mayor", "Council", "Police"}
    assert all(0 <= point.x <= 100 and 0 <= point.y <= 100 for point in shown.points)
    # Somebody taken off the list since is no trouble.
    left = power.shown(payload, {pk: ally for pk, ally in names.items() if ally.name != "Police"}, {})
    assert [row.ally.name for row in left.rows] == ["Mayor", "Council"]


def test_salience_is_the_middle_of_raters_under_its_softened_name(inside, known):
    port = known("Port")
    assert insights.claim_seen(queries.claims_on(port)) is None

    def claim(who, *attributes):
        words = dict(zip(("has_power", "has_legitimacy", "has_urgency"), attributes, strict=True))
        return actions.rate_claim(actor=inside.actor[who], stakeholder=port, basis="Seen it", **words)

    claim("amina", True, False, True)
    claim("ben", True, False, True)
    claim("rosa", True, True, False)
    seen = insights.claim_seen(queries.claims_on(port))
    # The class is "dangerous" in the literature, which is no word for somebody's record.
    assert (seen.label, seen.tier, seen.raters) == ("power and urgency", "expectant", 3)
    assert [(name, has, count) for name, has, count, _differ in seen.attributes] == [
        ("power", True, 3),
        ("legitimacy", False, 1),
        ("urgency", True, 2),
    ]
    claim("rosa", False, False, False)
    assert Claim.objects.filter(replaced_at=None).count() == 3
    with pytest.raises(Refused, match="Only whoever rated"):
        actions.withdraw_claim(actor=inside.actor["ben"], claim=Claim.objects.filter(rater__name="Amina").get())
    with pytest.raises(Refused, match="Say what you base this on"):
        actions.rate_claim(
            actor=inside.actor["ben"],
            stakeholder=port,
            has_power=True,
            has_legitimacy=True,
            has_urgency=True,
            basis="",
        )


def test_what_somebody_wrote_and_rated_is_in_their_own_file_and_their_words_can_go(inside, three):
    actions.rate_claim(
        actor=inside.actor["amina"],
        stakeholder=three[0],
        has_power=True,
        has_legitimacy=True,
        has_urgency=False,
        basis="Elected",
    )
    seat = inside.seat["amina"].pk
    mine = queries.personal_export([seat])
    assert len(mine["sways"]) == 6
    assert mine["sways"][0]["basis"] == "Eleven meetings"
    assert mine["claims"][0]["basis"] == "Elected"
    assert mine["issues_named"] == ["Streets closed at drop-off"]
    assert len(queries.personal_export([inside.seat["ben"].pk])["positions"]) == 3
    before = tasks.work_out_now().payload
    queries.personal_erase([seat])
    assert set(Sway.objects.values_list("basis", flat=True)) == {queries.FORGOTTEN}
    assert tasks.work_out_now().payload == before


def test_an_actor_that_is_erased_leaves_no_rating_behind(inside, three):
    Stakeholder.objects.get(pk=three[1].pk).delete()
    assert Sway.objects.count() == 2
    assert Position.objects.count() == 2
    assert tasks.work_out_now().payload["is_enough"] is False


def test_more_actors_than_the_method_takes_are_told_and_not_worked_out():
    sways = [(one, other, 1) for one in range(1, 503) for other in range(1, 503) if one != other]
    payload = insights.work_out_power((sways, [(actor, 1, 1) for actor in range(1, 503)], [1]))
    assert payload["is_enough"] is False
    assert payload["too_many"] == 500


def test_no_finding_before_anything_was_rated(inside):
    PowerFinding.objects.all().delete()
    assert tasks.work_out_now() is None
