import signal
import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from greensheets_site.duties import DUTIES
from greensheets_site.rounds import Rounds


class Command(BaseCommand):
    help = "Plan editions, build PDFs, publish on Mondays, send the email, tidy up. Safe to stop, kill and start at any moment."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="One round, then stop; for cron. Exits 1 if anything failed.")
        parser.add_argument("--interval", type=float, default=10, help="Seconds to wait between two rounds (default 10).")
        parser.add_argument(
            "--name", default="", help="What it is called; two on one machine need two names (default: its host)."
        )

    def handle(self, *args, once, interval, name, **options):
        rounds = Rounds(DUTIES, say=self.tell, name=name)
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
        self.stdout.write(line)
        self.stdout.flush()
