"""Many tables in one step of a migration."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from manyhands.foundation.tenancy.tables import CreateTables

STREET = CreateModel("Street", [("id", models.AutoField(primary_key=True))])
HOUSE = CreateModel(
    "House",
    [("id", models.AutoField(primary_key=True)), ("street", models.ForeignKey("things.Street", models.CASCADE))],
)
NAMES = {"things_street", "things_house"}


def here():
    return NAMES & set(connection.introspection.table_names())


@pytest.mark.django_db(transaction=True)
def test_they_are_made_in_order_and_taken_back_the_other_way_round():
    both, before = CreateTables([STREET, HOUSE]), ProjectState()
    after = before.clone()
    after.apps  # noqa: B018  # built already, as in the middle of a migration
    both.state_forwards("things", after)
    assert after.apps.get_model("things", "house")._meta.get_field("street").related_model is after.apps.get_model(
        "things", "street"
    )
    with connection.schema_editor() as editor:
        both.database_forwards("things", editor, before, after)
    assert here() == NAMES
    with connection.schema_editor() as editor:
        both.database_backwards("things", editor, after, before)
    assert not here()


def test_it_is_written_down_and_described():
    text, imports = OperationWriter(CreateTables([STREET, HOUSE])).serialize()
    assert "CreateTables(" in text
    assert "'House'" in text
    assert "import manyhands.foundation.tenancy.tables" in imports
    assert CreateTables([STREET, HOUSE]).describe() == "Create 2 tables"
