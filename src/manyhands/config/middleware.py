"""The outermost layer: a name for each request and one log line when it is answered."""

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .logs import request_id

log = logging.getLogger("manyhands.request")


class RequestContext:
    """Names each request, so that a page, its log lines and its jobs can be found together."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        token = request_id.set(secrets.token_hex(8))
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            match = getattr(request, "resolver_match", None)
            coalition = getattr(request, "coalition", None)
            log.info(
                "answered",
                extra={
                    "coalition_id": coalition.pk if coalition is not None else None,
                    "status": response.status_code,
                    "method": request.method,
                    # The pattern, never the address: addresses can carry secrets.
                    "route": match.route if match else "(none)",
                    "milliseconds": round((time.perf_counter() - began) * 1000, 1),
                },
            )
            return response
        finally:
            request_id.reset(token)
