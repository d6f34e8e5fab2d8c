"""What a reader wants: one or both bulletins, some or all authorities. A pure value, so that equal choices share one email."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Placed(Protocol):
    """Anything that belongs to a staff group and to an authority."""

    @property
    def staff_group(self) -> str: ...

    @property
    def authority_id(self) -> int: ...


@dataclass(frozen=True, order=True)
class Choice:
    """No authority named means all of them, also those that are added later."""

    teaching: bool = True
    support: bool = True
    authorities: tuple[int, ...] = ()

    @classmethod
    def of(cls, teaching: bool, support: bool, authorities: Iterable[int] = ()) -> "Choice":
        return cls(teaching, support, tuple(sorted(set(authorities))))

    @classmethod
    def from_key(cls, key: str) -> "Choice":
        groups, _, numbers = key.partition(":")
        return cls.of("t" in groups, "s" in groups, (int(number) for number in numbers.split(",") if number))

    @property
    def key(self) -> str:
        """How a choice is written down: ``ts:`` is everything, ``s:3,17`` the support posts of two authorities."""
        groups = "t" * self.teaching + "s" * self.support
        return f"{groups}:{','.join(map(str, self.authorities))}"

    @property
    def groups(self) -> tuple[str, ...]:
        return ("teaching",) * self.teaching + ("support",) * self.support

    def covers(self, post: Placed) -> bool:
        return post.staff_group in self.groups and (not self.authorities or post.authority_id in self.authorities)
