"""The numbers of adverts: periods, limits, sizes and times of day. Code, texts and documents read them from here."""

from datetime import time, timedelta
from decimal import Decimal

# The week

SEND_TIME = time(7)
DEADLINE_TIME = time(12)
DEADLINE_WORKING_DAYS = 2
EDITIONS_OFFERED = 12

# What is kept, and for how long

PAGE_KEPT_FOR = timedelta(days=90)
CONTACT_KEPT_FOR = timedelta(weeks=12)
PROOF_LINK_GOOD_FOR = timedelta(days=21)
IMPORT_KEPT_FOR = timedelta(days=1)
UNDO_WITHIN = timedelta(days=1)

# An advert

USUAL_CLOSING_TIME = time(12)
USUAL_RUN = timedelta(days=11)  # from the edition's Monday to the Friday of the week after
FULL_TIME_HOURS = {"teaching": Decimal("32.5"), "support": Decimal(37)}
WEEKS_OF_A_YEAR = 52
PAID_WEEKS_OF_A_YEAR = Decimal("52.143")
SHORT_NOTICE = timedelta(days=3)
REPEATED_WITHIN = timedelta(weeks=4)
PAY_TOLERANCE = Decimal("0.05")
FTE_TOLERANCE = Decimal("0.03")
LONGEST_TEXT = 200_000
LONGEST_PASTE = 2_000_000  # characters, with all the markup that a program adds
CLOSES_SOON = 2  # days

# Lists and searches

POSTS_ON_A_PAGE = 20
POSTS_ON_A_JSON_PAGE = 100
SIMILAR_POSTS = 5
POSTS_OF_AN_AREA = 3  # of one type, that make their list worth finding
LISTED_WITHIN = timedelta(days=365)
RADII = (1, 3, 5, 10, 15, 20, 30)
USUAL_RADIUS = 10
CITY_MILES = 6
MOST_HOURS = 60  # a week, of a filter
MOST_PAY = 200_000  # a year, of a filter
NEARLY_HOURS = 2.5  # either way of what a reader types
MOST_TICKED_VALUES = 40
CLOSING_SOON = timedelta(days=7)

# Files and tables

LARGEST_DOCUMENT = 10 * 1024 * 1024
MOST_DOCUMENTS = 10
MOST_WRITTEN_ANEW_AT_ONCE = 20
MOST_IMPORTED_ADVERTS = 2_000
LARGEST_CSV = 150_000_000
LARGEST_WORKBOOK = 10_000_000
MOST_STEPS_AT_ONCE = 200
