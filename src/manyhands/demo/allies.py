"""Whom the invented coalition knows: organizations and public bodies of a valley that does not exist."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ally:
    """An invented actor, and how six invented raters see it (1 little to 5 much)."""

    name: str
    sector: str
    wedge: str
    interest: tuple[int, ...]
    influence: tuple[int, ...]
    looked_after_by: str = ""
    basis: str = ""
    note: str = ""


A, P, N, O, X = "active ally", "leaning our way", "undecided", "leaning away", "against"
U = ""  # no position known yet

#: Order of raters: Amina, Rosa, Kwame, Hana, Tomasz, Mei. A 0 means that this rater has not rated.
RATERS = ["Amina", "Rosa", "Kwame", "Hana", "Tomasz", "Mei"]

ALLIES = [
    Ally("City Council, transport committee", "Government", P, (4, 4, 4, 5, 4, 4), (5, 5, 5, 4, 5, 5), "Amina", "They vote the street budget."),
    Ally("Linden School Board", "Government", P, (4, 5, 3, 4, 4, 4), (4, 5, 4, 4, 4, 4), "", "Rule 14 gives them the last word on drop-off."),
    Ally("Harbor Port Authority", "Government", U, (2, 1, 2, 2, 2, 1), (5, 4, 5, 5, 4, 5), "", "Trucks to the port pass four schools."),
    Ally("Linden Daily", "Media", U, (2, 3, 2, 2, 3, 2), (4, 4, 4, 5, 4, 4), "Hana", "One front page changed the bus debate."),
    Ally("Chamber of Commerce", "Business", O, (2, 2, 2, 3, 2, 2), (4, 3, 4, 4, 3, 4), "Joan", "Sits in the Council’s budget round."),
    Ally("Valley Delivery Association", "Business", X, (2, 2, 1, 2, 2, 1), (3, 3, 4, 3, 3, 3), "Omar", "Wrote to the Council against the pilot."),
    Ally("University, school of public health", "Education", U, (3, 3, 2, 3, 3, 2), (2, 3, 2, 3, 2, 2), "Sam", "Has the only long series of air data."),
    Ally("Linden Football Club", "Civic", U, (2, 2, 2, 2, 1, 2), (2, 2, 2, 1, 2, 2), "", "Uses the field beside Orchard School."),
    Ally("Canal Road Allotments", "Civic", U, (1, 2, 1, 2, 1, 2), (1, 1, 1, 2, 1, 1), "", "Gardeners along the busiest gate."),
    Ally("Police, road safety unit", "Government", N, (3, 2, 3, 3, 2, 3), (4, 4, 4, 3, 4, 4), "Amina", "Must sign every closure."),
    Ally("Regional Health Fund", "Government", P, (4, 4, 3, 4, 4, 3), (4, 4, 4, 4, 3, 4), "Rosa", "Pays for asthma programs."),
    Ally("Orchard School", "Education", A, (5, 5, 5, 5, 4, 5), (3, 3, 3, 2, 3, 3), "Dele", "The head wrote to all parents."),
    Ally("Mill Lane School", "Education", A, (5, 5, 4, 5, 5, 5), (3, 2, 3, 3, 3, 3), "Dele", "First school street."),
    Ally("Canal Road School", "Education", P, (4, 4, 3, 4, 4, 4), (3, 2, 2, 3, 3, 2), "Dele", "Afraid of complaints."),
    Ally("Asthma Parents’ Circle", "Patients", A, (5, 5, 5, 5, 5, 5), (1, 2, 1, 2, 2, 1), "Petra", "Meets at the clinic each month."),
    Ally("Linden Bus Company", "Business", P, (4, 3, 4, 4, 3, 4), (4, 3, 4, 4, 4, 3), "Nkechi", "Buys eight electric buses."),
    Ally("Taxi Drivers’ Table", "Labor", O, (2, 3, 2, 2, 2, 2), (2, 3, 2, 2, 3, 2), "Omar", "Lost two ranks last year."),
    Ally("Hill District Residents", "Housing", N, (3, 3, 3, 2, 3, 3), (2, 2, 3, 2, 2, 2), "Farid", "Cars would turn into their street."),
    Ally("Linden Interfaith Table", "Faith", P, (3, 4, 3, 3, 3, 4), (2, 3, 3, 2, 2, 3), "Nora", "Speaks for eleven congregations."),
    Ally("Valley Radio", "Media", P, (3, 3, 3, 4, 3, 3), (3, 3, 2, 3, 3, 3), "Hana", "Weekly program on the valley."),
    Ally("Parents of Hill District", "Parents", A, (5, 4, 5, 4, 5, 4), (2, 2, 1, 2, 2, 2), "Amina", "Want the next street."),
    Ally("Wheelchair Users’ Union", "Patients", P, (4, 5, 4, 4, 4, 4), (2, 2, 2, 3, 2, 2), "Rosa", "Door-to-door access must stay."),
    Ally("Linden Bakers", "Business", O, (3, 2, 3, 2, 2, 3), (2, 2, 2, 2, 1, 2), "Joan", "Deliver before eight."),
    Ally("State Environment Office", "Government", N, (3, 3, 3, 3, 3, 2), (4, 5, 4, 4, 4, 4), "", "Owns the official meters."),
    Ally("Green Valley Party, local branch", "Politics", A, (5, 4, 4, 5, 5, 4), (3, 3, 3, 2, 3, 3), "Hana", "Public program, page 9."),
    Ally("Car Owners’ Club", "Civic", X, (3, 3, 4, 3, 3, 3), (3, 3, 3, 3, 3, 3), "", "Public letter of 3 March."),
    Ally("Night Nurses’ Network", "Labor", P, (4, 4, 4, 3, 3, 4), (1, 2, 1, 1, 2, 1), "Rosa", "Their children walk alone."),
    Ally("Elm Street Kindergarten", "Education", P, (4, 4, 4, 4, 4, 4), (1, 1, 2, 1, 1, 1), "Dele", "Asked to be counted too."),
    Ally("Linden Cycling Couriers", "Business", A, (4, 4, 3, 4, 5, 4), (1, 2, 1, 1, 2, 1), "Tomasz", "Would take over early deliveries."),
    Ally("Old Market Landlords", "Business", O, (2, 2, 2, 2, 2, 2), (3, 4, 3, 3, 3, 3), "Joan", "Own half of Orchard Street."),
    Ally("Retired Doctors’ Round", "Health", P, (4, 3, 4, 3, 3, 3), (2, 2, 2, 2, 2, 3), "Sam", "Offer talks in schools."),
    Ally("Linden Scouts", "Youth", P, (4, 3, 4, 3, 4, 5), (1, 1, 1, 2, 1, 1), "Mei", "Can staff a gate on Saturdays."),
    Ally("Waterworks", "Government", U, (1, 1, 2, 1, 1, 1), (2, 2, 2, 3, 2, 2), "", "Digs up Mill Lane in spring."),
    Ally("Insurance Fund of the Valley", "Health", N, (3, 3, 2, 3, 3, 2), (3, 3, 3, 4, 3, 3), "Sam", "Counts asthma days."),
    Ally("River Blocks Cooperative", "Housing", P, (4, 3, 4, 3, 4, 3), (2, 2, 2, 2, 2, 2), "Farid", "Eighty flats."),
    Ally("Linden Film Club", "Civic", U, (2, 0, 2, 0, 0, 2), (1, 0, 1, 0, 0, 1), "", "Might film the first week."),
    Ally("Port Truckers’ Cooperative", "Labor", N, (3, 2, 3, 2, 2, 2), (3, 3, 3, 3, 2, 3), "Omar", "Omar’s colleagues."),
    Ally("Mayor’s Office", "Government", P, (4, 4, 3, 4, 3, 4), (5, 5, 5, 5, 5, 5), "Amina", "Proposes the budget."),
    Ally("School Meals Kitchen", "Education", U, (2, 2, 2, 3, 2, 2), (1, 1, 1, 1, 1, 2), "", "Vans at every gate at 7:30."),
    Ally("Elders of Riverside", "Housing", P, (3, 3, 3, 3, 3, 3), (1, 2, 2, 1, 1, 2), "Farid", "Sit at the corner and see everything."),
    Ally("Linden Walking Group", "Civic", A, (5, 4, 4, 4, 5, 4), (1, 1, 1, 1, 2, 1), "Tomasz", "Walks children in pairs."),
    Ally("National Clean Air League", "Environment", A, (5, 5, 4, 5, 5, 5), (3, 3, 3, 4, 3, 3), "Hana", "Lends a lawyer."),
]  # fmt: skip
