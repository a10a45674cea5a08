"""What a page gives back of what somebody typed."""

import html
import re


def typed(page: str, field: str) -> str:
    """The words that stand in a field of several lines, as a browser would show them.

    >>> typed('<textarea id="a" name="words">\\n a &lt; b </textarea>', "words")
    ' a < b '
    """
    (found,) = re.findall(rf'<textarea[^>]*\bname="{field}"[^>]*>(.*?)</textarea>', page, re.S)
    return html.unescape(found.removeprefix("\r").removeprefix("\n"))
