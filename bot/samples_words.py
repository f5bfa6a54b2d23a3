"""What sample deals are called: firms, people and sentences, all invented."""

FIRMS: tuple[tuple[str, str], ...] = (
    ("Nordlicht Energie", "Frauke Petersen"),
    ("Talweg Logistik", "Henrik Aust"),
    ("Brightwater Foods", "Louise Marchetti"),
    ("Kestrel Insurance", "Omar Haddad"),
    ("Ostwald Maschinenbau", "Dr. Britta Ostwald"),
    ("Lumen & Söhne", "Karl Lumen"),
    ("Petit Moulin", "Claire Aubry"),
    ("Rivermark Clinics", "Dr. Samuel Osei"),
    ("Hafenkontor Sieben", "Jette Lorenzen"),
    ("Greenfold Packaging", "Priya Raman"),
    ("Studio Fünfeck", "Tobias Kranz"),
    ("Aldergate Schools", "Ruth Pemberton"),
    ("Vantaa Robotics", "Aino Laine"),
    ("Mühlbach Apotheken", "Sabine Reiter"),
    ("Crossing Hotels", "Marco Bellini"),
    ("Sierra Textil", "Inés Ortega"),
    ("Polarstern Reisen", "Uwe Harms"),
    ("Thornbury Council", "Geoff Lyle"),
    ("Weidenhof Molkerei", "Anneliese Huber"),
    ("Quayside Architects", "Niamh Doyle"),
    ("Delta Forge", "Piotr Nowicki"),
    ("Bergmann Bau", "Lars Bergmann"),
    ("Helvetia Uhrwerke", "Reto Zurbriggen"),
    ("Cobalt Media", "Jasmine Ford"),
    ("Fjordkraft Service", "Ingrid Solberg"),
    ("Kornblume Naturkost", "Miriam Scholz"),
    ("Atlas Removals", "Dean Whitlock"),
    ("Orchard Dental", "Dr. Mei Tan"),
    ("Zephyr Wind", "Jonas Dahl"),
    ("Kiesel Werkzeuge", "Gerhard Kiesel"),
    ("Marlow Legal", "Helen Marlow"),
    ("Donau Druck", "Franz Eder"),
    ("Papillon Kosmetik", "Sylvie Renard"),
    ("Stonebridge Homes", "Alan Reeves"),
    ("Havel Werft", "Katrin Woelk"),
    ("Lindgren Möbler", "Ebba Lindgren"),
    ("Tessera Labs", "Dr. Ravi Menon"),
    ("Eichenlaub Forst", "Moritz Graf"),
    ("Bluebell Nurseries", "Fiona Hartley"),
    ("Castello Caffè", "Giulia Ferri"),
    ("Nebelhorn Sport", "Andi Walch"),
    ("Redwood Freight", "Carla Mendes"),
    ("Isar Optik", "Peter Hollerer"),
    ("Meridian Charity", "Yusuf Karim"),
    ("Wattwerk", "Silke Behrens"),
    ("Harbour Lane Books", "Tom Ellery"),
    ("Kupfermühle", "Nora Witt"),
    ("Silvan Timber", "Matti Koskinen"),
)

# What is sold: a title, what it is about worth in EUR, and which numbers it comes in.
GOODS: tuple[tuple[str, int, tuple[int, ...]], ...] = (
    ("Customer portal", 38_000, ()),
    ("Field service app for {} technicians", 21_000, (8, 12, 20, 25, 40)),
    ("{} licences", 14_000, (15, 25, 30, 50, 60)),
    ("Stock system, {} sites", 46_000, (2, 3, 4, 6)),
    ("Pilot with {} users", 6_500, (5, 8, 10, 15)),
    ("Renewal for {} seats", 12_000, (20, 25, 35, 60)),
    ("Web shop relaunch", 29_000, ()),
    ("Data migration, {} years back", 17_000, (3, 5, 8, 12)),
    ("Booking system", 24_000, ()),
    ("Support contract, {} months", 9_000, (12, 18, 24, 36)),
    ("Training for {} people", 4_800, (6, 10, 15, 30)),
    ("Reporting add-on, {} dashboards", 11_000, (3, 5, 8)),
    ("Connection to the accounts", 8_500, ()),
    ("Shift planning for {} staff", 16_000, (25, 40, 80, 120)),
    ("Document archive", 33_000, ()),
)

SOURCES = ("website", "website", "website", "referral", "referral", "trade fair", "partner", "cold call")

NEEDS = (
    "Orders are kept in three spreadsheets that nobody trusts",
    "The old system is not supported after the summer",
    "Technicians write on paper, the office types it again",
    "Customers cannot see where their order is",
    "Month end takes nine days",
    "Two sites, two systems, no common stock",
    "Auditors want a trace of every change",
)

BUDGETS = (
    "approved",
    "approved for this year",
    "up to 20 % above the offer",
    "next quarter",
    "project money",
)

REASONS = (
    "too expensive",
    "too expensive",
    "chose a competitor",
    "chose a competitor",
    "no budget this year",
    "no answer any more",
    "no answer any more",
    "project postponed",
    "builds it in-house",
    "missing feature: single sign-on",
)

STEPS = (
    "Call {} about the offer",
    "Send {} the revised offer",
    "Demo for the team of {}",
    "Ask {} who signs",
    "Visit {} on site",
    "Send {} two references",
    "Settle the contract with {}",
)

NOTES = (
    "",
    "",
    "",
    "",
    "Good call, they want to start soon",
    "Second demo went well",
    "Procurement is involved now",
    "Asked for a reference in their branch",
)

BACK_NOTES = (
    "New contact, the need has to be settled again",
    "They want another scope, back to the offer",
    "The budget was taken back, talking again",
)
