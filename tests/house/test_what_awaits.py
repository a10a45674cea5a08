"""The desk asks first which rooms have anything; nothing may be lost by that."""

from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.scope import inside
from manyhands.foundation.ui import awaiting as gathering


def test_with_and_without_asking_first_the_same_things_wait(example):
    with inside(example.pk):
        told = {}
        for seat in Seat.objects.filter(left_at=None):
            actor = actor_for(seat)
            everything = [item for source in gathering._sources for item in source(actor)]
            found = gathering.awaiting(actor)
            assert {(item.kind, item.title, item.url) for item in found} == {
                (item.kind, item.title, item.url) for item in everything
            }, seat.name
            told[seat.name] = len(found)
    assert sum(told.values()) > 20, told


def test_every_source_says_when_it_has_something(example):
    always = {source.__module__ for source, when in gathering._sources.items() if when is None}
    assert always == {"manyhands.practice.alignment.success.queries"}, "asked on every look at the desk"
