"""Links that PostgreSQL proves once for a statement hold as foreign keys do, and see the fence besides."""

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.tenancy import wholesale
from manyhands.foundation.tenancy.copying import as_lines, insert_lines
from manyhands.foundation.tenancy.scope import everywhere, inside

Stakeholder, Import = (apps.get_model("stakeholders", name) for name in ("Stakeholder", "Import"))
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps its foreign keys")
TABLE = Stakeholder._meta.db_table
NOWHERE = 987_654_321


def at_once():
    """What is otherwise proven when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def run(words, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def two_allies(listing):
    lines = as_lines([["Clinic", "Guild"]])
    return insert_lines(Stakeholder, ["name"], [lines], {"added_by_import_id": listing.pk})


def test_only_links_are_named():
    with pytest.raises(TypeError, match="name is no link"):
        wholesale.prove_together(Stakeholder, "name")
    assert "added_by_import" in [link.name for link in wholesale._links[Stakeholder]]


@on_postgresql
class TestLinks:
    def test_no_foreign_key_is_left_to_prove_row_by_row(self, db):
        with connection.cursor() as cursor:
            for link in wholesale._links[Stakeholder]:
                assert not wholesale._foreign_keys(cursor, TABLE, link.column)
            assert wholesale._foreign_keys(cursor, "stakeholders_rating", "stakeholder_id")

    def test_building_again_changes_nothing(self, db):
        words = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
        with connection.cursor() as cursor:
            before = [*cursor.execute(words)]
            wholesale.build_wholesale()
            assert [*cursor.execute(words)] == before
            assert len(before) >= 9

    @pytest.mark.parametrize("column", ["coalition_id", "added_by_import_id", "member_id", "looked_after_by_id"])
    def test_a_row_that_points_at_nothing_is_refused(self, clean_air, column):
        with clean_air.inside():
            ally = Stakeholder.objects.create(name="Clinic")
        with everywhere("a test"):
            names = [f.column for f in Stakeholder._meta.concrete_fields if not f.primary_key]
            values = ", ".join("%s" if name == column else name for name in names)
            copied = f"INSERT INTO {TABLE} ({', '.join(names)}) SELECT {values} FROM {TABLE} WHERE id = %s"
            with pytest.raises(IntegrityError, match=f"{column} points at no row"):
                run(copied, NOWHERE, ally.pk)
            with pytest.raises(IntegrityError, match=f"{column} points at no row"):
                run(f"UPDATE {TABLE} SET {column} = %s WHERE id = %s", NOWHERE, ally.pk)
            run(f"UPDATE {TABLE} SET {column} = {column} WHERE id = %s", ally.pk)

    def test_a_link_into_another_coalition_is_refused(self, clean_air, safe_streets):
        with safe_streets.inside():
            theirs = Import.objects.create(filename="theirs.csv")
        with clean_air.inside():
            ally = Stakeholder.objects.create(name="Clinic")
            with pytest.raises(IntegrityError, match="added_by_import_id points at no row"):
                run(f"UPDATE {TABLE} SET added_by_import_id = %s WHERE id = %s", theirs.pk, ally.pk)

    def test_nothing_goes_while_something_points_at_it(self, clean_air):
        with clean_air.inside():
            listing = Import.objects.create(filename="ours.csv")
            assert two_allies(listing) == 2
            at_once()
            gone = f"DELETE FROM {Import._meta.db_table} WHERE id = %s"
            with pytest.raises(IntegrityError, match="still points at"):
                run(gone, listing.pk)
            Stakeholder.objects.update(added_by_import=None)
            run(gone, listing.pk)

    def test_a_coalition_does_not_go_either_where_no_coalition_can_be_seen(self, db):
        coalition = Coalition.objects.create(name="Short", slug="short", purpose="To go")
        with inside(coalition.pk):
            Stakeholder.objects.create(name="Clinic")
        with pytest.raises(IntegrityError, match="stakeholders_stakeholder"):
            run(f"DELETE FROM {Coalition._meta.db_table} WHERE id = %s", coalition.pk)

    def test_rows_go_in_any_order_within_a_transaction(self, clean_air):
        with clean_air.inside(), transaction.atomic(), connection.cursor() as cursor:
            listing = Import.objects.create(filename="ours.csv")
            two_allies(listing)
            cursor.execute(f"DELETE FROM {Import._meta.db_table} WHERE id = %s", [listing.pk])
            cursor.execute(f"DELETE FROM {TABLE} WHERE added_by_import_id = %s", [listing.pk])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SELECT count(*) FROM coalitions_organization")
            assert cursor.fetchone() == (6,), "the fence stands where it stood"


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_what_new_rows_point_at_cannot_go_before_they_are_written():
    coalition = Coalition.objects.create(name="Held", slug="held", purpose="To stay")
    known = connection.get_connection_params()
    where = {name: known[name] for name in ("dbname", "user", "password", "host", "port") if name in known}
    with psycopg.connect(**where) as other, inside(coalition.pk):
        with transaction.atomic():
            Stakeholder.objects.create(name="Clinic")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                other.execute("SELECT FROM coalitions_coalition WHERE id = %s FOR UPDATE NOWAIT", [coalition.pk])
            other.rollback()
        other.execute("SELECT FROM coalitions_coalition WHERE id = %s FOR UPDATE NOWAIT", [coalition.pk])
