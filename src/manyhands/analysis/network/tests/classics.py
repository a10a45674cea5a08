"""Networks that everyone in the field knows, as published."""

from manyhands.analysis.network import Ties

#: J. F. Padgett and C. K. Ansell, American Journal of Sociology 98, 1993: marriages of fifteen families.
FLORENCE = """Medici-Acciaiuoli Ginori-Albizzi Guadagni-Albizzi Medici-Albizzi Castellani-Barbadori
Medici-Barbadori Guadagni-Bischeri Peruzzi-Bischeri Strozzi-Bischeri Peruzzi-Castellani Strozzi-Castellani
Lamberteschi-Guadagni Tornabuoni-Guadagni Ridolfi-Medici Salviati-Medici Tornabuoni-Medici Salviati-Pazzi
Strozzi-Peruzzi Strozzi-Ridolfi Tornabuoni-Ridolfi"""
#: Their wealth in thousand lira, after the same.
WEALTH = {
    "Acciaiuoli": 10, "Albizzi": 36, "Barbadori": 55, "Bischeri": 44, "Castellani": 20, "Ginori": 32,
    "Guadagni": 8, "Lamberteschi": 42, "Medici": 103, "Pazzi": 48, "Peruzzi": 49, "Ridolfi": 27,
    "Salviati": 10, "Strozzi": 146, "Tornabuoni": 48,
}  # fmt: skip
#: D. Krackhardt, Administrative Science Quarterly 35, 1990.
KITE = "0-1 0-2 0-3 0-5 1-3 1-4 1-6 2-3 2-5 3-4 3-5 3-6 4-6 5-6 5-7 6-7 7-8 8-9"
#: W. W. Zachary, Journal of Anthropological Research 33, 1977.
KARATE = """0-1 0-2 0-3 0-4 0-5 0-6 0-7 0-8 0-10 0-11 0-12 0-13 0-17 0-19 0-21 0-31 1-2 1-3 1-7 1-13 1-17 1-19
1-21 1-30 2-3 2-7 2-8 2-9 2-13 2-27 2-28 2-32 3-7 3-12 3-13 4-6 4-10 5-6 5-10 5-16 6-16 8-30 8-32 8-33 9-33
13-33 14-32 14-33 15-32 15-33 18-32 18-33 19-33 20-32 20-33 22-32 22-33 23-25 23-27 23-29 23-32 23-33 24-25
24-27 24-31 25-31 26-29 26-33 27-33 28-31 28-33 29-32 29-33 30-32 30-33 31-32 31-33 32-33"""


def classic(pairs: str) -> Ties:
    """A network from ``a-b`` pairs."""
    source, target = zip(*(pair.split("-") for pair in pairs.split()), strict=True)
    return Ties.between(source, target)


def florence() -> Ties:
    return classic(FLORENCE)


def star(points: int = 5) -> Ties:
    """A hub ``h`` and so many points around it."""
    return Ties.between(["h"] * points, [str(point) for point in range(points)])
