"""Demo mode's mailbox: every email goes to a Maildir, which a page of the demo shows. Nothing leaves the machine."""

import mailbox
import threading
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

# A maildir names its files by the time, the process and a count that threads share without a lock.
adding = threading.Lock()


class MaildirBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        settings.DEMO_MAILDIR.parent.mkdir(parents=True, exist_ok=True)
        box = mailbox.Maildir(settings.DEMO_MAILDIR, create=True)
        for message in email_messages:
            with adding:
                content = message.message().as_bytes()  # as every version of Django gives it; lines end as on the wire
                box.add(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        return len(email_messages)
