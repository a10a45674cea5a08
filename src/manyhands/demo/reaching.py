"""What drives the invented members and allies, and how they were spoken with."""

from dataclasses import dataclass

ALL, STEWARDS, OWN = "members", "stewards", "own"


@dataclass(frozen=True)
class Said:
    """One thing that drives somebody."""

    about: str
    text: str
    readers: str = ALL
    tags: str = ""
    source: str = ""
    days_ago: int = 0


#: What members say of themselves, by who says it. Nkechi has not said it yet.
OWN_WORDS: dict[str, list[Said]] = {
    "Amina": [
        Said("motive", "Our children walk to school through what the cars leave.", tags="children’s health, school runs"),
        Said("gain", "A street at each school that parents can see from the gate."),
        Said("limits", "We are volunteers: nothing that needs us before nine or after twenty."),
        Said("wants", "A school that tries it first, so that others can look.", tags="a trial gate"),
    ],
    "Rosa": [
        Said("motive", "Every winter our waiting room fills with children who cough.", tags="children’s health, asthma"),
        Said("gain", "Fewer emergency visits from the ring road, in figures the health fund accepts."),
        Said("limits", "We cannot take sides before an election.", STEWARDS),
        Said("brings", "Case numbers by street, without names; two nurses for talks."),
        Said("red line", "No figure of ours is published before our doctors have checked it.", STEWARDS),
    ],
    "Dele": [
        Said("motive", "Teachers close the windows and then nobody can think.", tags="children’s health, learning"),
        Said("gain", "Less noise in the first lesson."),
        Said("limits", "No extra duty at the gate without pay.", STEWARDS),
    ],
    "Petra": [
        Said("motive", "My own son carries an inhaler. So do four hundred others.", tags="asthma"),
        Said("gain", "A promise with a date, not another study."),
        Said("limits", "We have one half post and no money."),
    ],
    "Farid": [
        Said("motive", "Whoever closes a street sends the cars past our flats.", tags="fairness, noise"),
        Said("gain", "A map that shows no block gets more traffic than before."),
        Said("limits", "Half of us work nights; morning meetings lose us."),
        Said("red line", "No street closes if ours gets the cars.", ALL),
    ],
    "Tomasz": [
        Said("motive", "A safe way to school makes people who cycle for life.", tags="school runs, safe streets"),
        Said("gain", "Four hundred children on bikes by spring."),
        Said("limits", "We cannot store bikes."),
    ],
    "Nora": [
        Said("motive", "We owe the youngest clean air as we owe them bread.", tags="children’s health, duty"),
        Said("gain", "Something the parish can do with its own hands."),
        Said("limits", "No campaign on Sundays."),
    ],
    "Sam": [
        Said("motive", "Asthma is the commonest reason for a night call.", tags="asthma, children’s health"),
        Said("gain", "Fewer nights."),
        Said("limits", "We give no names and no addresses."),
    ],
    "Omar": [
        Said("motive", "Drivers breathe it ten hours a day.", tags="work, health at work"),
        Said("gain", "Clean lorries without lost jobs.", STEWARDS),
        Said("limits", "We cannot agree to anything that costs shifts.", STEWARDS),
        Said("red line", "Nobody loses a job over this.", OWN),
    ],
    "Mei": [
        Said("motive", "We are the ones who breathe it longest.", tags="children’s health, future"),
        Said("gain", "One decision in which pupils had a vote."),
        Said("limits", "Not in exam weeks."),
    ],
    "Hana": [
        Said("motive", "What is not measured is not believed.", tags="open figures"),
        Said("gain", "Readings that the city cannot wave away."),
        Said("limits", "Twelve meters; we cannot buy more this year."),
        Said("wants", "Somebody who prints the readings each week.", tags="weekly readers"),
    ],
    "Joan": [
        Said("motive", "Customers on foot stay longer, if they can still reach us.", tags="trade"),
        Said("gain", "Shop counts that do not fall in the first three months.", STEWARDS),
        Said("limits", "No closure before nine on market days.", STEWARDS),
        Said("red line", "If two shops close because of us, we leave.", OWN),
    ],
    "Kwame": [
        Said("motive", "Libraries are where people ask what is going on.", tags="open figures"),
        Said("gain", "A shelf that is borrowed from."),
        Said("limits", "We host every side."),
    ],
}  # fmt: skip

#: What is known of those who do not sit here: by whom it was written down.
OF_OTHERS: dict[str, tuple[str, list[Said]]] = {
    "Regional Health Fund": ("Rosa", [
        Said("motive", "Asthma programs eat the budget for everything else.", tags="asthma, costs", source="Annual report, page 12"),
        Said("gain", "A saving they can show in one budget year.", source="Talk after the spring conference"),
        Said("wants", "Case numbers by street.", source="Talk after the spring conference"),
    ]),
    "Linden Bus Company": ("Nkechi", [
        Said("motive", "Electric buses must pay for themselves.", tags="costs", source="Press release on the new buses", days_ago=380),
    ]),
    "Chamber of Commerce": ("Joan", [
        Said("motive", "Deliveries before eight are the life of small shops.", tags="trade", source="Letter to the Council"),
        Said("red line", "No closure on market days.", source="Letter to the Council"),
    ]),
    "Harbor Port Authority": ("Hana", [
        Said("motive", "A new licence needs a clean record.", tags="licence", source="Environmental statement of the port"),
    ]),
    "Linden Daily": ("Hana", [
        Said("motive", "Figures from the street sell better than a city hall that says all is well.", tags="open figures", source="Talk with the city desk"),
        Said("brings", "Half a page every Friday, and the readers who write back.", tags="weekly readers, photographs", source="Talk with the city desk"),
    ]),
    "Mill Lane School": ("Dele", [
        Said("motive", "Half of our pupils are driven four hundred meters.", tags="school runs, children’s health", source="Count at their gate, September"),
        Said("brings", "A gate where it can be tried for a month.", tags="a trial gate", source="Their head, at the autumn fair"),
    ]),
    "Linden Interfaith Table": ("Nora", [
        Said("motive", "Children are the one thing all eleven congregations agree on.", tags="children’s health", source="Their January evening"),
        Said("reaches", "Eleven congregations, about four thousand people.", source="Their own count"),
    ]),
}  # fmt: skip

