"""A double click writes a concern once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from manyhands.practice.alignment.concerns import actions
from manyhands.practice.alignment.models import Concern


@pytest.mark.django_db(transaction=True)
def test_the_same_words_sent_twice_at_once_are_one_concern(clean_air):
    together = Barrier(5)

    def write(_click):
        try:
            with clean_air.inside():
                together.wait(timeout=10)
                actions.write_concern(actor=clean_air.actor["ben"], text="The bus will not come any more")
        except actions.Refused as problem:
            return str(problem)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(5) as threads:
        said = list(threads.map(write, range(5)))
    with clean_air.inside():
        assert Concern.objects.count() == 1
    assert sorted(said) == ["", *["This concern is in the list already. Say there that you share it."] * 4]
