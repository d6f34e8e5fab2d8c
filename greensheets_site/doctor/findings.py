"""What one look at one thing found: good, to be looked at or bad, with what to do."""

from dataclasses import dataclass

from ..watching.findings import State

# From best to worst; the place in it is the exit status of ``manage.py doctor``.
ORDER = (State.GOOD, State.LOOK, State.BAD)


@dataclass(frozen=True)
class Found:
    """One sentence about what is, one about what to do; several for one thing where several things are wrong with it."""

    state: State
    says: str
    advice: str = ""


def fine(says: str) -> Found:
    return Found(State.GOOD, says)


def doubtful(says: str, advice: str) -> Found:
    return Found(State.LOOK, says, advice)


def wrong(says: str, advice: str) -> Found:
    return Found(State.BAD, says, advice)


def worst(states: list[State]) -> State:
    return max(states, key=ORDER.index, default=State.GOOD)


def together(found: list[Found], otherwise: Found) -> Found:
    """One finding of several: as bad as the worst, and only what is as bad as that or nearly; ``otherwise`` when all is well."""
    wrong = sorted((one for one in found if one.state != State.GOOD), key=lambda one: -ORDER.index(one.state))
    if not wrong:
        return otherwise
    advice = dict.fromkeys(one.advice for one in wrong)
    return Found(wrong[0].state, " ".join(one.says for one in wrong), " ".join(advice))
