from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from greensheets_site.accounts import second_step
from web import trail
from web.models import Happening


class Command(BaseCommand):
    help = "Switch off somebody's two-step log-in, when telephone and recovery codes are lost and no other owner can do it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is nobody here called {username}.")
        done = second_step.switch_off(user)
        if done:
            trail.record(Happening.STEP_OFF, about=user, said="By the operator")
        self.stdout.write(f"Switched off for {username}." if done else f"It was not on for {username}.")
