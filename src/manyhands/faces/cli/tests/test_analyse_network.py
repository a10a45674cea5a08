"""``manyhands analyse network`` as a script or a person meets it."""

import json

import pytest

from manyhands.analysis.network.tests.classics import FLORENCE, WEALTH
from manyhands.faces.cli.main import main


@pytest.fixture
def florence(tmp_path):
    path = tmp_path / "ties.csv"
    path.write_text("source,target\n" + "\n".join(pair.replace("-", ",") for pair in FLORENCE.split()) + "\n")
    return path


def run(capsys, *words):
    status = main(["analyse", "network", *map(str, words)])
    written = capsys.readouterr()
    return status, written.out, written.err


def test_json_keeps_its_contract(florence, capsys):
    status, out, err = run(capsys, florence, "--json")
    answer = json.loads(out)
    assert (status, err) == (0, "")
    assert answer["method"] == "network figures 1"
    assert answer["density"] == pytest.approx(0.1905, abs=5e-5)
    assert answer["degree_centralization"] == pytest.approx(0.2747, abs=5e-5)
    medici = next(node for node in answer["nodes"] if node["id"] == "Medici")
    assert (medici["degree"], round(medici["betweenness"], 3)) == (6, 0.522)
    assert (round(medici["effective_size"], 3), round(medici["constraint"], 2)) == (5.667, 0.21)
    assert isinstance(medici["community"], int)
    assert set(answer["articulation_points"]) == {"Medici", "Albizzi", "Guadagni", "Salviati"}


def test_actors_without_ties_are_kept_and_have_no_made_up_figures(florence, tmp_path, capsys):
    families = sorted({name for pair in FLORENCE.split() for name in pair.split("-")} | {"Pucci"})
    (tmp_path / "nodes.csv").write_text("id\n" + "\n".join(families) + "\n")
    answer = json.loads(run(capsys, florence, "--nodes", tmp_path / "nodes.csv", "--json")[1])
    pucci = next(node for node in answer["nodes"] if node["id"] == "Pucci")
    assert (pucci["degree"], pucci["effective_size"], pucci["constraint"]) == (0, None, None)
    assert answer["without_ties"] == ["Pucci"]


def test_directed_ties_say_who_answers(tmp_path, capsys):
    (tmp_path / "ties.csv").write_text("source,target,weight\na,b,1\nb,a,2\na,c,3\n")
    answer = json.loads(run(capsys, tmp_path / "ties.csv", "--directed", "--json")[1])
    assert (answer["density"], round(answer["reciprocity"], 3)) == (0.5, 0.667)
    a = answer["nodes"][0]
    assert (a["degree"], a["sent"], a["received"], a["strength"]) == (3, 2, 1, 6.0)


def test_plain_words_name_the_brokers_and_the_weak_points(florence, capsys):
    status, out, _ = run(capsys, florence)
    assert status == 0
    for words in (
        "15 actors, 20 ties",
        "Of all ties that could be, 19.0% are there.",
        "Medici                        6    52.2%",
        "Without these, others would be cut off (how many): Medici (3), Albizzi (1)",
    ):
        assert words in out


@pytest.mark.parametrize("words", [[], ["--json"], ["--directed"]])
def test_no_ties_is_an_answer_not_an_error(tmp_path, capsys, words):
    (tmp_path / "ties.csv").write_text("source,target\n")
    (tmp_path / "nodes.csv").write_text("id\nClinic\n")
    for nodes in ([], ["--nodes", tmp_path / "nodes.csv"]):
        status, out, err = run(capsys, tmp_path / "ties.csv", *nodes, *words)
        assert (status, err) == (0, "")
        assert "NaN" not in out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be opened"),
        ("", "The file is empty."),
        ("a,b\n1,2\n", "There is no column 'source'"),
        ("source,target\na,a\n", "Row 2: 'a' is tied to itself."),
        ("source,target,weight\na,b,-1\n", "Row 2: the weight must be a number, 0 or more."),
    ],
)
def test_bad_input_is_one_sentence_and_status_two(tmp_path, capsys, content, sentence):
    path = tmp_path / "ties.csv"
    if content is not None:
        path.write_text(content)
    status, out, err = run(capsys, path)
    assert (status, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_hidden_influence_beside_a_column_of_ratings(florence, tmp_path, capsys):
    # S2-21
    rated = [f"{name},{'' if name == 'Pazzi' else wealth}" for name, wealth in WEALTH.items()]
    (tmp_path / "nodes.csv").write_text("id,wealth\n" + "\n".join(rated) + "\n")
    words = [florence, "--nodes", tmp_path / "nodes.csv", "--formal", "wealth"]
    said = "Far higher in the network than people rate them: Guadagni (2 in the network, 14 as rated)"
    assert said in run(capsys, *words)[1]
    first, *_, last = json.loads(run(capsys, *words, "--json")[1])["hidden_influence"]
    assert (first["actor"], first["is_hidden"], last["actor"], last["gap"]) == ("Guadagni", True, "Pazzi", None)


def test_a_warm_way_through_those_who_agreed(tmp_path, capsys):
    ties = tmp_path / "ties.csv"
    ties.write_text("source,target,weight\nus,a,0.9\nus,b,0.9\nb,c,0.9\na,t,0.5\nc,t,0.8\n")
    (tmp_path / "nodes.csv").write_text("id,may\nus,\na,1\nb,1\nc,0\nt,\n")
    way = [ties, "--from", "us", "--to", "t"]
    assert "65%  us - b - c - t" in run(capsys, *way)[1]
    agreed = [*way, "--nodes", tmp_path / "nodes.csv", "--agreed", "may"]
    chains = json.loads(run(capsys, *agreed, "--json")[1])["introductions"]["chains"]
    assert [chain["chain"] for chain in chains] == [["us", "a", "t"]]
    assert "No way to t: only through people who have not agreed." in run(capsys, *agreed, "--avoid", "a")[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--to", "Strozzi"], "needs both --from and --to"),
        (["--formal", "wealth"], "needs --nodes"),
        (["--from", "Pazzi", "--to", "Nobody"], "There is no actor 'Nobody'."),
    ],
)
def test_options_that_do_not_go_together_are_refused(florence, capsys, words, sentence):
    status, _, err = run(capsys, florence, *words)
    assert status == 2
    assert sentence in err
