"""The doctor's ways to say what it found, and several findings of one thing as one."""

from ..watching.findings import Finding, State

# From best to worst; the place in it is the exit status of ``manage.py doctor``.
ORDER = (State.GOOD, State.LOOK, State.BAD)


def fine(sentence: str) -> Finding:
    return Finding(State.GOOD, sentence)


def doubtful(sentence: str, advice: str) -> Finding:
    return Finding(State.LOOK, sentence, advice=advice)


def wrong(sentence: str, advice: str) -> Finding:
    return Finding(State.BAD, sentence, advice=advice)


def worst(states: list[State]) -> State:
    return max(states, key=ORDER.index, default=State.GOOD)


def together(found: list[Finding], otherwise: Finding) -> Finding:
    """One finding of several: as bad as the worst, and only what is as bad as that or nearly; ``otherwise`` when all is well."""
    wrong = sorted((one for one in found if one.state != State.GOOD), key=lambda one: -ORDER.index(one.state))
    if not wrong:
        return otherwise
    advice = dict.fromkeys(one.advice for one in wrong)
    return Finding(wrong[0].state, " ".join(one.sentence for one in wrong), advice=" ".join(advice))
