"""What stops a backup or a restore, in words for whoever runs the machine."""

import errno


class BackupFault(Exception):
    """A sentence that says what is wrong and what to do; nothing was changed, unless it says so."""


def is_full(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
