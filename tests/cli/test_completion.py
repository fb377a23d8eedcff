"""Completion, asked for with the tab key in a real shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.workspace.folder import Workspace

from .conftest import Cli
from .test_process import HEAVY

pexpect = pytest.importorskip("pexpect")
terminals = pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")

SHELLS = {
    "bash": ("--norc", "--noprofile", "-i"),
    "zsh": ("--no-rcs", "-i"),
    "fish": ("--no-config", "-i"),
}
SET_UP = {
    "bash": "source {script}",
    "zsh": "autoload -U compinit; compinit -u -D; source {script}",
    "fish": "source {script}",
}
KILL_LINE = "\x15"


def variables(environment: dict[str, str], *folders: Path) -> dict[str, str]:
    path = os.pathsep.join([*map(str, folders), os.environ["PATH"]])
    return {**os.environ, **environment, "PATH": path}


@pytest.fixture(params=SHELLS)
def shell(
    request: pytest.FixtureRequest,
    workspace: Workspace,
    environment: dict[str, str],
    tmp_path: Path,
) -> Iterator[pexpect.spawn]:
    """A shell in the workspace, set up with the script that the command prints for it."""
    name = request.param
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    (command := tmp_path / "workbench").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -P -m workbench "$@"\n'
    )
    command.chmod(0o755)
    env = variables(environment, tmp_path) | {"TERM": "xterm", "HOME": str(tmp_path)}
    script = tmp_path / "script"
    with script.open("w") as file:
        subprocess.run([command, "completion", name], env=env, stdout=file, check=True)
    begun = pexpect.spawn(
        *(name, list(SHELLS[name])),
        cwd=str(workspace.root),
        env=env,
        encoding="utf-8",
        timeout=60,
        dimensions=(40, 150),
    )
    begun.sendline(f"{SET_UP[name].format(script=script)}; echo set'' up")
    begun.expect_exact("set up")
    yield begun
    begun.close(force=True)


@terminals
def test_does_the_tab_key_complete(shell: pexpect.spawn) -> None:
    for typed, rest in [
        ("workbench ch", "eck "),
        ("workbench check d", "ouble "),
        ("workbench solution gr", "eet "),
        ("workbench check --iso", "lation "),
        ("workbench check double --isolation s", "andbox "),
        ("workbench test-out 02", "_naming "),
        ("workbench author calibrate d", "ouble "),
        ("workbench completion f", "ish "),
    ]:
        shell.send(f"{typed}\t")
        shell.expect_exact(typed)
        shell.expect_exact(rest)
        shell.send(KILL_LINE)


def ask(environment: dict[str, str], words: str, *options: str) -> subprocess.CompletedProcess[str]:
    asked = {
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
        "_WORKBENCH_COMPLETE": "bash_complete",
    }
    return subprocess.run(
        [sys.executable, *options, "-P", "-m", "workbench"],
        env=variables(environment) | asked,
        capture_output=True,
        text=True,
    )


def test_is_an_answer_light(environment: dict[str, str]) -> None:
    done = ask(environment, "workbench hint ", "-X", "importtime")
    assert done.stdout.split() == ["plain,double", "plain,greet"]
    imported = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.split("\n")
    }
    assert imported & {*HEAVY, "rich"} == set()


def test_is_a_broken_course_no_noise_at_the_prompt(
    environment: dict[str, str], tmp_path: Path
) -> None:
    nowhere = {**environment, "WORKBENCH_COURSE": str(tmp_path / "nowhere")}
    for words in ("workbench check ", "workbench test-out "):
        done = ask(nowhere, words)
        assert (done.stdout.strip(), done.stderr) == ("", "")


@pytest.mark.parametrize(
    ("used", "told"),
    [
        ("/bin/zsh", ["workbench completion zsh >> ~/.zshrc"]),
        ("/usr/local/bin/fish", ["workbench completion fish > "]),
        ("/bin/tcsh", ["completion bash", "completion zsh", "completion fish"]),
        ("", ["completion bash", "completion zsh", "completion fish"]),
    ],
)
def test_is_it_said_how_it_is_set_up(
    nowhere: Cli, monkeypatch: pytest.MonkeyPatch, used: str, told: list[str]
) -> None:
    monkeypatch.setenv("SHELL", used)
    done = nowhere("completion")
    assert done.exit_code == 0
    assert all(line in done.stdout for line in told)
    assert done.stdout.count("workbench completion") == len(told)


def test_is_another_shell_a_sentence(nowhere: Cli) -> None:
    done = nowhere("completion", "tcsh")
    assert done.exit_code == 2
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in done.stderr
