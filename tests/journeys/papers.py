"""The files that people bring along: lists of allies, and a round that was held elsewhere. All invented."""

import csv
import io

#: A name that spans two lines in its cell, one with accents, one with zeros that must stay.
HARD_NAMES = ["Clínica São José", "Œuvre d’Ümit", "Parents of\nMill Lane", "Ēlija’s Łódź Choir"]


def list_of_allies(rows: int = 600, prefix: str = "Ally") -> bytes:
    """A spreadsheet as offices write it: a byte order mark, zeros in front, accents, cells over several lines."""
    page = io.StringIO()
    sheet = csv.writer(page)
    sheet.writerow(["Organisation", "EIN", "ZIP", "City", "Sector"])
    for at in range(rows):
        name = HARD_NAMES[at] if at < len(HARD_NAMES) else f"{prefix} {at:03d}"
        sheet.writerow([name, f"{at:09d}", f"0{at % 9000:04d}", "Linden", ["Health", "Housing", "Faith"][at % 3]])
    sheet.writerow(["", "999999999", "01234", "Linden", "Health"])  # a row without a name is refused
    return page.getvalue().encode("utf-8-sig")


def latin_list() -> bytes:
    """The same kind of list from an old machine."""
    return "Name;Stadt;Postleitzahl\r\nBäckerei Größe;Köln;00123\r\nCafé Zoë;Düren;04567\r\n".encode("latin-1")


STATEMENTS = [
    "Put a guard at every school before its street is closed.",
    "Publish the air readings of every gate each week.",
    "Close every school street by 2028.",
    "Let deliveries through until eight.",
    "Free bus passes for every child.",
    "Nothing is closed before the ring road is finished.",
    "Plant trees at every gate.",
    "Count shop visits before and after.",
]


def round_from_elsewhere() -> dict[str, bytes]:
    """votes.csv and comments.csv of forty people: all want guards, half want to close, half to wait."""
    votes, comments = ["timestamp,comment-id,voter-id,vote"], ["timestamp,comment-id,author-id,moderated,comment-body"]
    for number, text in enumerate(STATEMENTS):
        comments.append(f"1,{number},0,1,{text}")
    for person in range(40):
        walks = person % 2 == 0
        for number in range(len(STATEMENTS)):
            answer = 1 if number in {0, 1, 7} else (1 if walks else -1) * (-1 if number in {3, 5} else 1)
            if (person * 7 + number * 3) % 11 == 0:
                answer = 0
            votes.append(f"{person * 100 + number},{number},{person},{answer}")
    return {"votes.csv": "\n".join(votes).encode(), "comments.csv": "\n".join(comments).encode()}
