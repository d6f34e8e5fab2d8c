"""Killing workers at random while they send, and counting what came of it."""

import random
import time
from collections import Counter
from dataclasses import dataclass

from mailing.models import Delivery

from .nursery import Nursery
from .sink import Sink, Taken

GIVE_UP_AFTER = 300


@dataclass(frozen=True)
class Outcome:
    """What came of a mailout whose workers were killed."""

    kills: int
    lost: int
    doubled: int
    held: int
    message_ids_differ: int


def rage(nursery: Nursery, processes: int, kills: int, sink: Sink, chance: random.Random) -> int:
    """Kill one worker after another at random moments for as long as something waits; returns how many were killed at work.

    Three in four die in the middle of handing over, the others at any moment of their life.
    """
    done = 0
    deadline = time.monotonic() + GIVE_UP_AFTER
    while is_unfinished():
        while len(nursery.alive) < processes:
            nursery.start()
        if done == kills:
            time.sleep(0.1)
        else:
            before, patient = len(sink.taken), chance.random() < 0.75
            time.sleep(chance.uniform(0.03, 0.3))
            while patient and len(sink.taken) == before and is_unfinished():
                time.sleep(0.01)
            if is_unfinished():
                nursery.kill(chance.choice(nursery.alive))
                done += 1
        if time.monotonic() > deadline:
            raise TimeoutError("The mailout was not finished in time.")
    return done


def is_unfinished() -> bool:
    return Delivery.objects.filter(state__in=["queued", "sending"]).exists()


def outcome(kills: int, readers: list[str], taken: list[Taken], held: set[str]) -> Outcome:
    """``held`` are the readers of whom staff are told that it is not known whether their email went."""
    per_reader = Counter(message.to[0] for message in taken)
    ids = {(message.to[0], message.message_id) for message in taken}
    return Outcome(
        kills=kills,
        lost=len(set(readers) - per_reader.keys() - held),
        doubled=sum(per_reader.values()) - len(per_reader),
        held=len(held),
        message_ids_differ=len(ids) - len(per_reader),
    )
