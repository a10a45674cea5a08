"""``manyhands serve``: the site and its background worker in one process tree."""

import argparse
import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from ..starting import load_house
from .supervisor import Child, Supervisor

__all__ = ["add_commands", "run", "serve"]


def add_commands(subparsers: Any) -> None:
    """Add ``serve``; ``args.run(args)`` then serves until it is told to stop."""
    parser = subparsers.add_parser(
        "serve",
        help="start the site and its background worker",
        description=(
            "Start the site and its background worker, restart whichever dies, and stop both on SIGTERM or Ctrl-C. "
            "With MANYHANDS_BROKER_URL set, workers run by themselves (`manyhands worker`), on any machine."
        ),
    )
    parser.add_argument("--host", help="the address to listen on (MANYHANDS_HOST)")
    parser.add_argument("--port", type=int, help="the port to listen on (MANYHANDS_PORT)")
    parser.add_argument("--no-worker", action="store_true", help="only the site; a worker runs elsewhere")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve as the command line says. Returns 0 after SIGTERM or Ctrl-C, 1 with one sentence if it cannot start."""
    return serve(args.host, args.port, with_worker=not args.no_worker)


def serve(
    host: str | None = None,
    port: int | None = None,
    with_worker: bool = True,
    on_ready: Callable[[], Any] | None = None,
) -> int:
    """Start the site (and a worker, unless a broker is set) and supervise both until SIGTERM or SIGINT.

    Call it from the main thread: it handles signals.

    Parameters
    ----------
    host, port
        Where to listen; as the settings say when left out.
    with_worker
        Start the embedded worker beside the site. It is left out anyway when there is a broker.
    on_ready
        Called once when the site answers, from another thread; `manyhands demo` prints its links then.

    Returns
    -------
    int
        0 after an orderly stop, within five seconds; 1 if it cannot start.
    """
    from django.conf import settings

    load_house()
    host, port = host or settings.ENVIRONMENT.host, port or settings.ENVIRONMENT.port
    trouble = _why_not(host, port)
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    _collect_static_files()
    web = ["manyhands.faces.cli.serve.web", "--host", host, "--port", str(port)]
    web += ["--processes", str(settings.ENVIRONMENT.web_processes), "--threads", str(settings.ENVIRONMENT.web_threads)]
    children = [Child("site", web)]
    if with_worker and not settings.BROKER_URL:
        children.append(Child("worker", ["manyhands", "worker", "--until-stdin-closes"]))
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return Supervisor(children, (reachable, port), on_ready).run()


def _why_not(host: str, port: int) -> str:
    """What stands in the way, in one sentence; empty when nothing does."""
    from django.conf import settings
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from manyhands.foundation.jobs.broker import NoCelery, celery_app

    try:
        if settings.BROKER_URL:
            celery_app()
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except NoCelery as missing:
        return str(missing)
    except DatabaseError as error:
        return f"The database does not answer ({type(error).__name__}); see MANYHANDS_DATABASE_URL."
    finally:
        connection.close()
    if pending:
        return f"The database lacks {len(pending)} changes of this version: run `manyhands prepare` first."
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            return ""
    except OSError as error:
        why = os.strerror(error.errno or 0)
        return f"Port {port} on {host} cannot be used ({why}): set MANYHANDS_PORT, or stop what uses it."


def _collect_static_files() -> None:
    """Copy styles and scripts to where the site serves them from, if they are not those of this version."""
    import hashlib

    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    if settings.WHITENOISE_USE_FINDERS:
        return  # a developer's site reads them where they are written
    marks = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            marks.update(f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}\n".encode())
    stamp = settings.STATIC_ROOT / "collected-from"
    if stamp.exists() and stamp.read_text() == marks.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(marks.hexdigest())
