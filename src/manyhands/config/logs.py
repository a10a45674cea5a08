"""Structured logs: what happened, in which request, inside which coalition; never who or what was said."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")

_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+\.[\w.-]+")
_TOKEN = re.compile(r"(?<=/)[A-Za-z0-9_-]{24,}(?=/|$|\s|\?)")


def without_personal_data(text: str) -> str:
    """Hide e-mail addresses and the secret part of one-click links.

    >>> without_personal_data("GET /join/Zx8kQ2mN7pRt5vWy1aBc3dEf/ for amina@linden.example")
    'GET /join/…/ for …@…'
    """
    return _TOKEN.sub("…", _ADDRESS.sub("…@…", text))


class Context(logging.Filter):
    """Adds the request and the coalition to each line."""

    def filter(self, record: logging.LogRecord) -> bool:
        from manyhands.foundation.tenancy.scope import coalition_id_or_none

        record.request_id = request_id.get()
        if not hasattr(record, "coalition_id"):  # said already by a line that is written when one has left
            record.coalition_id = coalition_id_or_none()
        return True


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_personal_data(record.getMessage()),
            "request": getattr(record, "request_id", ""),
            "coalition": getattr(record, "coalition_id", None),
        }
        for extra in ("status", "method", "route", "milliseconds", "job", "run"):
            if hasattr(record, extra):
                line[extra] = getattr(record, extra)
        if record.exc_info:
            line["error"] = without_personal_data(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_personal_data(super().format(record))


def logging_settings(level: str, style: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"context": {"()": Context}},
        "formatters": {
            "json": {"()": JsonLines},
            "text": {"()": TextLines, "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": style, "filters": ["context"]},
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own request log repeats ours, with the whole address in it.
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "WARNING"},
        },
    }
