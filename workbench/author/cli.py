"""`workbench author`: one subcommand, one short function. Heavy imports stay inside them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from workbench.cli.faults import PlainSpoken
from workbench.cli.front import exercise_argument, json_option
from workbench.paths import chosen_course

if TYPE_CHECKING:
    from workbench.author.calibrate import Calibration
    from workbench.course import Exercise


@click.group("author", cls=PlainSpoken)
def app() -> None:
    """Write exercises: lay out, lint, calibrate.

    The course is the one in the folder that WORKBENCH_COURSE names, else the workbench's own.
    """


@app.command()
@click.argument("path", metavar="STAGE/ID")
def new(path: str) -> None:
    """Lay out an exercise that runs, to be made into yours."""
    from workbench.author.new import lay_out

    place = lay_out(chosen_course(), path)
    click.echo(f"{place.folder}\n{place.solution}")
    click.echo(f"Next: `workbench author lint {place.id}` lists what is to be filled in.")


@app.command()
@exercise_argument
@json_option
def lint(name: str | None, as_json: bool) -> None:
    """Look for what is missing or unsound, without running anything.

    Exit status: 0 nothing, 1 findings.
    """
    from workbench.author.lint import lint as look

    root = chosen_course()
    found = look(root, name)
    if as_json:
        findings = [finding.document(root) for finding in found]
        click.echo(json.dumps({"schema_version": 1, "findings": findings}))
    else:
        for finding in found:
            click.echo(finding.tell(root))
        click.echo(f"{len(found)} findings." if found else "Nothing to mend.", err=True)
    raise click.exceptions.Exit(int(bool(found)))


@app.command()
@exercise_argument
@click.option("--seeds", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--only", metavar="WORDS", default="", help="Only ways like 'mistake per_cent'.")
@json_option
def calibrate(name: str | None, seeds: int, only: str, as_json: bool) -> None:
    """Judge reference, alternatives, mistakes and constants over many seeds.

    Exit status: 0 all get what they must, 1 warnings, 2 a check that is at fault itself.
    """
    from workbench.author.places import choose_places

    exercises = [place.load() for place in choose_places(chosen_course(), name)]
    done = [_calibrate(exercise, seeds, only, as_json) for exercise in exercises]
    if as_json:
        documents = [found.document() for found in done]
        click.echo(json.dumps({"schema_version": 1, "exercises": documents}))
    raise click.exceptions.Exit(int(any(found.warnings for found in done)))


def _calibrate(exercise: Exercise, seeds: int, only: str, quiet: bool) -> Calibration:
    from workbench.author.calibrate import calibrate as measure
    from workbench.author.calibrate import calibrated
    from workbench.author.screens import show_calibration
    from workbench.reports.terminal import console

    total = seeds * len(calibrated(exercise, only))
    with click.progressbar(length=total, label=exercise.id, file=sys.stderr) as bar:
        found = measure(exercise, seeds, only, lambda: bar.update(1))
    if not quiet:
        show_calibration(found, console())
    return found
