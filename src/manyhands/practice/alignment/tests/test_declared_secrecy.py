"""What declared groups give away: nothing from which those who belong could tell how another organization answered."""

import itertools
import json

from manyhands.practice.alignment import insights
from manyhands.practice.alignment.declaring import Voice, declared


def test_no_group_is_fewer_than_ten_voices_or_five_organizations_or_mostly_one():
    """Every mix of up to three groups of one to four organizations, of one, three or eleven people each."""
    kinds = [(organizations, each) for organizations in (1, 4, 5, 10) for each in (1, 3, 11)]
    for case in itertools.combinations_with_replacement(kinds, 3):
        voices, key = {}, 0
        for name, (organizations, each) in zip("abc", case, strict=True):
            for organization in range(organizations):
                for _ in range(1 if organization else each):
                    voices[key] = Voice(name, 100 * ord(name) + organization)
                    key += 1
        found = declared(voices)
        assert found.of_voice.keys() == voices.keys(), "nobody is left out of a total"
        groups = {}
        for key, name in found.of_voice.items():
            groups.setdefault(name, []).append(voices[key].organization)
        for name, theirs in groups.items():
            if len(groups) > 1:
                most = max(theirs.count(each) for each in set(theirs))
                assert len(theirs) >= 10, (case, name)
                assert len(set(theirs)) >= 5, (case, name)
                assert 2 * most <= len(theirs), (case, name)


def test_nobody_who_belongs_can_tell_from_a_finding_how_another_organization_answered():
    """Ten single seats beside twelve, every split of the ten: whoever takes their own answer off is left with doubt.

    Everybody knows who the ten are. For each thing that the finding may show, and each answer that one of them gave,
    the other nine must still have been able to answer in more than one way. Not held to this: the order of statements,
    and which five set a group apart, for they rest on true figures, as `docs/methods/common-ground.md` says.
    """

    def splits(total):
        return [(a, p, total - a - p) for a in range(total + 1) for p in range(total - a + 1)]

    cases = list(itertools.product(splits(10), [(12, 0, 0), (1, 0, 11), (6, 0, 6)]))
    people, statements, given = [], [], []
    for place, case in enumerate(cases):
        for group, split in enumerate(case):
            answers = [1] * split[0] + [0] * split[1] + [-1] * split[2]
            people += range(20 * group, 20 * group + len(answers))
            statements += [place] * len(answers)
            given += answers
    groups = {person: "Health" if person < 10 else "Schools" for person in [*range(10), *range(20, 32)]}
    payload = insights.find_common_ground((people, statements, given), groups, members_known_from=10)
    parted, refused = set(payload["parted"]), set(payload["hidden_division"])
    possible = {}
    for row in payload["statements"]:
        told = [row["groups"], row["total"], row["seen"], row["hidden_division"], row["agreed"], row["too_few"]]
        told += [row["id"] in parted, row["id"] in refused, row["score"], cases[row["id"]][1]]
        possible.setdefault(json.dumps(told), set()).add(cases[row["id"]][0])
    for told, alike in possible.items():
        for own in range(3):
            left = {split for split in alike if split[own]}  # those in which somebody answered so
            certain = [split for split in left if max(split[n] - (n == own) for n in range(3)) == 9]
            assert not left or len(certain) < len(left), (told, own)
