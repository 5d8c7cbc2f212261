"""Setting up: at once where nothing is to do, and with a reason where it cannot be done."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOM = Path(__file__).parent.parent / "bot"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that was set up before, with a command that reports how it was called."""
    (tmp_path / "bot").mkdir()
    for name in ("__init__.py", "install.py"):
        shutil.copy(ROOM / name, tmp_path / "bot")
    requirements = tmp_path / "pyproject.toml"
    requirements.write_text("[project]\n")
    venv.create(tmp_path / ".venv", symlinks=True)
    site = next(tmp_path.glob(".venv/lib/python*/site-packages"))
    (site / "pip.py").write_text("if __name__ == '__main__': raise SystemExit('offline')\n")
    command = tmp_path / ".venv" / "bin" / "erasmus-bot"
    command.write_text('#!/bin/sh\necho "called with $*"\nexit 7\n')
    command.chmod(0o755)
    done = hashlib.sha256(requirements.read_bytes() + bytes(tmp_path)).hexdigest()
    (tmp_path / ".venv" / "set-up-run").write_text(done)
    return tmp_path


def install(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the module as the README says, where no package can be fetched."""
    offline = {"PATH": "", "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    command = [sys.executable, "-m", "bot.install", *words]
    return subprocess.run(
        command, cwd=project, env=offline, capture_output=True, text=True, check=False
    )


def test_a_project_that_is_set_up_starts_its_command_at_once(project: Path) -> None:
    done = install(project, "sandbox", "--port", "8080")

    assert done.stdout == "called with sandbox --port 8080\n"
    assert done.returncode == 7
    assert done.stderr == ""


def test_other_requirements_are_installed_before_anything_starts(project: Path) -> None:
    (project / "pyproject.toml").write_text("[project]\ndependencies = []\n")

    done = install(project, "sandbox")

    assert "Installing" in done.stderr
    assert done.stdout == ""


def test_a_failed_installation_is_tried_again(project: Path) -> None:
    (project / ".venv" / "set-up-run").unlink()

    assert install(project, "sandbox").returncode != 0
    assert "Installing" in install(project, "sandbox").stderr


def test_a_half_made_environment_is_made_anew(project: Path) -> None:
    shutil.rmtree(project / ".venv" / "lib")

    assert "Making .venv" in install(project, "sandbox").stderr


def test_without_a_command_the_usage_is_told(project: Path) -> None:
    assert "python3 -m bot.install sandbox" in install(project).stderr
