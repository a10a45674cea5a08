"""Reading answers: both layouts, tidy ids, and one clear sentence for every bad file."""

import random

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manyhands.analysis.responses import BadInput, Responses, read_responses

EVENTS = "timestamp,datetime,comment-id,voter-id,vote\n"
PARTICIPANTS = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n"


@pytest.fixture
def written(tmp_path):
    def write(content, name="votes.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def cells(found):
    """{(person, statement): vote}, passes included."""
    table = found.votes.tocoo()
    return {
        (str(found.people[row]), str(found.statements[column])): int(vote)
        for row, column, vote in zip(*table.coords, table.data, strict=True)
    }


def test_both_layouts_give_the_same_table(written):
    events = written(EVENTS + "5,Mon,1,a,1\n6,Mon,0,a,-1\n7,Mon,1,b,0\n")
    table = written(PARTICIPANTS + "a,0,0,2,1,1,-1,1\nb,1,0,1,0,0,,0\n", "participants-votes.csv")
    expected = {("a", "1"): 1, ("a", "0"): -1, ("b", "1"): 0}
    assert cells(read_responses(events)) == cells(read_responses(table)) == expected


def test_the_latest_vote_counts_and_of_equal_times_the_later_row(written):
    found = read_responses(written(EVENTS + "9,,0,a,1\n5,,0,a,-1\n3,,0,b,1\n3,,0,b,0\n"))
    assert cells(found) == {("a", "0"): 1, ("b", "0"): 0}


def test_a_pass_is_an_answer_and_a_blank_is_none(written):
    found = read_responses(written(PARTICIPANTS + "a,0,0,1,0,0,0,\n"))
    assert found.votes.nnz == 1
    assert found.votes_of_each.tolist() == [1]


def test_ids_are_told_apart_and_sorted_as_people_would(written):
    found = read_responses(written(EVENTS + "1,,10.0,north,1\n1,,9,7,1\n1,,10,12.0,1\n1,, 9 ,é,1\n"))
    assert found.statements.tolist() == ["9", "10"]
    assert found.people.tolist() == ["7", "12", "north", "é"]


@pytest.mark.parametrize("blank", ["", "NaN", " "])
def test_groups_are_read_sanely(written, blank):
    path = written(PARTICIPANTS + f"a,0.0,0,1,0,0,0,\nb,{blank},0,1,0,0,0,\nc,12,0,1,0,0,0,\n")
    assert read_responses(path, groups_from="group-id").groups.tolist() == ["0", "", "12"]


def test_groups_may_come_from_any_column_of_either_layout(written):
    table = written("participant,town,n-disagree,0\n1,Ulm,0,1\n2,Bonn,0,1\n", "p.csv")
    assert read_responses(table, groups_from="town").groups.tolist() == ["Ulm", "Bonn"]
    events = written("comment-id,voter-id,vote,town\n0,2,1,Bonn\n0,1,1,Ulm\n1,2,0,Bonn\n")
    assert read_responses(events, groups_from="town").groups.tolist() == ["Ulm", "Bonn"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + EVENTS.encode() + b"1,,0,a,1\n",
        EVENTS.replace("\n", "\r\n").encode() + b"1,,0,a,1\r\n",
        EVENTS.replace(",", ";").encode() + b"1;;0;a;1\n",
        EVENTS.replace(",", "\t").encode() + b"1\t\t0\ta\t1",
        EVENTS.encode() + "1,samedi à midi,0,a,1\n".encode("latin-1"),
        EVENTS.encode() + b'1,"two\nlines, and a comma",0,a,1\n',
        b"\n" + EVENTS.encode() + b"1,,0,a,+1.0\n\n",
    ],
    ids=["byte order mark", "windows", "semicolons", "tabs", "latin-1", "newline in a cell", "blank lines"],
)
def test_files_as_they_come(written, content):
    assert cells(read_responses(written(content))) == {("a", "0"): 1}


def test_columns_of_fixtures_and_exports_go_by_other_names_too(written):
    path = written("participant_id,statement_id,vote,modified\n1,0,-1,169.0\n1,0,1,168.0\n")
    assert cells(read_responses(path)) == {("1", "0"): -1}


