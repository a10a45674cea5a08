"""Concerns for tests, written and shared through the same actions as everything else."""

import csv
import io

from manyhands.practice.alignment.concerns import actions

CONCERNS = "/c/clean-air/common-ground/concerns/"


def order(client, asked="") -> list[list[str]]:
    """The list as its file: place, concern, state, organizations, people, what answers it."""
    answer = client.get(f"{CONCERNS}?format=csv{asked}")
    return list(csv.reader(io.StringIO(answer.content.decode().lstrip("\ufeff"))))[1:]


def shared(world, concern, *who):
    for name in who:
        actions.share_concern(actor=world.actor[name], concern=concern)


def write(world, text, who="amina", shares=False, **source):
    return actions.write_concern(actor=world.actor[who], text=text, shares=shares, **source)
