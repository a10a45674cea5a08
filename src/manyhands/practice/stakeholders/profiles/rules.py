"""What may be written about an actor, for how long, and when it is asked for again. Pure."""

from datetime import date, timedelta

from ..rules import twelve_months_after

#: Of these an actor has one at a time: a new one takes the place of the old. Of the others it may have several.
SINGLE = frozenset({"gain", "agenda", "limits"})
#: What a new member is asked first.
FIRST_ASKED = ("motive", "gain", "limits")
#: Everybody's own word is asked for again after a year.
CONFIRM_AFTER = timedelta(days=365)
#: A note that was taken back waits this long for undo; then it is erased.
UNDO_DAYS = 14


def latest_end(written: date) -> date:
    """The last day on which a note about a person may be kept: twelve months after it was written.

    >>> latest_end(date(2026, 3, 9)), latest_end(date(2024, 2, 29))
    (datetime.date(2027, 3, 9), datetime.date(2025, 2, 28))
    """
    return twelve_months_after(written)


def end_of(written: date, wished: date | None) -> date:
    """When a note ends: on the day that was wished for, never later than twelve months from now, never before today.

    >>> today = date(2026, 3, 9)
    >>> end_of(today, None), end_of(today, date(2026, 4, 1)), end_of(today, date(2031, 1, 1))
    (datetime.date(2027, 3, 9), datetime.date(2026, 4, 1), datetime.date(2027, 3, 9))
    >>> end_of(today, date(2020, 1, 1))
    datetime.date(2026, 3, 9)
    """
    return max(written, min(wished or latest_end(written), latest_end(written)))


def needs_end(about: str, kind_of_actor: str, is_member: bool) -> bool:
    """Must this carry a purpose and an end? Every note, and whatever we write about a person who never joined.

    >>> needs_end("note", "organization", True), needs_end("motive", "person", False)
    (True, True)
    >>> needs_end("motive", "person", True), needs_end("motive", "organization", False)
    (False, False)
    """
    return about == "note" or (kind_of_actor == "person" and not is_member)


def is_due(said_on: date, confirmed_on: date | None, today: date) -> bool:
    """Has nobody said for a year that this is still so?

    >>> is_due(date(2025, 3, 9), None, date(2026, 3, 9)), is_due(date(2020, 1, 1), date(2026, 1, 1), date(2026, 3, 9))
    (True, False)
    """
    return (confirmed_on or said_on) + CONFIRM_AFTER <= today


def words_of(tags: str) -> list[str]:
    """The words of a field of tags, each once, in order.

    >>> words_of("children's health, school runs; Children's health,")
    ["children's health", 'school runs']
    """
    found: dict[str, str] = {}
    for part in tags.replace(";", ",").split(","):
        if word := " ".join(part.split()):
            found.setdefault(word.casefold(), word)
    return list(found.values())


_EMPTY = """
about above after again against along among around because before being between could does doing down during
each every everyone first from further have having into just less like made make makes many more most much
must need only other over same shall should some such than that their them then there these they this those
through under until upon want well were what when where which while whom will with within without would your
year years
"""
#: Words that stand in every goal and say nothing of who cares.
EMPTY_WORDS = frozenset(_EMPTY.split())


def telling_words(text: str) -> list[str]:
    """The words of a goal by which those who care are found: four letters or more, none that stand everywhere.

    >>> telling_words("Every child breathes clean air on the way to school.")
    ['child', 'breathes', 'clean', 'school']
    """
    found: dict[str, None] = {}
    for word in "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split():
        if len(word) >= 4 and word not in EMPTY_WORDS:
            found.setdefault(word, None)
    return list(found)


def words_shared(one: str, other: str) -> list[str]:
    """Telling words that two texts have in common, whole words and in the order of the first.

    >>> words_shared("Clean air at schools", "Our school grows clean food"), words_shared("port", "support")
    (['clean', 'schools'], [])
    """
    said = {stem(word) for word in telling_words(other)}
    return [word for word in telling_words(one) if stem(word) in said]


def stem(word: str) -> str:
    """A word without its plural, so that "schools" finds "school".

    >>> stem("schools"), stem("families"), stem("class"), stem("bus")
    ('school', 'famil', 'class', 'bus')
    """
    if len(word) > 5 and word.endswith("ies"):
        return word[:-3]
    if len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