def test_parquet_is_read_like_csv(tmp_path):
    table = pa.table({"comment-id": [0, 1], "voter-id": [5, 5], "vote": [1, -1], "timestamp": [2, 3]})
    pyarrow.parquet.write_table(table, tmp_path / "votes.parquet")
    assert cells(read_responses(tmp_path / "votes.parquet")) == {("5", "0"): 1, ("5", "1"): -1}
    wide = pa.table({"participant": [5], "group-id": [0.0], "n-disagree": [1], "0": [-1], "1": [None]})
    pyarrow.parquet.write_table(wide, tmp_path / "wide.parquet")
    found = read_responses(tmp_path / "wide.parquet", groups_from="group-id")
    assert (cells(found), found.groups.tolist()) == ({("5", "0"): -1}, ["0"])


BAD = {
    "nothing": ("", "The file is empty."),
    "only blanks": ("\n \n\n", "The file is empty."),
    "only a byte order mark": (b"\xef\xbb\xbf\n", "The file is empty."),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "NUL byte"),
    "a spreadsheet": (b"PK\x03\x04rest", "spreadsheet or an archive"),
    "UTF-16": (EVENTS.encode("utf-16"), "UTF-16"),
    "prose": ("Dear all,\nthe votes will follow.\n", "header has neither"),
    "only a header": (EVENTS, "header but no rows"),
    "a NUL byte": (EVENTS + "1,,0,a,1\n1,,0,\0,1\n", "Row 3: there is a NUL byte"),
    "no voters": ("timestamp,comment-id,vote\n1,0,1\n", "The column 'voter-id' is missing."),
    "only votes": ("timestamp,vote\n1,1\n", "'comment-id' and 'voter-id' are missing."),
    "a vote of 2": (EVENTS + "1,,0,a,1\n1,,0,b,2\n", "Row 3: a vote must be -1, 0 or 1, not '2'."),
    "a vote in words": (EVENTS + "1,,0,a,agree\n", "Row 2: a vote must be -1, 0 or 1, not 'agree'."),
    "a formula": (EVENTS + "1,,0,a,=1+0\n", "Row 2: a vote must be -1, 0 or 1, not '=1+0'."),
    "a blank vote": (EVENTS + "1,,0,a,\n", "Row 2: the vote is blank"),
    "a blank voter": (EVENTS + "1,,0,,1\n", "Row 2: the person id is blank"),
    "a blank statement": (EVENTS + "1,,0,a,1\n1,,,a,1\n", "Row 3: the statement id is blank"),
    "a time in words": (EVENTS + "noon,,0,a,1\n", "Row 2: the timestamp must be a number, not 'noon'."),
    "a time that is none": (
        EVENTS + "1,,0,a,1\nnan,,0,a,-1\n2,,0,a,0\n",
        "Row 3: the timestamp must be a moment in time, not 'nan'.",
    ),
    "a time without end": (EVENTS + "-inf,,0,a,1\n", "Row 2: the timestamp must be a moment in time, not '-inf'."),
    "an endless id": (EVENTS + f"1,,0,{'a' * 300},1\n", "Row 2: the person id is longer than 200"),
    "cut in the middle": (EVENTS + "1,,0,a,1\n1,,0,", "Row 3 has 4 columns where the header has 5"),
    "cut in a sign": (EVENTS + "1,,0,a,1\n1,,0,a,-", "Row 3: a vote must be -1, 0 or 1, not '-'."),
    "an open quote": (EVENTS + '1,,0,a,1\n1,"never closed,0,a,1\n', "or a quote is never closed"),
    "the same column twice": ("voter-id,comment-id,vote,vote\na,0,1,1\n", "names the column 'vote' more"),
    "a voter in two groups": ("comment-id,voter-id,vote,group-id\n0,a,1,n\n1,a,1,s\n", "in two groups"),
    "no statements": ("participant,group-id,n-disagree\na,0,0\n", "no column for any statement"),
    "a nameless column": (PARTICIPANTS.replace("0,1\n", "0,\n") + "a,0,0,1,1,0,1,\n", "has no name"),
    "the same statement twice": (
        PARTICIPANTS.replace("0,1\n", "1,1.0\n") + "a,0,0,1,1,0,1,\n",
        "names the statement '1' more than once",
    ),
    "a person twice": (PARTICIPANTS + "a,0,,,,,1,1\nb,0,,,,,1,1\na,0,,,,,1,1\n", "Row 4: participant 'a' is"),
    "a wide vote of 5": (PARTICIPANTS + "a,0,,,,,1,1\nb,0,,,,,1,5\n", "Row 3: the vote in column '1' must"),
    "a wide row cut": (PARTICIPANTS + "a,0,0,2,2,0,1,1\nb,0,0,2", "Row 3 has 4 columns where the header"),
    "a wide cell cut": (PARTICIPANTS + "a,0,0,2,2,0,1,1\nb,0,0,2,2,0,1,", "Row 3: it says 2 votes but holds 1"),
    "groups all blank": (PARTICIPANTS + "a,,0,1,1,0,1,\n", "'group-id' is blank in every row"),
}


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD.keys())
def test_bad_files_get_one_clear_sentence(written, content, sentence):
    header = content[:200] if isinstance(content, str) else ""
    groups_from = "group-id" if "group-id" in header else None
    with pytest.raises(BadInput) as raised:
        read_responses(written(content), groups_from=groups_from)
    message = str(raised.value)
    assert sentence in message
    assert "\n" not in message
    assert message.endswith(".")


