"""A setting comes from the flag, else the environment, else the user's file, else the machine's file, else its default.

The files are TOML. On Linux and other Unixes the XDG folders are worked out here, because importing platformdirs costs
20 ms on every run; macOS and Windows ask platformdirs. `tomllib` is imported only where a file exists, `tomlkit`
only to write.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from owncase.errors import Misconfigured, UsageProblem


class Key(NamedTuple):
    """A setting that exists: what it is without being set, and what it means."""

    default: str
    meaning: str


KEYS: dict[str, Key] = {
    "store": Key("", "path or ssh:// address of the store; empty is the platform's data folder"),
    "as": Key("", "handle of the person you act for; empty is the person with your login"),
    "limit": Key("50", "how many rows a terminal is shown; 0 is all"),
    "pager": Key("", "program that shows long answers on a terminal; empty is $PAGER, else less"),
    "color": Key("auto", "auto, always or never"),
    "mail-from": Key("", "address that letters come from where their sender has none"),
    "smtp-host": Key("", "mail server that sends letters; empty sends none"),
    "smtp-port": Key("", "its port; empty is 587 with starttls, 465 with tls, 25 with none"),
    "smtp-security": Key("starttls", "starttls, tls or none"),
    "smtp-user": Key("", "user at the mail server; empty logs in as nobody"),
    "smtp-password-file": Key("", "file with the password and nothing else, 0600 and yours"),
    "smtp-password-command": Key("", "command that prints the password, run without a shell"),
    "smtp-keyring": Key("", "service under which the keyring of your desktop has the password"),
    "smtp-ca-file": Key("", "certificates to trust in place of the system's"),
    "smtp-timeout": Key("20", "seconds to wait for each answer of the mail server"),
    "remote-command": Key("owncase", "how owncase is called on the machine of an ssh:// store"),
}

STORE_KEYS: dict[str, Key] = {
    "require-login": Key("false", "true: nobody acts for a person without a login"),
    "group": Key("", "Unix group whose members share the store; empty is nobody"),
}
"""Choices that hold for everybody who uses a store; they are kept in it, as events."""


class Setting(NamedTuple):
    """The value of a key and where it comes from: flag, environment, the path of a file, or default."""

    key: str
    value: str
    origin: str


class Folders(NamedTuple):
    """Where owncase keeps its files on this machine."""

    config: Path
    system_config: Path
    data: Path
    state: Path


class Settings:
    """All settings of one run, read from the given environment and the files it points to."""

    def __init__(self, environ: Mapping[str, str], home: Path | None) -> None:
        self.environ = environ
        self.folders = _folders(environ, home)
        self._read: dict[Path, tuple[tuple[int, int] | None, dict[str, str]]] = {}

    @property
    def config_path(self) -> Path:
        """The user's configuration file, whether it exists or not."""
        return self.folders.config / "config.toml"

    @property
    def heads_dir(self) -> Path:
        """Where this machine remembers how far each store had come."""
        return self.folders.state / "heads"

    def lines_of(self, store: str) -> Path:
        """Where this machine keeps the lines that were typed in the shell for the store with this identity."""
        return self.folders.state / "lines" / "".join(character for character in store if character.isalnum())

    @property
    def default_store(self) -> Path:
        """Where the store is when nobody says so."""
        return self.folders.data / "owncase.db"

    def find(self, key: str, flag: str | None = None) -> Setting:
        """The value that counts. Raises UsageProblem for an unknown key, Misconfigured for an unreadable file."""
        known = _known(key)
        if flag is not None:
            return Setting(key, flag, "flag")
        variable = f"OWNCASE_{key.upper().replace('-', '_')}"
        if self.environ.get(variable):
            return Setting(key, self.environ[variable], variable)
        for path in (self.config_path, self.folders.system_config / "config.toml"):
            values = self._values(path)
            if key in values:
                return Setting(key, values[key], str(path))
        return Setting(key, known.default, "default")

    def value(self, key: str) -> str:
        """The value that counts. Raises as `find`."""
        return self.find(key).value

    def _values(self, path: Path) -> dict[str, str]:
        """What a file says, read again where it changed."""
        known, state = self._read.get(path), _state_of(path)
        if known is None or known[0] != state:
            known = self._read[path] = (state, _read(path) if state else {})
        return known[1]

    def store_path(self, flag: str | None = None) -> Path:
        """Where the store is. It need not exist yet."""
        place = self.find("store", flag)
        if flag is not None and not flag:
            raise UsageProblem("--store needs a path", fix="owncase --store PATH …")
        if "://" in place.value:
            raise Misconfigured(
                f"{place.value}: no store can be opened there from here",
                fix="give a path, or ssh://HOST/PATH, to --store",
            )
        if not place.value:
            return self.default_store
        return Path(place.value).expanduser() if place.value.startswith("~") else Path(place.value)

    def set(self, key: str, value: str) -> Path:
        """Write a key into the user's file, keeping its comments and order. Returns the file's path."""
        import tomlkit  # only writing needs it

        _known(key)
        path = self.config_path
        self._values(path)  # a damaged file is not overwritten
        document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
        document[key] = value
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(".toml.new")
        draft.write_text(tomlkit.dumps(document), "utf-8")
        draft.replace(path)
        return path


def _known(key: str) -> Key:
    if key in KEYS:
        return KEYS[key]
    import difflib  # only a mistake needs it

    every = [*KEYS, *STORE_KEYS]
    near = difflib.get_close_matches(key, every, n=1)
    fix = f"did you mean {near[0]}?" if near else f"one of: {', '.join(every)}"
    raise UsageProblem(f"there is no setting called {key}", fix=fix)


def _state_of(path: Path) -> tuple[int, int] | None:
    """What changes whenever a file is written, or None where there is no file."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return (facts.st_ino, facts.st_mtime_ns)


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    import tomllib  # 15 ms, and most people have no file

    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Misconfigured(f"{path} cannot be read: {error}", fix=f"mend or remove {path}") from error
    return {key: _plain(path, key, value) for key, value in values.items()}


def _plain(path: Path, key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    raise Misconfigured(f"{path}: {key} must be text or a whole number", fix=f"mend {path}")


def _folders(environ: Mapping[str, str], home: Path | None) -> Folders:
    if sys.platform in {"win32", "darwin"}:
        return _platform_folders()
    system = Path(environ.get("XDG_CONFIG_DIRS", "").split(":")[0] or "/etc/xdg") / "owncase"
    return Folders(
        config=_xdg(environ, home, "XDG_CONFIG_HOME", ".config"),
        system_config=system,
        data=_xdg(environ, home, "XDG_DATA_HOME", ".local/share"),
        state=_xdg(environ, home, "XDG_STATE_HOME", ".local/state"),
    )


def _xdg(environ: Mapping[str, str], home: Path | None, variable: str, below_home: str) -> Path:
    given = environ.get(variable, "")
    if given.startswith("/"):  # the standard says that relative paths are to be ignored
        return Path(given) / "owncase"
    if home is None:
        raise Misconfigured("there is no home directory", fix=f"set HOME or {variable} to an absolute path")
    return home / below_home / "owncase"


def _platform_folders() -> Folders:
    import platformdirs  # 20 ms

    dirs = platformdirs.PlatformDirs("owncase", appauthor=False)
    return Folders(dirs.user_config_path, dirs.site_config_path, dirs.user_data_path, dirs.user_state_path)
