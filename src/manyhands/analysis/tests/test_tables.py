"""A quote that is opened and never closed: in the last column it would take in the rest of the file without a word."""

import json

import pytest

from manyhands.analysis.tables import BadInput, read_table
from manyhands.faces.cli.main import main

OPEN = [
    'a,b\n1,"x\n2,y\n3,z\n',
    'a,b\n1,"x',
    'a,b\n1,"x\n',
    'a,b\n1,"say ""hi\n2,y\n',
    'a,b\n1,"é\nü\n',
    'name\n"Clinic\nGuild\nClub\n',
]
CLOSED = ['a,b\n1,"x"\n', 'a,b\n1,"x ""y"""\n', 'a,b\n1,"x\ny"', 'a,b\n1,5" pipe\n', 'a,b\n1,x"\n', "a,b\n1,\n", "a\n"]


@pytest.mark.parametrize("text", OPEN)
def test_an_open_quote_is_refused_with_its_row(tmp_path, text):
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="Row 2: a quote is opened and never closed"):
        read_table(tmp_path / "list.csv")


@pytest.mark.parametrize("text", CLOSED)
def test_quotes_that_are_closed_or_mean_inches_are_read(tmp_path, text):
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    table, _ = read_table(tmp_path / "list.csv")
    assert table.num_rows == text.strip().count("\n") - ("x\ny" in text)


@pytest.mark.parametrize("command", [["network"], ["duplicates", "--column", "target"]])
def test_the_commands_say_so(tmp_path, capsys, command):
    file = tmp_path / "list.csv"
    file.write_text('source,target\na,b\nc,"d\ne,f\n')
    assert main(["analyse", command[0], str(file), *command[1:], "--json"]) == 2
    told = capsys.readouterr()
    assert "Row 3: a quote is opened and never closed" in told.err
    assert not told.out or not json.loads(told.out)
