"""Several people join records in the same moment."""

import threading

import pytest
from django.db import connection, connections
from django.utils.timezone import now

from manyhands.practice.stakeholders.actions import Refused
from manyhands.practice.stakeholders.models import Merge, Stakeholder, Tie

from .test_merging import merged


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
@pytest.mark.parametrize("way", ["the same two", "a chain"])
def test_two_who_join_at_once_neither_wait_for_ever_nor_join_twice(clean_air, ally, way):
    # import and matching: concurrent merges
    with clean_air.inside():
        rows = [ally(f"Clinic {n}") for n in range(3)]
        for tied in rows[:2]:
            Tie.objects.create(one=tied, other=rows[2], kind="funds", level=1, seen_on=now().date(), source="x")
    orders = [(0, 1), (1, 0)] if way == "the same two" else [(0, 1), (1, 2), (2, 0)]
    told, ready = [], threading.Barrier(len(orders) * 2)

    def join(one: int, other: int) -> None:
        try:
            with clean_air.inside():
                ready.wait()
                merged(clean_air, rows[one], rows[other])
                told.append("joined")
        except Refused:
            told.append("refused")
        except Exception as problem:
            told.append(repr(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=join, args=order) for order in orders * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with clean_air.inside():
        count = told.count("joined")
        assert set(told) <= {"joined", "refused"}, told
        assert len(told) == len(threads)
        assert count == 1 if way == "the same two" else count in (1, 2)
        assert Merge.objects.count() == count == Stakeholder.with_removed.exclude(removed_at=None).count()
        assert Stakeholder.objects.count() == 3 - count
        live = set(Stakeholder.objects.values_list("pk", flat=True))
        for tie in Tie.objects.filter(ended_on=None):
            assert {tie.one_id, tie.other_id} <= live
