"""The numbers of editions and their bulletins."""

from datetime import timedelta

# Planning and proofs

PLAN_AHEAD = timedelta(weeks=6)
PROOF_DAYS = 7  # The next edition's PDFs are kept up to date from so many days before its Monday,
PROOF_EVERY = timedelta(minutes=10)  # ... but while adverts are being typed, not more often than this.

# The press

# How long a claim on a bulletin holds without a sign of life from its builder, who renews it every few seconds.
BUILD_LEASE = timedelta(minutes=2)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
PRESS_SECONDS = 300
PRESS_MEMORY = 2_500_000_000
# Half a page short of three columns; what is longer is cut at a paragraph and points to the website.
MOST_PRINTED_WORDS = 1500

# The archive and the post

ORPHANS_KEPT_FOR = timedelta(hours=6)  # far longer than any build
HEIGHTS_KEPT_FOR = timedelta(days=90)
PDF_KEPT_SECONDS = 300  # A correction must reach readers soon; until then the ETag makes asking again cheap.
LARGEST_UPLOAD = 40_000_000
MOST_UPLOADED_PAGES = 400
EDITIONS_IN_THE_FEED = 40  # A school year.
LABELS_ON_A_SHEET = 21  # labels of 63.5 by 38.1 mm, three by seven on A4 (the pattern that is sold as L7160)
