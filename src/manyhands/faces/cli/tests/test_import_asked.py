"""What every `manyhands import …` refuses alike."""

import pytest

from manyhands.faces.cli.main import main

COMMANDS = {
    "stakeholders": [],
    "vcards": [],
    "ties": [],
    "positions": [],
    "influence": ["--by", "amina@example.org"],
}


@pytest.fixture(params=sorted(COMMANDS))
def run(request, clean_air, capsys):
    def go(path, slug="clean-air"):
        code = main(["import", request.param, str(path), "--coalition", slug, *COMMANDS[request.param]])
        return code, capsys.readouterr().err

    return go


def test_a_file_that_is_not_there(run, tmp_path):
    assert run(tmp_path / "list.csv") == (2, "There is no file list.csv.\n")


def test_a_name_that_is_no_name(run):
    code, said = run("\0")
    assert (code, said.count("\n")) == (2, 1)


def test_a_file_beyond_what_may_be_uploaded(run, tmp_path, settings):
    settings.UPLOAD_LIMIT = 1024**2
    path = tmp_path / "list.csv"
    path.write_bytes(b"BEGIN:VCARD\n" + b"x" * 1024**2)
    assert run(path) == (2, "list.csv is larger than 1 MB (MANYHANDS_UPLOAD_LIMIT_MB). Split it.\n")


def test_a_coalition_that_is_not_there(run, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Clinic\nEND:VCARD\n")
    assert run(path, slug="nowhere") == (2, "There is no coalition “nowhere”.\n")
