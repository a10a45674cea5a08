"""``manyhands analyse package`` as a mediator meets it."""

import copy
import json
import subprocess
import sys

import pytest

from manyhands.faces.cli.main import main

TALKS = {
    "issues": [{"name": "Hours", "options": ["long", "short"]}, {"name": "Noise", "options": ["loud", "quiet"]}],
    "parties": [
        {
            "name": "Shops",
            "walk_away": 30,
            "points": {"Hours": {"long": 80, "short": 0}, "Noise": {"loud": 20, "quiet": 5}},
        },
        {"name": "Homes", "points": {"Hours": {"long": 0, "short": 30}, "Noise": {"loud": 0, "quiet": 70}}},
    ],
}
ESTATE = {
    "items": ["house", "boat"],
    "parties": [
        {"name": "Ann", "points": {"house": 70, "boat": 30}},
        {"name": "Ben", "points": {"house": 50, "boat": 50}},
    ],
}


def changed(**of_homes):
    talks = copy.deepcopy(TALKS)
    talks["parties"][1].update(of_homes)
    return talks


@pytest.fixture
def run(tmp_path, capsys):
    def running(content, *words):
        path = tmp_path / "talks.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        status = main(["analyse", "package", str(path), *map(str, words)])
        written = capsys.readouterr()
        return status, written.out, written.err

    return running


# S1-07
def test_json_keeps_its_contract(run):
    status, out, err = run(TALKS, "--json")
    answer = json.loads(out)
    assert (status, err, answer["method"]) == (0, "", "packages 1")
    best = {"Hours": "long", "Noise": "quiet"}
    assert answer["nash"]["options"] == answer["fairest"]["options"] == best
    assert answer["nash"]["points"] == {"Shops": 85, "Homes": 70}
    assert answer["nash"]["gains"] == {"Shops": 55, "Homes": 70}
    assert [each["options"] for each in answer["feasible"]] == [{"Hours": "long", "Noise": "loud"}, best]
    assert answer["feasible_count"] == len(answer["feasible"]) == 2
    assert answer["pareto_count"] == len(answer["pareto"]) == 2
    assert answer["walk_away_assumed_zero"] == ["Homes"]
    [trade] = answer["nash"]["trades"]
    assert (trade["one"], trade["one_gives"], trade["other_gives"]) == (
        "Shops",
        [{"issue": "Noise", "costs": 15, "brings": 70}],
        [{"issue": "Hours", "costs": 30, "brings": 80}],
    )


# S1-07
def test_no_deal_says_what_would_have_to_move(run):
    answer = json.loads(run(changed(walk_away=80), "--json")[1])
    assert (answer["possible"], answer["feasible"], answer["nash"]) == (False, [], None)
    assert answer["relaxations"]["walk_aways"]["walk_aways_lowered"] == {"Homes": 10}
    assert answer["relaxations"]["red_lines"] is None
    words = run(changed(walk_away=80))[1]
    assert "No package is acceptable to all." in words
    assert "Smallest move of walk-aways: Homes accepts 10 points less. Then there is:" in words
    assert "Moving only red lines would not help." in words
    red = json.loads(run(changed(walk_away=60, red_lines={"Hours": ["long"]}), "--json")[1])
    assert red["relaxations"]["red_lines"]["red_lines_dropped"] == [
        {"party": "Homes", "issue": "Hours", "option": "long"}
    ]


def test_plain_words_say_the_best_package_and_who_gives_way(run):
    status, out, _ = run(TALKS)
    assert status == 0
    for words in (
        "2 parties, 2 issues, 4 packages",
        "No walk-away told, so 0 was assumed: Homes.",
        "Acceptable to all: 2 packages.",
        "Shops 85 (55 above), Homes 70 (70 above)",
        "Shops gives way to Homes on Noise; Homes gives way to Shops on Hours.",
        "How sure:",
        "Points are what each party told the mediator alone.",
    ):
        assert words in out


def test_members_see_packages_and_no_points(run):
    for content in (TALKS, changed(walk_away=80)):
        answer = json.loads(run(content, "--json", "--without-points")[1])
        told = json.dumps(answer)
        for word in ("points", "gains", "costs", "brings", "sensitivity", "change"):
            assert word not in told
        numbers = [each for each in told.replace("packages 1", "").split() if each.strip(",}]").isdigit()]
        assert {each.strip(",}]") for each in numbers} <= {"0", "2", "4"}  # counts only
        words = run(content, "--without-points")[1]
        assert "85" not in words
        assert "oints" not in words


def test_items_are_divided_by_adjusted_winner(run):
    answer = json.loads(run(ESTATE, "--json")[1])
    assert answer["method"] == "adjusted winner 1"
    assert answer["shares"]["house"] == {"Ann": "5/6", "Ben": "1/6"}
    assert answer["points_exact"] == {"Ann": "175/3", "Ben": "175/3"}
    assert "house: split, 5/6 to Ann and 1/6 to Ben" in run(ESTATE)[1]


def test_the_layout_in_the_help_is_one_that_works(run, capsys):
    with pytest.raises(SystemExit):
        main(["analyse", "package", "--help"])
    text = capsys.readouterr().out
    example = text[text.index('{"issues"') : text.index("The best options of each party")]
    assert run(example)[0] == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty."),
        ("{", "The file is not JSON, or is cut short."),
        ("[]", "The file must be a JSON object"),
        ("{}", "There must be a list under 'parties'."),
        ('{"parties": [{"name": "a", "name": "b"}]}', "The file names 'name' twice in one object."),
        ({**TALKS, "issues": []}, "at least one issue"),
        ({**TALKS, "parties": TALKS["parties"][:1]}, "at least two parties"),
        ({**TALKS, "parties": TALKS["parties"] * 2}, "Two of the parties are called 'Shops'."),
        ({**TALKS, "parties": [*TALKS["parties"], {}]}, "One of the parties has no name."),
        ({**TALKS, "parties": [*TALKS["parties"], 3]}, "Each of the parties must be a JSON object"),
        ({**TALKS, "points_total": 50}, "The best options of Shops must add up to 50 points, but add up to 100."),
        (changed(points={}), "Homes gives no points to the issue 'Hours'."),
        (changed(points=None), "What Homes gives must be a JSON object"),
        (changed(walk_away=-1), "The walk-away of Homes must not be below zero, but is -1."),
        (changed(walk_away="high"), "The walk-away of Homes must be a number, not 'high'."),
        (changed(red_lines={"Hours": "long"}), "The red lines of Homes must be lists of options by issue."),
        (changed(red_lines={"Hours": ["never"]}), "Homes speaks of 'never', which is no option of 'Hours'."),
        ({**ESTATE, "items": ["house"]}, "Ann must give points to every item and nothing else; see 'boat'."),
        ({**ESTATE, "items": ["house", "boat", "boat"]}, "Two items have the same name."),
        ({**ESTATE, "issues": []}, "both issues and items"),
    ],
)
def test_bad_input_is_one_sentence_and_status_two(run, content, sentence):
    status, out, err = run(content)
    assert (status, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_it_never_loads_the_site(tmp_path):
    path = tmp_path / "talks.json"
    path.write_text(json.dumps(TALKS))
    program = (
        "import sys; from manyhands.faces.cli.main import main;"
        f"main(['analyse', 'package', {str(path)!r}]);"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert done.returncode == 0, done.stderr
