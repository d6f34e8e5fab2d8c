"""Mail servers to send to, and what was typed into the forms."""

from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest

from mailing.forms import _clock
from mailing.readers import joining
from mailing.sending import outbox

from .sink import Sink, listening, mail_settings


@pytest.fixture
def serve(settings):
    """``serve(sink)`` starts a mail server and makes it the site's until the test ends."""
    with ExitStack() as servers:

        def start(sink: Sink, **options) -> Sink:
            port = servers.enter_context(listening(sink, **options))
            for name, value in mail_settings(port).items():
                setattr(settings, name, value)
            return sink

        yield start


@pytest.fixture
def sink(serve):
    """A mail server that takes everything."""
    return serve(Sink())


def typed(now: datetime, **fields) -> dict[str, object]:
    """What a person sends who has looked at the form for a minute."""
    started = _clock.sign(int((now - timedelta(minutes=1)).timestamp()))
    return {"started": started, "website": "", **fields}


def one_round(now: datetime) -> int:
    """What the worker does for people who wait for an email: takes their requests, and sends what is queued."""
    joining.take_sign_ups(now)
    return outbox.send_queued(now)
