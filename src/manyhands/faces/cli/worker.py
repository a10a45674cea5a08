"""``manyhands worker``: does background work, from the database alone or from RabbitMQ, as the settings say."""

import argparse
import importlib
import logging
import sys
from typing import Any

from .starting import load_house

log = logging.getLogger(__name__)


def add_commands(subparsers: Any) -> None:
    """Add ``worker``; ``args.run(args)`` then works until it is told to stop."""
    parser = subparsers.add_parser(
        "worker",
        help="do background work: imports, mails, analyses",
        description=(
            "Do background work until stopped (SIGTERM or Ctrl-C). Without MANYHANDS_BROKER_URL it looks for work in "
            "the database; with it, a Celery worker listens to RabbitMQ. `manyhands serve` starts one by itself."
        ),
    )
    parser.add_argument(
        "--at-once",
        metavar="N",
        type=_at_least_one,
        default=2,
        help="how many pieces of work to do at the same time (2)",
    )
    # For tests: jobs that no room of the house has.
    parser.add_argument("--import", dest="modules", action="append", default=[], help=argparse.SUPPRESS)
    # For `serve`: a worker whose supervisor has vanished must vanish too.
    parser.add_argument("--until-stdin-closes", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Work until told to stop. Returns 0 after SIGTERM or Ctrl-C, 1 with one sentence if it cannot begin."""
    from django.conf import settings

    load_house()
    for module in args.modules:
        importlib.import_module(module)
    if args.until_stdin_closes:
        from .serve.orphans import leave_when_stdin_closes

        leave_when_stdin_closes()
    if settings.BROKER_URL:
        from manyhands.foundation.jobs.broker import NoCelery, run_celery_worker

        try:
            return run_celery_worker(args.at_once)
        except NoCelery as missing:
            print(missing, file=sys.stderr)
            return 1
    from manyhands.foundation.jobs.embedded import EmbeddedWorker

    return EmbeddedWorker(threads=args.at_once).run()


def _at_least_one(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 64")
    return int(text)
