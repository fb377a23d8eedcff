"""`workbench page`: pages as files, written in a process of their own."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from workbench.workspace.folder import Workspace

from .conftest import Cli

PASSED, FAILED = "# passed\n", "# failed\n"


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)


def test_does_progress_link_to_pages_that_are_there(
    cli: Cli, write: object, workspace: Workspace
) -> None:
    write(FAILED)
    cli("check", "double")
    done = cli("page")
    page = workspace.home / "pages" / "progress.html"
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"{page}\n", "")
    links = re.findall(r'href="([^"#]+)"', page.read_text(encoding="utf-8"))
    assert len(links) == 1
    assert "Double a number" in (page.parent / links[0]).read_text(encoding="utf-8")
    assert {path.name for path in page.parent.iterdir()} == {"progress.html", *links}


def test_is_a_portfolio_renewed_and_nothing_else_replaced(
    cli: Cli, write: object, workspace: Workspace
) -> None:
    write(PASSED)
    cli("check", "double")
    page = workspace.root / "portfolio.html"
    for name in ("Ada <Lovelace>", "Grace Hopper"):
        done = cli("page", "portfolio", "--name", name)
        assert (done.exit_code, done.stdout, done.stderr) == (0, f"{page}\n", "")
    assert "Grace Hopper" in page.read_text(encoding="utf-8")
    page.write_text("<p>my own</p>")
    done = cli("page", "portfolio")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"{page} is there already, and no page of the workbench.")
    assert page.read_text() == "<p>my own</p>"


@pytest.mark.skipif(sys.platform == "win32", reason="the browser is a script of sh")
def test_is_the_last_attempt_shown(
    cli: Cli, write: object, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f"#!/bin/sh\necho $1 > {opened}\n")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    write(FAILED)
    cli("check", "double")
    write(PASSED)
    cli("check", "double")
    done = cli("page", "doub", "--open")
    page = Path(done.stdout.strip())
    assert page.stem == workspace.ledger.read()[-1].id
    assert "Passed: 3 of 3 points." in page.read_text(encoding="utf-8")
    assert opened.read_text().strip() == page.as_uri()


def test_is_what_was_never_judged_a_sentence(cli: Cli) -> None:
    done = cli("page", "double")
    assert done.exit_code == 1
    assert done.stderr == "double has not been judged yet: `workbench check double` comes first.\n"


def test_is_an_unknown_exercise_a_sentence(cli: Cli) -> None:
    done = cli("page", "progres")
    assert done.exit_code == 2
    assert done.stderr.startswith('There is no exercise "progres".')


def test_does_a_name_go_with_the_portfolio_only(cli: Cli) -> None:
    done = cli("page", "--name", "Ada")
    assert done.exit_code == 2
    assert "--name goes with portfolio." in done.stderr


def test_is_no_browser_a_sentence(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform in ("darwin", "win32"):
        pytest.skip("there is always a screen here")
    monkeypatch.setattr("workbench.reports.pages._have_written", lambda *_: None)
    done = cli("page", "--open")
    assert done.exit_code == 1
    assert done.stdout.endswith("progress.html\n")
    assert done.stderr == "No browser can be opened from here; open the page yourself.\n"


def test_is_a_page_that_cannot_be_written_a_sentence(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.reports.pages.sys.executable", "/bin/false")
    done = cli("page")
    assert done.exit_code == 2
    assert done.stderr.startswith("The page could not be written: it said nothing. `workbench doc")


def test_is_what_the_system_refuses_a_sentence(cli: Cli, workspace: Workspace) -> None:
    (workspace.home / "pages").write_text("in the way")
    done = cli("page")
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(str(workspace.home / "pages"))
    assert "Mend this, then run the command again." in done.stderr
