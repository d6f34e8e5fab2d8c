import logging
import signal
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from greensheets_site.worker.duties import DUTIES
from greensheets_site.worker.rounds import Rounds

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Plan editions, build PDFs, publish on Mondays, send the email, tidy up. Safe to stop, kill and start at any moment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="One round, then stop; for cron. Exits 1 if anything failed.")
        parser.add_argument("--interval", type=float, default=10, help="Seconds to wait between two rounds (default 10).")
        parser.add_argument("--name", default="", help="What it is called on the desk (default: its host and process).")

    def handle(self, *args: Any, once: bool, interval: float, name: str, **options: Any) -> None:
        # Started every minute by cron it is the same worker each time, and has one row.
        rounds = Rounds(DUTIES, say=self.tell, name=name or (f"{socket.gethostname()} (once)" if once else ""))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: rounds.stop())
        if once:
            if failed := rounds.once(timezone.now()):
                self.stderr.write(f"Failed: {', '.join(failed)}. The log says why; the next round tries again.")
                sys.exit(1)
            return
        self.tell(f"Worker {rounds.name} started.")
        rounds.go_on(interval)
        self.tell(f"Worker {rounds.name} stopped.")

    def tell(self, line: str) -> None:
        if settings.LOG_FORMAT == "json":  # Whoever reads the log by machine reads all of it.
            logger.info(line)
            return
        self.stdout.write(line)
        self.stdout.flush()
