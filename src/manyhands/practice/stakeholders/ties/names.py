"""On which side of its mark a name fits on the map, on a desk and on a phone."""

#: The plot's usual size in pixels, to see which names would touch. The plot itself stretches.
WIDTH, HEIGHT = 690, 780
PHONE = (300, 440)
MOST_ON_A_PHONE = 10
LETTER, LINE = 7.1, 16

Box = tuple[float, float, float, float]


def fits_a_phone(x: float, y: float, r: float, label: str, side: str, names: list[Box]) -> bool:
    """Does the name stay inside the plot of a phone, and clear of the names that stay there?"""
    if not side or len(names) >= MOST_ON_A_PHONE:
        return False
    box = _boxes(x * PHONE[0] / 100, y * PHONE[1] / 100, r, label)[side]
    left, top, right, bottom = box
    if (
        left < 0
        or right > PHONE[0]
        or any(left < b[2] and b[0] < right and top < b[3] and b[1] < bottom for b in names)
    ):
        return False
    names.append(box)
    return True


def _boxes(px: float, py: float, r: float, label: str) -> dict[str, Box]:
    """Where a name would stand on each side of a mark."""
    width = len(label) * LETTER
    return {
        "above": (px - width / 2, py - r - 6 - LINE, px + width / 2, py - r - 6),
        "below": (px - width / 2, py + r + 4, px + width / 2, py + r + 4 + LINE),
        "start": (px + r + 6, py - LINE / 2, px + r + 6 + width, py + LINE / 2),
        "end": (px - r - 6 - width, py - LINE / 2, px - r - 6, py + LINE / 2),
    }


def free_side(x: float, y: float, r: float, label: str, marks: list[Box], names: list[Box]) -> str:
    boxes = _boxes(x * WIDTH / 100, y * HEIGHT / 100, r, label)
    sides = ["below", "above", "end", "start"] if x > 50 else ["below", "above", "start", "end"]
    for side in sides:
        left, top, right, bottom = boxes[side]
        if left < 4 or right > WIDTH - 4 or top < 2 or bottom > HEIGHT - 2:
            continue
        if not any(left < b[2] and b[0] < right and top < b[3] and b[1] < bottom for b in (*marks, *names)):
            names.append(boxes[side])
            return side
    return ""
