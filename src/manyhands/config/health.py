"""Two questions a supervisor asks: are you alive, and can you work?"""

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from manyhands.foundation.access.rules import anyone
from manyhands.foundation.access.views import allow


@require_safe
@allow(anyone)
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; it asks nothing of the database, so a slow one never restarts a healthy web process."""
    return JsonResponse({"alive": True})


@require_safe
@allow(anyone)
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers, is up to date, and limits can be counted."""
    checks = {"database": _database, "migrations": _migrations, "cache": _cache}
    found: dict[str, bool] = {}
    for name, check in checks.items():
        try:
            found[name] = check()
        except Exception:
            found[name] = False
    return JsonResponse({"ready": all(found.values()), **found}, status=200 if all(found.values()) else 503)


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _cache() -> bool:
    cache.set("ready", "yes", 10)
    return cache.get("ready") == "yes"
