"""The numbers of the site, the desk and the worker."""

from datetime import time, timedelta

# Logging in

GUESSES_WITHIN = timedelta(minutes=15)
MOST_FOR_ONE_NAME_FROM_ONE_PLACE = 5
MOST_FROM_ONE_PLACE = 40
MOST_FOR_ONE_NAME = 50
KNOWN_BROWSER_KEPT_FOR = timedelta(days=180)

# Passwords and sessions

SHORTEST_PASSWORD = 12
LEAST_STRENGTH = 8  # letters' worth of what is no common word, name, date or row of keys
SESSION_IDLES_FOR = timedelta(hours=4)
SESSION_LASTS = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)

# The second step

CODES_WITHIN = timedelta(minutes=15)
MOST_CODES_FROM_ONE_PLACE, MOST_CODES = 5, 10
CODE_WAITS_FOR = timedelta(minutes=10)
RECOVERY_CODES = 10

# The worker

SILENT_AFTER = timedelta(minutes=5)
# By how much the clocks of two machines may differ before a moment written by one lies in the future of the other.
CLOCKS_DIFFER_BY = timedelta(minutes=1)
BEAT_EVERY = 15  # seconds
# A duty that takes longer than this is taken to hang: the heartbeat stops, and /healthz and the desk say so.
LONGEST_DUTY = 20 * 60  # seconds
WORKER_FORGOTTEN_AFTER = timedelta(days=1)
# After a failure, however seldom a duty is due otherwise; sooner, a lasting fault would fill the log.
AGAIN_AFTER = timedelta(minutes=5)

# Beginning

TEST_EMAIL_TAKES_AT_MOST = 15  # seconds, while a member of staff waits
TEST_EMAIL_GOOD_FOR = timedelta(days=7)

# What is watched

# How long after 07:00 an edition may still be in the making before it counts as a failure.
LATE_AFTER = timedelta(minutes=20)
EMAIL_WAITS_AT_MOST = timedelta(minutes=15)
# An edition so near must have its row; the worker plans six weeks ahead, and terms may have been entered a minute ago.
PLANNED_BY = timedelta(days=14)
OUT_BY = timedelta(minutes=5)  # after 07:00
SENT_BY = time(9)
# A worker that wakes later than this after 07:00 says nothing of that edition any more.
TOLD_FOR = timedelta(days=3)
# Whoever paused an email, or was told of a pause, is not told again at once.
PAUSE_IS_KNOWN_FOR = timedelta(hours=1)
FAULTS_KEPT_FOR = timedelta(days=30)
FAULT_TOLD_EVERY = timedelta(hours=1)
MOST_FAULTS_TOLD_AN_HOUR = 10  # kinds: a bad release breaks everything at once

# While the database is away, visitors get kept pages for so long, marked with their time.
PAGES_OUTLIVE_THE_DATABASE_BY = timedelta(hours=1)

# Backups

# The newest set of each of so many days, weeks and months is kept.
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 14, 8, 12
KEPT_WHOLLY_FOR = timedelta(days=2)  # also those made by hand, such as before an upgrade
# Longer than any set is kept; every younger one has the suppressions of before.
DEPARTURES_KEPT_FOR = timedelta(days=400)
BACKUP_TOO_OLD_AFTER = timedelta(hours=36)  # a day, a night that failed, and the time to make one
BACKUP_FAILURES_KEPT_FOR = timedelta(days=60)
BACKUP_ABANDONED_AFTER = timedelta(minutes=2)  # without a sign of life

# What one request may bring along

LARGEST_FORM = 64 * 1024  # of a visitor
REQUESTS_AT_ONCE = 8  # in each web process; more threads only wait
PATIENCE = 4.0  # seconds that a request waits for its turn
BUSY_FOR = 5  # seconds until whoever was sent away may ask again
LARGEST_REPORT = 2 * 1024 * 1024  # of a mail service, which sends many at once

# Pages

LATEST_NEWS = 3
DEADLINES_SHOWN = 6
VERSIONS_ON_A_PAGE = 20
HAPPENINGS_SHOWN = 100
LARGEST_KEPT_PAGE = 1024 * 1024
