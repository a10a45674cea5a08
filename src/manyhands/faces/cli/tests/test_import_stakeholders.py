"""`manyhands import stakeholders`: the same deeds as the pages, from a terminal."""

import json

import pytest

from manyhands.faces.cli.main import main
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders.models import Import, Stakeholder

LIST = "Name,EIN\nClinic,01\n,02\nGuild,03\n"


@pytest.fixture
def run(clean_air, tmp_path, capsys):
    def go(text, *options, name="list.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main(["import", "stakeholders", str(path), "--coalition", "clean-air", *options])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def test_it_answers_as_promised(clean_air, run):
    code, said, _ = run(LIST, "--json")
    answer = json.loads(said)
    assert code == 0
    assert (answer["added"], answer["updated"], answer["skipped"]) == (2, 0, 0)
    assert answer["refused"] == [{"row": 3, "reason": "There is no name, and a name is the one thing we need."}]
    with clean_air.inside():
        assert set(Stakeholder.objects.values_list("name", flat=True)) == {"Clinic", "Guild"}
        assert set(LedgerEntry.objects.values_list("by_system", flat=True)) == {"command line"}
    assert json.loads(run(LIST, "--json")[1])["skipped"] == 2


def test_a_dry_run_leaves_nothing(clean_air, run):
    code, said, _ = run(LIST, "--dry-run", "--json")
    assert (code, json.loads(said)["added"]) == (0, 2)
    with clean_air.inside():
        assert not Stakeholder.objects.exists()
        assert not Import.objects.exists()


def test_words_for_people(run):
    assert "2 added, 0 updated, 0 skipped, 1 refused." in run(LIST)[1]


def test_a_mapping_by_title(clean_air, run, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"Who": "name", "Nr": "identifier", "More": "extra"}))
    assert run("Who,Nr,More\nClinic,007,x\n", "--mapping", str(mapping))[0] == 0
    with clean_air.inside():
        ally = Stakeholder.objects.get()
        assert (ally.name, ally.identifier, ally.extra) == ("Clinic", "007", {"More": "x"})


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (b"", [], "empty"),
        (b"%PDF-1.4", [], "a PDF"),
        (b"City\nLinden\n", [], "which column holds the name"),
        (LIST, ["--mapping", "nowhere.json"], "cannot be read as JSON"),
        (LIST, ["--coalition", "no-such"], "no coalition"),
    ],
)
def test_asked_wrongly_it_says_so_in_one_sentence(clean_air, run, text, options, sentence):
    code, said, trouble = run(text, *options)
    assert (code, said) == (2, "")
    assert sentence in trouble
    assert len(trouble.strip().splitlines()) == 1
    with clean_air.inside():
        assert not Import.objects.exists()


def test_a_file_that_is_not_there(clean_air, capsys):
    assert main(["import", "stakeholders", "nowhere.csv", "--coalition", "clean-air"]) == 2
    assert capsys.readouterr().err.strip() == "There is no file nowhere.csv."
