"""The fence between coalitions: in our queries everywhere, and in the database itself on PostgreSQL."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.utils import DataError, ProgrammingError

from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.tenancy.fence import fenced_tables
from manyhands.foundation.tenancy.models import WrongCoalition
from manyhands.foundation.tenancy.scope import NoCoalition, everywhere, inside


def test_asking_without_a_coalition_is_an_error(clean_air):
    with pytest.raises(NoCoalition):
        Organization.objects.count()


def test_looking_everywhere_still_gives_no_answer_from_the_ordinary_manager(clean_air):
    with everywhere("a test"), pytest.raises(NoCoalition):
        Organization.objects.count()


def test_each_coalition_sees_its_own(clean_air, safe_streets):
    with clean_air.inside():
        assert Organization.objects.count() == 6
    with safe_streets.inside():
        assert Organization.objects.count() == 1
    with everywhere("a test"):
        assert Organization.all_coalitions.count() == 7


def test_a_row_never_points_into_another_coalition(clean_air, safe_streets):
    theirs = safe_streets.organization["zed"]
    with clean_air.inside():
        seat = clean_air.seat["ben"]
        seat.organization = theirs
        with pytest.raises(WrongCoalition):
            seat.save()
        with pytest.raises(WrongCoalition):
            Seat.objects.filter(pk=seat.pk).update(organization=theirs)
        with pytest.raises(WrongCoalition):
            Seat.objects.filter(pk=seat.pk).update(coalition=safe_streets.coalition)
        # By number, not by object: the row it points at is not ours, so it does not exist for us.
        with pytest.raises(WrongCoalition):
            Seat.objects.create(
                person=clean_air.user["gus"],
                name="x",
                standing="observer",
                organization_id=theirs.pk,
                left_at="2026-01-01T00:00Z",
            )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="row-level security is PostgreSQL's")
class TestInTheDatabase:
    def test_every_table_a_coalition_owns_is_fenced(self, db):
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
            fenced = {name for (name,) in cursor.fetchall()}
        assert set(fenced_tables()) <= fenced

    def test_the_tests_do_not_run_as_one_who_may_climb_over(self, db):
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (False,), "run the suite as an ordinary role, or the fence is not tested"

    def test_raw_sql_sees_one_coalition_and_none_outside(self, clean_air, safe_streets):
        def count() -> int:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM coalitions_organization")
                return cursor.fetchone()[0]

        with clean_air.inside():
            assert count() == 6
        with safe_streets.inside():
            assert count() == 1
        with everywhere("a test"):
            assert count() == 7
        assert count() == 0

    def test_words_whose_plan_is_kept_see_one_coalition_and_none_outside(self, clean_air, safe_streets):
        # As often as PostgreSQL wants to see words before it keeps one plan for all values, under each fence in turn.
        def count(least: int) -> int:
            with connection.cursor_that_keeps_plans() as cursor:
                cursor.execute("SELECT count(*) FROM coalitions_organization WHERE id > %s", [least])
                return cursor.fetchone()[0]

        for _ in range(8):
            with clean_air.inside():
                assert count(0) == 6
            with safe_streets.inside():
                assert count(0) == 1
            assert count(0) == 0
        with everywhere("a test"):
            assert count(0) == 7
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(generic_plans) FROM pg_prepared_statements WHERE statement LIKE '%id > $1%'")
            assert cursor.fetchone()[0] > 3, "the plan was not kept, so this test proves nothing"

    def test_words_whose_plan_is_kept_are_fenced_after_a_rollback(self, clean_air, safe_streets):
        def count() -> int:
            with connection.cursor_that_keeps_plans() as cursor:
                cursor.execute("SELECT count(*) FROM coalitions_organization")
                return cursor.fetchone()[0]

        with clean_air.inside():
            assert count() == 6
        with pytest.raises(RuntimeError), transaction.atomic(), safe_streets.inside():
            assert count() == 1
            raise RuntimeError
        with clean_air.inside():
            assert count() == 6

    def test_words_with_a_percent_sign_are_as_everywhere(self, db):
        for sql, values in (("SELECT '100 %%' || %s::text", ["%s $1"]), ("SELECT 'x' LIKE '%%' || %s::text", ["x"])):
            with connection.cursor() as plain, connection.cursor_that_keeps_plans() as kept:
                plain.execute(sql, values)
                kept.execute(sql, values)
                assert plain.fetchall() == kept.fetchall()

    def test_moments_are_the_same_with_a_kept_plan(self, db):
        sql = "SELECT timestamptz '2026-03-29 01:30:00.25+00', NULL::timestamptz, %s::timestamptz"
        with connection.cursor() as plain, connection.cursor_that_keeps_plans() as kept:
            moment = datetime(1999, 12, 31, 23, 59, tzinfo=UTC)
            plain.execute(sql, [moment])
            kept.execute(sql, [moment])
            ours, django = kept.fetchone(), plain.fetchone()
        assert ours == django
        assert [each and each.utcoffset() for each in ours] == [timedelta(0), None, timedelta(0)]

    @pytest.mark.django_db(transaction=True)
    def test_a_connection_that_rested_is_asked_first_and_one_that_just_answered_is_not(self, monkeypatch):
        asked: list[object] = []
        connection = connections["default"]
        monkeypatch.setattr(type(connection), "is_usable", lambda self: asked.append(self) or True)
        connection.health_check_enabled, connection.settings_dict["CONN_HEALTH_CHECKS"] = True, True

        def next_request() -> int:
            connection.health_check_done = False
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return len(asked)

        next_request()
        before = next_request()
        assert next_request() == before, "it answered a moment ago"
        connection.answered_at -= 2
        assert next_request() == before + 1

    def test_postgresql_compiles_nothing_for_pages_that_ask_much_at_once(self, db):
        with connection.cursor() as cursor:
            cursor.execute("SHOW jit")
            assert cursor.fetchone() == ("off",)

    def test_raw_sql_cannot_write_into_another(self, clean_air, safe_streets):
        with safe_streets.inside(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE coalitions_organization SET name = 'x' WHERE coalition_id = %s",
                [clean_air.coalition.pk],
            )
            assert cursor.rowcount == 0
            with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
                cursor.execute(
                    "INSERT INTO coalitions_organization (coalition_id, name, sector, about, website, state, is_public)"
                    " VALUES (%s, 'x', '', '', '', 'active', false)",
                    [clean_air.coalition.pk],
                )

    def test_a_rolled_back_change_of_coalition_is_told_again(self, clean_air, safe_streets):
        with clean_air.inside():
            assert Organization.objects.count() == 6
        with pytest.raises(RuntimeError), transaction.atomic(), inside(safe_streets.coalition.pk):
            Organization.objects.count()
            raise RuntimeError
        with safe_streets.inside(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM coalitions_organization")
            assert cursor.fetchone() == (1,)

    def test_a_statement_that_failed_under_a_new_fence_leaves_it_undrawn(self, clean_air, safe_streets):
        with clean_air.inside():
            assert Organization.objects.count() == 6
        with safe_streets.inside():
            with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT 1 / (count(*) - 1) FROM coalitions_organization")  # one, as it should be
            assert Organization.objects.count() == 1

    def test_rows_that_come_in_parts_and_many_at_once_are_fenced_too(self, clean_air, safe_streets):
        with clean_air.inside():
            assert len(list(Organization.objects.iterator(chunk_size=2))) == 6
        with safe_streets.inside(), connection.cursor() as cursor:
            cursor.executemany("UPDATE coalitions_organization SET about = %s", [("here",), ("there",)])
        with everywhere("a test"):
            assert Organization.all_coalitions.filter(about="there").count() == 1
