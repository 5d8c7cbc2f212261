"""Sets up `.venv` beside `pyproject.toml` and runs one command in it.

    python3 -m bot.install sandbox     the assistant in a browser, without Telegram
    python3 -m bot.install test        the tests; further arguments go to pytest
    python3 -m bot.install COMMAND …   any other command of erasmus-bot

Needs Python 3.11 and its standard library only. Debian ships Python without pip and without
`ensurepip`; there pip is taken out of the distribution's own package, which needs no root and
leaves the system as it is.
"""

# This module is read before anything is installed, perhaps by a Python that is too old:
# it keeps to syntax that Python 3.7 understands, so that the person sees a reason.
from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
PYPROJECT = ROOT / "pyproject.toml"
OLDEST = (3, 11)
HOW_TO = __doc__.split("\n\n")[1] if __doc__ else ""
VERSION = sys.version.split()[0]
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def main(arguments: Sequence[str] | None = None) -> int:
    """Set up what is missing, then become the command; returns only where exec is not to be had."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if sys.version_info < OLDEST:
        sys.exit(f"Python 3.11 or newer is needed; {sys.executable} is {VERSION}.")
    if not words or words[0] in {"-h", "--help"}:
        sys.exit(f"Usage, from the directory of pyproject.toml:\n\n{HOW_TO}")
    command: list[str | Path] = [SCRIPTS / "erasmus-bot", *words]
    extra = ""
    if words[0] == "test":
        command, extra = [PYTHON, "-m", "pytest", *words[1:]], "test"
    try:
        with only_one_at_a_time():
            set_up(extra)
    except KeyboardInterrupt:
        sys.exit("Stopped. The same line goes on from here.")
    except (OSError, subprocess.SubprocessError) as problem:
        sys.exit(f"Cannot set up {VENV}: {problem}")
    return become(command)


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Hold a second start back until the first has set up; the lock ends with the process."""
    with PYPROJECT.open("rb") as file:
        with contextlib.suppress(ImportError):  # Windows has no fcntl
            import fcntl  # noqa: PLC0415

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def set_up(extra: str) -> None:
    """Make `.venv` and install the project into it, unless this pyproject.toml had both."""
    stamps = [VENV / f"set-up-{name}" for name in ("run", extra) if name]
    wanted, whole = fingerprint(), works()
    if whole and all(stamp.is_file() and stamp.read_text() == wanted for stamp in stamps):
        return
    if not whole:
        say(f"Making .venv with Python {VERSION}")
        make()
    say("Installing the assistant and its libraries, about a minute the first time")
    project = f"{ROOT}[{extra}]" if extra else str(ROOT)
    run_pip([PYTHON, "-m", "pip"], "install", "--editable", project)
    for stamp in stamps:
        stamp.write_text(wanted)


def fingerprint() -> str:
    """Tell one set-up from another: what is required, and the place an editable install names."""
    return hashlib.sha256(PYPROJECT.read_bytes() + bytes(ROOT)).hexdigest()


def works() -> bool:
    """Tell whether `.venv` is whole: it may be half made, or its Python removed since."""
    check = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    return PYTHON.exists() and not subprocess.call([PYTHON, "-c", check], stderr=subprocess.DEVNULL)


def make() -> None:
    """Make `.venv` anew, with pip in it."""
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    venv.create(VENV, clear=True, symlinks=os.name != "nt", with_pip=has_ensurepip)
    if has_ensurepip:
        return
    if importlib.util.find_spec("pip"):
        run_pip([sys.executable, "-m", "pip", "--python", PYTHON], "install", "pip")
        return
    wheel = distribution_wheel(Path("/usr/share/python-wheels")) or downloaded_wheel()
    if not wheel:
        package = "python{}.{}-venv".format(*sys.version_info)
        sys.exit(
            f"This Python comes without pip. Type once:\n\n    sudo apt-get install {package}\n"
        )
    run_pip([PYTHON, wheel / "pip"], "install", "--no-index", str(wheel))
    shutil.rmtree(VENV / "packages", ignore_errors=True)


def distribution_wheel(directory: Path) -> Path | None:
    """Return pip's own wheel as Debian and Ubuntu package it for `ensurepip`."""
    return max(directory.glob("pip-*.whl"), default=None)


def downloaded_wheel() -> Path | None:
    """Take pip's wheel out of Debian's package, with lists of our own: any user may do that."""
    say("Fetching pip from the distribution's packages")
    place = VENV / "packages"
    lists, cache = place / "lists", place / "cache"
    for directory in (lists / "partial", cache / "archives" / "partial"):
        directory.mkdir(parents=True)
    ours = (f"Dir::State::Lists={lists}", f"Dir::Cache={cache}", "APT::Sandbox::User=root")
    apt = ["apt-get", "-qq", *(f"-o={option}" for option in ours)]
    try:
        subprocess.run([*apt, "update"], cwd=place, check=True)
        wanted = ("python3-pip-whl", "ca-certificates")
        subprocess.run([*apt, "download", *wanted], cwd=place, check=True)
        for package in place.glob("*.deb"):
            subprocess.run(["dpkg-deb", "--extract", package, place], check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    trust(place / "usr/share/ca-certificates/mozilla", Path("/usr/local/share/ca-certificates"))
    return distribution_wheel(place / "usr/share/python-wheels")


def trust(*directories: Path) -> None:
    """Give pip the distribution's certificates where the system has none installed."""
    if not SYSTEM_CERTIFICATES.exists():
        bundle = VENV / "certificates.pem"
        found = [file.read_text("ascii") for place in directories for file in place.glob("*.crt")]
        bundle.write_text("\n".join(found), encoding="ascii")


def run_pip(pip: Sequence[str | Path], *arguments: str) -> None:
    """Run one pip; its own words say what went wrong."""
    ours = VENV / "certificates.pem"
    trusted = {"REQUESTS_CA_BUNDLE": str(ours)} if ours.exists() else {}
    command = [*pip, "--disable-pip-version-check", "--quiet", *arguments]
    if subprocess.call(command, env={**trusted, **os.environ}):
        sys.exit("pip could not finish. The same line tries again.")


def become(command: Sequence[str | Path]) -> int:
    """Replace this process, so that signals and the exit status are the command's own."""
    if os.name != "nt":
        os.execv(command[0], [str(word) for word in command])
    return subprocess.call(command)


def say(line: str) -> None:
    """Report progress beside, not within, what the command prints."""
    print(f"[set-up] {line} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