def test_a_column_for_the_groups_must_be_there(written):
    with pytest.raises(BadInput, match="no column 'camp'"):
        read_responses(written(PARTICIPANTS + "a,0,0,1,1,0,1,\n"), groups_from="camp")


def test_files_that_are_not_there_or_not_files(tmp_path):
    with pytest.raises(BadInput, match="cannot be opened: No such file"):
        read_responses(tmp_path / "gone.csv")
    with pytest.raises(BadInput, match="is a folder"):
        read_responses(tmp_path)
    with pytest.raises(BadInput, match="NUL byte"):
        read_responses("a\0b.csv")


def test_a_file_too_large_is_refused_unread(written, monkeypatch):
    monkeypatch.setattr("manyhands.analysis.tables.LARGEST_FILE", 10)
    with pytest.raises(BadInput, match="the most that can be read is 2 GB"):
        read_responses(written(EVENTS))


def test_parquet_cut_short_is_said(written):
    with pytest.raises(BadInput, match="begins like Parquet"):
        read_responses(written(b"PAR1" + b"\x15" * 40, "votes.parquet"))


def test_five_thousand_statements_and_a_few_people(written):
    header = "participant,n-disagree," + ",".join(map(str, range(5000)))
    rows = [f"{person},0," + ",".join(random.Random(person).choices(["1", "0", "-1", ""], k=5000)) for person in "abc"]
    found = read_responses(written("\n".join([header, *rows])))
    assert found.votes.shape == (3, 5000)
    assert found.votes.nnz == sum(cell != "" for row in rows for cell in row.split(",")[2:])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: (EVENTS + text).encode()))
def test_no_bytes_whatever_crash_it(written, content):
    try:
        sentence = f"{read_responses(written(content))}."
    except BadInput as problem:
        sentence = str(problem)
    assert sentence.endswith(".")


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 20), st.integers(0, 20)), st.sampled_from([1, 0, -1]), min_size=1, max_size=60
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_writing_and_reading_brings_every_cell_back(written, answers):
    people = sorted({person for person, _ in answers})
    statements = sorted({statement for _, statement in answers})
    rows = [[person, *(answers.get((person, statement), "") for statement in statements)] for person in people]
    lines = [["participant", *statements], *rows]
    found = read_responses(written("".join(",".join(map(str, line)) + "\n" for line in lines)))
    assert cells(found) == {(str(person), str(about)): vote for (person, about), vote in answers.items()}


def test_answers_must_be_votes_and_rows_must_match():
    with pytest.raises(BadInput, match="Row 3: a vote must be"):
        Responses.from_answers(["a", "b"], ["1", "1"], [1, 3])
    with pytest.raises(BadInput, match="one person, one statement"):
        Responses.from_answers(["a"], ["1", "2"], [1, 1])
    with pytest.raises(BadInput, match="one row per person"):
        Responses.from_dense([1.0, -1.0])


def test_leaving_out_and_merging_name_what_is_not_there():
    asked = Responses.from_dense(np.ones((2, 3)))
    with pytest.raises(BadInput, match="no statement '7' to leave out"):
        asked.without_statements(["7"])
    with pytest.raises(BadInput, match="no statement '7' to merge"):
        asked.merge_statements({"7": "1"})
    with pytest.raises(BadInput, match="cannot both stay"):
        asked.merge_statements({"0": "1", "1": "2"})
    assert asked.merge_statements({"0": "2", "1": "2"}).statements.tolist() == ["2"]


@pytest.mark.parametrize("people", [["a", None], ["a", " "], [None, ""]])
def test_answers_without_a_person_are_refused(people):
    with pytest.raises(BadInput, match="the person id is blank"):
        Responses.from_answers(people, [1, 1], [1, 1])
