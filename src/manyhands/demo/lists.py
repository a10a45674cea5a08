"""Two spreadsheets as invented members might send them, with what is wrong in such lists. All invented."""

HEADER = ["Organisation", "Sector", "Street", "City", "Postal code", "Contact e-mail", "Newsletter since"]

CLINIC = [
    HEADER,
    ["Hill District Pharmacy", "Health", "4 Upper Lane", "Linden", "01730", "pharmacy@hill.example", "2021"],
    ["Midwives of the Valley", "Health", "11 Mill Lane", "Linden", "01731", "hello@midwives.example", "2019"],
    ["Orchard Street Dental", "Health", "29 Orchard Street", "Linden", "01731", "", "2022"],
    ["Allergy Counsel Linden", "Patients", "2 River Walk", "Linden", "01733", "counsel@allergy.example", "2020"],
    ["School Nurses’ Round", "Health", "", "Linden", "01730", "nurses@round.example", "2018"],
    ["Blühende Höfe e. V.", "Environment", "17 Canal Road", "Linden", "01732", "hoefe@bluehend.example", "2023"],
    ["Ángeles del Río", "Patients", "River block 5", "Linden", "01733", "hola@angeles.example", "2024"],
    ["Sports Doctors Linden", "Health", "1 Stadium Way", "Linden", "01735", "doctors@@stadium.example", "2022"],
    ["", "Health", "8 Upper Lane", "Linden", "01730", "somebody@nowhere.example", "2021"],
    ["Kindergarten at the Locks", "Education", "3 Locks", "Linden", "01732", "locks@kinder.example", "2021"],
    ["Night School Linden", "Education", "Library yard", "Linden", "01730", "night@school.example", "2017"],
    ["Regional Health Fund", "Government", "1 Fund Square", "Linden", "01730", "", "2016"],
    ["Retired Doctors’ Round", "Health", "Clinic, room 4", "Linden", "01731", "round@retired.example", "2016"],
    ["Hospital Kitchen Cooperative", "Labor", "5 Hospital Hill", "Linden", "01734", "kitchen@hill.example", "2023"],
    ["Ambulance Volunteers", "Health", "5 Hospital Hill", "Linden", "01734", "volunteers@ambulance.example", "2020"],
    ["Linden Hospice", "Health", "9 Quiet Lane", "Linden", "01734", "hospice.linden.example", "2015"],
    ["Walking Doctors", "Health", "Park gate", "Linden", "01730", "walk@doctors.example", "2024"],
    ["Family Center Riverside", "Housing", "River block 2", "Linden", "01733", "family@river.example", "2022"],
    ["Hearing Aid Circle", "Patients", "2 River Walk", "Linden", "01733", "circle@hearing.example", "2019"],
]

LIBRARY = [
    ["Name", "Town", "Web", "Remarks"],
    ["Reading Grandparents", "Linden", "https://reading.example", "Every Tuesday"],
    ["Linden Book Traders", "Linden", "https://books.example", "Two stalls\nat the old market"],
    ["Chess Table at the Canal", "Linden", "", "=SUM(A1:A9)"],
    ["Homework Club Upper Lane", "Linden", "", "Asks for a crossing"],
    ["Valley Radio", "Linden", "https://radio.example", "Reads our notices"],
]
