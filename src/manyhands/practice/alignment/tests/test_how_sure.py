"""How sure a share is, and majorities that one group refuses: shown wherever shares are, and giving nobody away."""

import csv
import io
import itertools
import json

import pytest
from django.urls import reverse

from manyhands.practice.alignment import actions, insights
from manyhands.practice.alignment.models import Finding
from manyhands.practice.alignment.publishing import seal

from .factories import answered, close, open_round

SEEDS = [
    "Guards before gates.",
    "Close every school street.",
    "Bus fares first, streets later.",
    "A bell at each gate.",
]


def camps(person, statement):
    """Eighty in A and forty in B. A alone carries the second statement; fourteen of each have seen the last."""
    in_b = person % 2 == 1
    return {
        0: 1 if person % 8 else -1,
        1: (-1 if person // 2 % 8 else 1) if in_b else (1 if person // 2 % 8 else -1),
        2: -1 if person % 3 else 1,
    }.get(statement, 1 if person < 16 else 0)


@pytest.fixture
def closed(clean_air):
    from manyhands.practice.alignment.models import Participant, Response

    with clean_air.inside():
        round = open_round(clean_air, seeds=SEEDS)
        answered(round, lambda person, at: camps(person, at))
        # Forty of B are enough: so A is a majority that B cannot outvote, though B refuses.
        late = Participant.objects.filter(round=round, declared_group="B").order_by("pk")[40:]
        Response.objects.filter(participant__in=[each.pk for each in late]).delete()
        last = round.statements.get(text=SEEDS[3])
        Response.objects.filter(statement=last).exclude(
            participant__imported_id__in=[f"p{n}" for n in range(28)]
        ).delete()
        yield close(clean_air, round)


@pytest.fixture
def pages(clean_air, closed, client):
    """Results, report, and the report for everyone, as text."""
    public = seal(actions.open_report(actor=clean_air.actor["amina"], round=closed))
    client.force_login(clean_air.user["amina"])
    args = ["clean-air", closed.pk]
    return {
        "results": reverse("alignment:results", args=args),
        "report": reverse("alignment:report", args=args),
        "public": reverse("alignment:public_report", args=["clean-air", public]),
    }


def test_every_share_carries_its_interval_on_pages_and_in_files(closed, pages, client):
    [first] = [row for row in Finding.objects.get().payload["statements"] if row["groups"][0]["parts"]][:1]
    low, high = first["groups"][0]["interval"]
    words = f"between {round(100 * low)} and {round(100 * high)}"
    for name, address in pages.items():
        page = client.get(address).text
        assert words in page, name
        assert "95 % Wilson interval 1" in page, name
    for name in ("results", "public"):
        rows = list(csv.reader(io.StringIO(client.get(pages[name] + "?format=csv").content.decode("utf-8-sig"))))
        assert any(words in row for row in rows), name


def test_what_too_few_have_seen_gets_an_interval_and_no_rank(closed, pages, client):
    [thin] = [row for row in Finding.objects.get().payload["statements"] if row["too_few"]]
    low, high = thin["total"]["interval"]
    for name, address in pages.items():
        part = client.get(address).text.split("Seen by too few to say")[1]
        assert SEEDS[3] in part, name
        assert f"(between {round(100 * low)} and {round(100 * high)})" in part, name


def test_a_majority_that_one_group_refuses_is_named_where_we_part(closed, pages, client):
    payload = Finding.objects.get().payload
    refused = closed.statements.get(text=SEEDS[1])
    assert payload["hidden_division"] == [refused.pk]
    for name, address in pages.items():
        part = client.get(address).text.split("Most agree, and one group clearly does not")[1]
        assert SEEDS[1] in part.split("</section>")[0], name
    [row] = [
        row
        for row in csv.DictReader(io.StringIO(client.get(pages["results"] + "?format=csv").content.decode("utf-8-sig")))
        if row["statement"] == SEEDS[1]
    ]
    assert row["most agree, one group clearly refuses"] == "yes"


def test_the_report_says_what_sets_each_group_apart(closed, pages, client):
    report = client.get(pages["report"]).text
    assert "What sets the groups apart" in report
    assert f"disagree: “{SEEDS[1]}”" in report


def test_a_finding_made_before_intervals_were_kept_still_shows(closed, pages, client):
    finding = Finding.objects.get()
    del finding.payload["interval_method"], finding.payload["hidden_division"]
    for row in finding.payload["statements"]:
        del row["total"], row["hidden_division"]
        for group in row["groups"]:
            del group["interval"]
    finding.save()
    for address in pages.values():
        page = client.get(address)
        assert page.status_code == 200
        assert "between" not in page.text.lower().split("<h2")[1]
        assert "Most agree, and one group" not in page.text
    for name in ("results", "public"):
        assert client.get(pages[name] + "?format=csv").status_code == 200


def test_no_count_under_five_can_be_worked_out_from_interval_total_or_flag():
    """A group of ten beside one of twenty-four, every split of both: who knows the rule and tries all finds none."""

    def splits(*totals):
        return [
            (agree, passed, total - agree - passed)
            for total in totals
            for agree in range(total + 1)
            for passed in range(total - agree + 1)
        ]

    cases = list(itertools.product(splits(3, 10), splits(3, 24)))
    people, statements, given = [], [], []
    for at, case in enumerate(cases):
        for group, split in enumerate(case):
            answers = [1] * split[0] + [0] * split[1] + [-1] * split[2]
            people += range(20 * group, 20 * group + len(answers))
            statements += [at] * len(answers)
            given += answers
    groups = {person: "A" if person < 10 else "B" for person in [*range(10), *range(20, 44)]}
    payload = insights.find_common_ground((people, statements, given), groups)
    parted, refused = set(payload["parted"]), set(payload["hidden_division"])
    assert refused
    possible: dict[str, list[int]] = {}
    for row in payload["statements"]:
        shown = [row["groups"], row["total"], row["seen"], row["hidden_division"], row["agreed"], row["too_few"]]
        shown += [row["id"] in parted, row["id"] in refused]
        possible.setdefault(json.dumps(shown), []).append(row["id"])
    for shown, alike in possible.items():
        for group, answer in itertools.product(range(2), range(3)):
            values = {cases[at][group][answer] for at in alike}
            assert len(values) > 1 or values.isdisjoint(range(1, 5)), (shown, [cases[at] for at in alike][:5])
