"""How much is found of what was written twice, how much is found wrongly, and how little is compared for it."""

import pickle
import random

import pytest

from manyhands.analysis.matching import Record, build_index, find_duplicates, match_one, the_one
from manyhands.analysis.matching.tests.labelled import invented_names, labelled, real_names


def recall_and_precision(made):
    index = build_index(Record(name) for name in made.names)
    ones, others = index.pairs_of_names()
    compared = set(zip(ones.tolist(), others.tolist(), strict=True))
    of = index.core_of.tolist()
    candidates = sum(of[a] == of[b] or (min(of[a], of[b]), max(of[a], of[b])) in compared for a, b in made.pairs)
    found = {(pair.a, pair.b) for pair in find_duplicates(index)}
    right = len(found & made.pairs)
    return candidates / len(made.pairs), right / len(made.pairs), right / len(found), len(compared) / len(of)


@pytest.mark.shared_data
def test_real_names_written_twice_are_found(shared_data):
    made = labelled(real_names(shared_data), 10_000)
    candidates, recall, precision, compared = recall_and_precision(made)
    print(f"candidates {candidates:.4f}, recall {recall:.4f}, precision {precision:.4f}, compared {compared:.1f} a row")
    assert candidates >= 0.98
    assert recall >= 0.9
    assert precision >= 0.97
    assert compared < 15  # of 10,000 that each could be compared with


def test_invented_names_written_twice_are_found():
    # Names put together from few words are the hardest there are: each has hundreds that differ in one word.
    made = labelled(invented_names(), 2_000)
    candidates, recall, precision, _ = recall_and_precision(made)
    print(f"candidates {candidates:.4f}, recall {recall:.4f}, precision {precision:.4f}")
    assert candidates >= 0.9
    assert recall >= 0.8
    assert precision >= 0.9


def test_twice_the_names_are_not_four_times_the_work():
    pairs = []
    for number in (2_000, 16_000):
        chance = random.Random(number)
        syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
        words = ["".join(chance.choices(syllables, k=3)) for _ in range(number // 4)]
        names = [" ".join(chance.choices(words, k=3)) for _ in range(number)]
        pairs.append(len(build_index(Record(name) for name in names).pairs_of_names()[0]))
    assert pairs[1] < 8 * 2 * pairs[0]  # 8 times the names; squares would be 64 times the pairs


def test_the_set_itself_and_what_is_found_are_the_same_each_time():
    made = labelled(invented_names(), 500)
    assert made == labelled(invented_names(), 500)
    records = [Record(name) for name in made.names]
    assert find_duplicates(records) == find_duplicates(records)


def test_the_order_of_a_list_changes_nothing():
    made = labelled(invented_names(), 500)
    there = find_duplicates([Record(name) for name in made.names])
    back = find_duplicates([Record(name) for name in reversed(made.names)])
    last = len(made.names) - 1
    assert {(last - pair.b, last - pair.a): round(pair.score, 9) for pair in back} == {
        (pair.a, pair.b): round(pair.score, 9) for pair in there
    }


@pytest.fixture(scope="module")
def index():
    return build_index(
        [
            Record("Linden Family Clinic, Inc.", "12-3", "info@clinic.example", "Linden"),
            Record("Guild of Nurses"),
            Record("Guild of Nurses, Northern Chapter"),
            Record("UK Research and Innovation (UKRI)"),
            Record("Guild of Nurses", place="Harbor"),
        ]
    )


def test_one_record_is_matched_by_name_number_address_or_short_form(index):
    assert match_one(Record("the linden famly clinic"), index)[0].record == 0
    assert match_one(Record("Something else", "123"), index)[0].record == 0
    assert match_one(Record("", "", "INFO@clinic.example"), index, at_least=0.3)[0].record == 0
    assert match_one(Record("ukri"), index)[0].record == 3
    assert [match.record for match in match_one(Record("Guild of Nurses"), index)] == [1, 4]
    assert match_one(Record("Nothing of the kind"), index) == ()
    assert match_one(Record(""), index) == ()


def test_a_kept_index_answers_as_a_new_one(index):
    kept = pickle.loads(pickle.dumps(index))
    asked = Record("the linden famly clinic", "", "clinic.example")
    assert match_one(asked, kept) == match_one(asked, index)
    assert find_duplicates(kept) == find_duplicates(index)


def test_one_record_and_a_whole_list_are_weighed_alike():
    made = labelled(invented_names(), 400)
    records = [Record(name) for name in made.names]
    index = build_index(records)
    for pair in find_duplicates(index):
        found = {match.record: match.score for match in match_one(records[pair.a], index, most=100)}
        assert found[pair.b] == pytest.approx(pair.score)


def test_while_typing_what_begins_alike_is_shown(index):
    assert match_one(Record("Guild"), index) == ()
    shown = [match.record for match in match_one(Record("Guild of N"), index, still_typing=True)]
    assert shown == [1, 2, 4]


@pytest.mark.shared_data
def test_rows_that_fit_two_records_are_left_to_a_person(shared_data):
    """The import tests of CiviCRM: BobCo by name is the first row, by address the second."""
    import csv

    with (shared_data / "civicrm-import/organization_multiple_duplicates_invalid.csv").open() as file:
        rows = [Record(row["organization_name"], domain=row["email"]) for row in csv.DictReader(file)]
    index = build_index(rows[:2])
    found = match_one(rows[2], index, at_least=0)
    assert {match.record for match in found} == {0, 1}
    assert the_one(found) is None


@pytest.mark.shared_data
def test_an_official_list_has_no_pair_once_its_numbers_count(shared_data):
    """EINs are the true key: equal names under different EINs are chapters, not duplicates."""
    from manyhands.analysis.tables import read_table

    table, _ = read_table(shared_data / "org-directories/irs-exempt-organizations/eo_vt_2026-04.csv")
    columns = [table[name].to_pylist() for name in ("NAME", "EIN")]
    records = [Record(*row) for row in zip(*columns, strict=True)]
    assert find_duplicates(records) == ()
    assert len(find_duplicates([Record(record.name) for record in records])) > 100


@pytest.mark.shared_data
def test_a_signed_list_under_two_headings_is_found_as_one_list(shared_data):
    """Signatories stand under their country and again under their category."""
    from manyhands.analysis.matching import groups_of
    from manyhands.analysis.tables import read_table

    table, _ = read_table(shared_data / "coalition-signon/coara-signatories/coara_signatories.csv")
    names = table["Organization"].to_pylist()
    groups = groups_of(find_duplicates([Record(name) for name in names]))
    assert len(groups) == 834
    assert sum(map(len, groups)) == len(names) == 2501
