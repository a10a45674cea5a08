"""Two browsers at once: one answer stays, and one participant."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from manyhands.practice.alignment import actions
from manyhands.practice.alignment.models import Participant, Response

from .factories import open_round


@pytest.mark.django_db(transaction=True)
def test_two_browsers_at_once_leave_one_answer(clean_air):
    with clean_air.inside():
        round = open_round(clean_air)
        statement = round.statements.first()
    together = Barrier(6)

    def answer(value):
        try:
            with clean_air.inside():
                together.wait(timeout=10)
                actions.answer_statement(actor=clean_air.actor["ben"], statement=statement, answer=value)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(answer, [1, -1, 0, 1, -1, 0]))
    with clean_air.inside():
        assert Participant.objects.count() == 1
        assert Response.objects.count() == 1
