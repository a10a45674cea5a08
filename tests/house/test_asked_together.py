"""Rows that come in one statement with others are those that come alone: of every table, with every kind of value."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.tenancy.models import CoalitionOwned
from manyhands.foundation.tenancy.scope import inside

TABLES = [model for model in apps.get_models() if issubclass(model, CoalitionOwned) and not model._meta.proxy]


def _rows():
    return [model.objects.order_by("pk")[:20] for model in TABLES]


def test_every_table_comes_back_as_it_is(example):
    with inside(example.pk):
        together, alone = _rows(), _rows()
        with CaptureQueriesContext(connection) as asked:
            ask_together(*together)
        assert len(asked) == 1
        for model, one, other in zip(TABLES, together, alone, strict=True):
            fields = [field.attname for field in model._meta.concrete_fields]
            assert [[getattr(row, name) for name in fields] for row in one] == [
                [getattr(row, name) for name in fields] for row in other
            ], model.__name__
            assert [[type(getattr(row, name)) for name in fields] for row in one] == [
                [type(getattr(row, name)) for name in fields] for row in other
            ], model.__name__
        assert sum(map(len, alone)) > 500


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_rows_named_by_what_they_point_at(example, model):
    """With everything `select_related` adds, from the end, whole and in slices."""
    with inside(example.pk):
        rows = model.objects.order_by("-pk").select_related()
        together = [rows.all(), rows[:5], rows.values()[:5], rows[5:8]]
        ask_together(*together)
        alone = [rows.all(), rows[:5], rows.values()[:5], rows[5:8]]
        assert [list(each) for each in together] == [list(each) for each in alone]