#: Words to begin with: name, the reason they speak to, text.
SCRIPTS = [
    ("At your gate", "children’s health",
     "38 children breathe at your gate what the buses leave in eight minutes. May I show you the figures on Tuesday? It takes twenty minutes."),
    ("Customers on foot", "trade",
     "When Orchard Street closed for a week, two shops out of three counted more people. Would you look at the counts with us before you make up your mind?"),
    ("A clean record", "licence",
     "Your next licence asks what you did for the neighbours. Here is one thing you could say yes to."),
]  # fmt: skip

MENU = [
    ("Stand at one gate on one Saturday", "hours"),
    ("Lend a room for an evening", "space"),
    ("Check one page of figures", "expertise"),
    ("Say one sentence for the paper, with your name", "voice"),
    ("Lend twenty cones and a van", "materials"),
    ("Pay for one air meter", "money"),
]

#: Who tried, with whom, how many days ago, which words, what came of it, and what was said.
CONTACTS = [
    ("Rosa", "Regional Health Fund", 58, 0, "mail", "answered", "They ask for numbers by street."),
    ("Rosa", "Regional Health Fund", 35, None, "meeting", "interested", "Budget talk in autumn; they want us there."),
    ("Amina", "City Council, transport committee", 52, 0, "meeting", "interested", "Want the guards paid from the street budget."),
    ("Amina", "Mayor’s Office", 50, 0, "mail", "no answer", ""),
    ("Dele", "Canal Road School", 44, 0, "call", "answered", "Afraid of complaints, would look at Orchard School first."),
    ("Dele", "Orchard School", 43, 0, "meeting", "interested", "Would host the first week."),
    ("Petra", "Asthma Parents’ Circle", 41, 0, "event", "interested", "Forty people, all want to help."),
    ("Joan", "Chamber of Commerce", 38, 1, "mail", "answered", "Sent us to their transport group."),
    ("Joan", "Linden Bakers", 36, 1, "call", "not now", "Too busy until the feast days are over."),
    ("Joan", "Old Market Landlords", 33, 1, "mail", "refused", "“We do not sign anything.”"),
    ("Hana", "Linden Daily", 20, None, "call", "no answer", "Left word with the city desk."),
    ("Nora", "Linden Interfaith Table", 17, 0, "meeting", "answered", "They talk to each congregation first."),
    ("Sam", "University, school of public health", 16, None, "mail", "no answer", ""),
]  # fmt: skip

#: Contact with our own members: by whom, with whom, how, how many days ago each, and what was said.
WITH_MEMBERS = [
    ("Amina", "Northside Clinic", "call", (176, 149, 118, 90, 61, 33, 16), "They count asthma visits for us."),
    ("Amina", "Linden Teachers’ Union", "meeting", (160, 131, 104, 72), "Exams first, then school streets."),
    ("Amina", "Breathe Easy Foundation", "mail", (140, 112, 85, 57, 29, 18), "Forty families, all willing."),
    ("Kwame", "Youth Council", "meeting", (120, 106, 91, 77, 64, 48, 34, 20), "They want the paint to be theirs."),
    ("Amina", "Market Traders’ Guild", "call", (155, 124, 96), "Market days stay open, or they leave."),
    ("Amina", "Harbor Freight Workers", "call", (170, 88), "Night shifts make meetings hard."),
    ("Tomasz", "School Bus Operators", "event", (43,), "Sixty buses, and a say in the timetable."),
]

#: Where our own members stand, as the list of allies has it.
STANCES_OF_MEMBERS = {
    "Parents of Linden": "active ally",
    "Northside Clinic": "active ally",
    "Breathe Easy Foundation": "active ally",
    "Youth Council": "active ally",
    "Linden Teachers’ Union": "leaning our way",
    "School Bus Operators": "leaning our way",
    "Market Traders’ Guild": "undecided",
}

#: What they told us: by whom heard, of whom, how many days ago, what, what became of it, told how many days ago.
INPUTS = [
    ("Rosa", "Wheelchair Users’ Union", 30, "Move the pick-up point; the hill is too steep.", "used", "It is at the lower gate from May on.", 12),
    ("Joan", "Chamber of Commerce", 25, "Count the shops before and after, not only after.", "used", "We count from next week.", None),
    ("Dele", "Canal Road School", 21, "Try it in the autumn term, not in exams.", None, "", None),
    ("Farid", "Hill District Residents", 15, "Close our street as well, or none.", "not used", "The group may only close school streets; we passed it on to the Council.", 6),
]  # fmt: skip
