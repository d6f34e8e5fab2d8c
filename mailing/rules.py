"""The numbers of the mailing."""

from datetime import timedelta

# What is kept, and for how long

UNCONFIRMED_KEPT_FOR = timedelta(days=7)
UNSUBSCRIBED_KEPT_FOR = timedelta(days=28)
MESSAGE_KEPT_FOR = timedelta(days=365)
STRAY_KEPT_FOR = timedelta(days=28)

# Joining and writing to the office

OWN_LINK_GOOD_FOR = timedelta(hours=24)
MOST_CONFIRMATIONS = 3
MOST_CONFIRMATIONS_EVER = 5
ASKED_KEPT_FOR = timedelta(days=365)
CONFIRMATIONS_WITHIN = timedelta(hours=24)
COMPLAINED_ANSWERED_AFTER = timedelta(days=28)
MOST_AN_HOUR_FROM_ONE_PLACE = 5
MOST_AN_HOUR_IN_ALL = 300
SAME_MESSAGE_WITHIN = timedelta(hours=1)
RECEIPT_WITHIN = timedelta(hours=24)
FASTEST_PERSON = timedelta(seconds=3)
LARGEST_IMPORT = 3 * 1024 * 1024

# The weekly email

CLOSING_SOON = timedelta(days=7)
LARGEST_HTML = 100_000  # Gmail cuts longer ones off
LONGEST_SUBJECT = 78
TOO_LATE_AFTER = timedelta(hours=14)
FORGOTTEN_AFTER = timedelta(days=7)

# Sending

BACK_OFF = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=3), timedelta(hours=6))
UNREACHABLE_PAUSE = timedelta(minutes=3)
PATIENCE_FOR_ANSWER = timedelta(minutes=5)
PATIENCE_AFTER_TEXT = timedelta(minutes=10)
LONGEST_CLAIM = timedelta(minutes=30)
CLOCKS_DIFFER_BY = timedelta(minutes=5)
MOST_DOUBTS = 3
FAILURES_BEFORE_PAUSE = 20
PUT_OFF_BEFORE_SLOWING = 3
SMALLEST_GAP = timedelta(seconds=1)
LARGEST_GAP = timedelta(seconds=60)
CANARY = 20
BOUNCES_IN_A_ROW = 3
FAULTS_BEFORE_HOLD = 3
FAULTS_IN_A_HUNDRED = 5
COMPLAINTS_IN_A_THOUSAND = 3
BOUNCES_IN_A_HUNDRED = 10
LATELY = timedelta(days=7)
BOUNCES_SHOWN = timedelta(days=28)
