"""An answer that is kept until the next line: never older than the last thing anyone did."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.ledger import remembered
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.remembered import RememberedUntilNextLine
from manyhands.foundation.tenancy.scope import inside


@pytest.fixture
def asked():
    """An answer that tells how often it was asked for."""
    times = []
    answer = RememberedUntilNextLine()
    return SimpleNamespace(get=lambda kind=None: answer.get(lambda: times.append(1) or len(times), kind))


@pytest.fixture
def two_coalitions(transactional_db):
    return [Coalition.objects.create(name=name, slug=name.lower(), founded_at=now()) for name in ("Air", "Water")]


def line(number=None):
    LedgerEntry.objects.bulk_create([LedgerEntry(pk=number, at=now(), kind="x", by_system="test", about="x:1")])


def test_it_is_asked_again_after_each_line(two_coalitions, asked):
    with inside(two_coalitions[0].pk):
        line()
        assert [asked.get(), asked.get()] == [1, 1]
        line()
        assert [asked.get(), asked.get()] == [2, 2]


def test_a_line_that_is_committed_late_counts_too(two_coalitions, asked):
    with inside(two_coalitions[0].pk):
        line(1000)
        assert asked.get() == 1
        line(999)
        assert asked.get() == 2


def test_each_coalition_has_its_own(two_coalitions, asked):
    air, water = two_coalitions
    with inside(air.pk):
        assert asked.get() == 1
    with inside(water.pk):
        assert asked.get() == 2
        line()
    with inside(air.pk):
        assert asked.get() == 1


def test_nothing_uncommitted_is_kept(two_coalitions, asked):
    with inside(two_coalitions[0].pk):
        with transaction.atomic():
            assert asked.get() == 1
        assert [asked.get(), asked.get()] == [2, 2]


def test_after_half_a_minute_it_is_asked_in_any_case(two_coalitions, asked, monkeypatch):
    with inside(two_coalitions[0].pk):
        assert asked.get() == 1
        soon = remembered.monotonic() + remembered.SECONDS + 1
        monkeypatch.setattr(remembered, "monotonic", lambda: soon)
        assert asked.get() == 2


def test_each_kind_of_asker_has_its_own(two_coalitions, asked):
    with inside(two_coalitions[0].pk):
        assert [asked.get("steward"), asked.get("guest"), asked.get("steward")] == [1, 2, 1]
