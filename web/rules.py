"""The numbers of what every page needs."""

from datetime import timedelta

# No limit counts over a longer span than this; what was last counted before it is deleted.
LIMIT_KEPT_FOR = timedelta(days=1)
TRAIL_KEPT_FOR = timedelta(days=365)
PAGE_KEPT_AT_MOST = timedelta(minutes=5)  # by browsers and proxies: staff may save something at any time
