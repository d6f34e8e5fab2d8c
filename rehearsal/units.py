"""What a systemd unit says about its processes, for starting them where systemd does not run. Standard library only."""

import pwd
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any


@dataclass
class Unit:
    """Each setting with all its values, in order; an empty value takes back those before it, as systemd has it."""

    name: str
    values: dict[str, list[str]] = field(default_factory=dict)

    def all(self, key: str) -> list[str]:
        return self.values.get(key, [])

    def one(self, key: str, default: str = "") -> str:
        return (self.all(key) or [default])[-1]

    def command(self, key: str = "ExecStart") -> list[str]:
        """The last one named. A sign before the program steers systemd only."""
        program, *arguments = shlex.split(self.one(key)) or [""]
        return [program.lstrip("-+!:@"), *arguments] if program else []

    def environment(self, runner: Path) -> dict[str, str]:
        """``runner`` is deploy/greensheets, whose reading of a file of settings is the one that operators rely on."""
        found = dict(pair.partition("=")[::2] for line in self.all("Environment") for pair in shlex.split(line))
        for name in self.all("EnvironmentFile"):
            found |= settings_reader(runner)(Path(name.lstrip("-")).read_text())
        return found

    def identity(self) -> dict[str, Any]:
        """As subprocess takes it; nothing for a unit without ``User``."""
        if not (name := self.one("User")):
            return {}
        user = pwd.getpwnam(name)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "umask": int(self.one("UMask", "0022"), 8)}


def settings_reader(runner: Path) -> Callable[[str], dict[str, str]]:
    loader = SourceFileLoader("greensheets_runner", str(runner))
    module = ModuleType(loader.name)
    loader.exec_module(module)
    read_settings: Callable[[str], dict[str, str]] = module.settings
    return read_settings


def read(path: Path, instance: str = "") -> Unit:
    unit = Unit(path.name.replace("@.", f"@{instance}."))
    for line in path.read_text().replace("\\\n", " ").splitlines():
        key, equals, value = line.strip().partition("=")
        if not equals or key.startswith(("#", ";")):
            continue
        value = value.strip().replace("%i", instance).replace("%I", instance)
        unit.values[key.strip()] = [*unit.all(key.strip()), value] if value else []
    return unit
