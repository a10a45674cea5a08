"""CiviCRM's own files say of each row whether it can come in: our trial says the same, or there is a reason."""

import csv

import pytest

from manyhands.practice.stakeholders.models import Import, ImportRow

pytestmark = pytest.mark.shared_data

DATES = ("Birth Date", "Deceased Date", "Custom Date One", "Custom Date Two")
OTHER_ORDER = (
    "CiviCRM is told beside the file whether day or month comes first; we are not, and refuse what may be two days"
)
NOT_KEPT = "we keep nobody's gender, so a word that is none keeps nobody out"
AS_WRITTEN = "we keep countries and regions as people write them, and have no table that they must stand in"
#: Rows on which we rightly say something else, by what a title and a cell hold.
EXCEPTIONS = {
    **{f"individual_dates_type{kind}.csv": OTHER_ORDER for kind in (16, 2, 32, 4)},
    "individual_genders.csv": NOT_KEPT,
    "individual_country_state_county_with_related.csv": AS_WRITTEN,
}
#: Rows that differ for that reason, by their number in the file; in every other row of every file we agree.
DIFFER = {
    "individual_dates_type16.csv": {3},
    "individual_dates_type2.csv": {2, 3, 4},
    "individual_dates_type32.csv": {2, 3},
    "individual_dates_type4.csv": {2, 3, 4, 5},
    "individual_genders.csv": {5, 6, 7, 8, 13, 14, 15, 16},
    "individual_country_state_county_with_related.csv": {2, 3, 9},
}


def told(path) -> dict[int, str]:
    """What CiviCRM expects of each row, by its number: "Valid" or "Invalid"."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {number: row.get("expected") or row.get("Expected") for number, row in enumerate(rows, start=2)}


def verdicts(listing: Import) -> dict[int, str]:
    """What our trial says of each row: everything is valid that is not refused."""
    refused = set(ImportRow.objects.filter(listing=listing, outcome="refuse").values_list("row", flat=True))
    return {row: "Invalid" if row in refused else "Valid" for row in range(2, listing.rows + 2)}


def judged(tried, path) -> dict[int, str]:
    """Our word on each row: with each column of days matched in turn, and once with the columns as they are guessed."""
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    plain = {str(at): target for at, title in enumerate(header) if (target := _target(title))}
    ways = [plain | {str(at): "stance_on"} for at, title in enumerate(header) if title in DATES] or [plain]
    found: dict[int, str] = {}
    for mapping in ways:
        for row, word in verdicts(tried(path, existing="add", mapping=mapping)).items():
            found[row] = "Invalid" if "Invalid" in (word, found.get(row)) else "Valid"
    return found


def _target(title: str) -> str:
    plain = {"first_name": "first_name", "First Name": "first_name", "Last Name": "last_name", "Email": "email"}
    return plain.get(title, {"Country": "country", "State": "region", "Street Address": "street"}.get(title, ""))


def test_our_trial_says_of_each_row_what_civicrm_says(clean_air, tried, shared_data):
    # import and matching: bad input: civicrm-import with its Valid/Invalid column as oracle
    agreed = {"Valid": 0, "Invalid": 0}
    differ: dict[str, set[int]] = {}
    with clean_air.inside():
        for path in sorted((shared_data / "civicrm-import").glob("*.csv")):
            expected = told(path)
            if not any(expected.values()):
                continue
            ours = judged(tried, path)
            assert set(ours) == set(expected), path.name
            for row, word in expected.items():
                if ours[row] == word:
                    agreed[word] += 1
                else:
                    differ.setdefault(path.name, set()).add(row)
    assert differ == DIFFER
    assert set(differ) == set(EXCEPTIONS), "every file in which we differ says why"
    assert agreed == {"Valid": 18, "Invalid": 4}, "it is no agreement where one side never says no"


@pytest.mark.parametrize(
    ("name", "mapping", "refused"),
    [
        ("individual_invalid_email.csv", {"0": "email", "1": "first_name", "2": "last_name"}, {2: "no @ sign"}),
        ("individual_country_state.csv", {"0": "first_name", "1": "last_name", "2": "region", "3": "country"}, {}),
        # CiviCRM wants a last name or an address with it; one name is all we need of anybody.
        ("individual_invalid_missing_name.csv", {"0": "first_name"}, {}),
    ],
)
def test_files_that_their_name_calls_invalid(clean_air, tried, shared_data, name, mapping, refused):
    with clean_air.inside():
        listing = tried(shared_data / "civicrm-import" / name, mapping=mapping)
        reasons = dict(ImportRow.objects.filter(listing=listing, outcome="refuse").values_list("row", "reason"))
    assert set(reasons) == set(refused)
    assert all(words in reasons[row] for row, words in refused.items())


def test_a_number_of_one_and_the_address_of_another_make_no_third(clean_air, tried, shared_data):
    """Its third row bears the number of the first and the address of the second: it is the first, by its number."""
    path = shared_data / "civicrm-import" / "individual_invalid_external_identifier_email_mismatch.csv"
    mapping = {"0": "first_name", "1": "last_name", "2": "email", "3": "identifier"}
    with clean_air.inside():
        listing = tried(path, mapping=mapping)
        skipped = ImportRow.objects.get(listing=listing, outcome="skip")
        assert (listing.count_added, skipped.row, skipped.reason) == (2, 4, "The same as row 2 of this list.")
