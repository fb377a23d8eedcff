"""Try your suite on the weeks of the sample, and on batches that you break yourself.

Run it in this folder: python try_suite.py
"""

import os

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # before the import, which begins the telemetry

import great_expectations as gx
import pandas as pd
from suite import build_suite

WEEK = pd.Timedelta(days=7)


def broken(week: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Batches that a good suite refuses. Add your own."""
    return {
        "dest is lost": week.drop(columns="dest"),
        "one carrier is missing": week.assign(carrier=week["carrier"].mask(week.index == 7)),
    }


def main() -> None:
    """Show what the suite says of each batch."""
    flights = pd.read_parquet("flights.parquet")
    for first in pd.date_range("2013-01-01", flights["date"].max(), freq=WEEK):
        inside = (flights["date"] >= first) & (flights["date"] < first + WEEK)
        week = flights[inside].reset_index(drop=True)
        show(f"The week from {first.date()}", week, first)
    for story, batch in broken(week).items():
        show(f"The last one, but {story}", batch, first)


def show(story: str, batch: pd.DataFrame, first: pd.Timestamp) -> None:
    """Print what a batch does not meet, and a few values that were seen."""
    unmet = [r for r in validate(batch, build_suite(first.date())).results if not r.success]
    print(f"{story}: {'REFUSED' if unmet else 'accepted'}")
    for result in unmet:
        config = result.expectation_config
        about = config.kwargs.get("column") or config.kwargs.get("column_list", "")
        print(f"    {config.type}({about}) saw {seen(result)}")


def seen(result) -> object:
    """Take the error from a result, or a few of the values that were not expected."""
    info, found = result.exception_info, result.result or {}
    nested = [value["exception_message"] for value in info.values() if isinstance(value, dict)]
    values = found.get("partial_unexpected_list", [])[:5] or found.get("observed_value")
    return info.get("exception_message") or next(iter(nested), values)


def validate(batch: pd.DataFrame, suite: gx.ExpectationSuite):
    """Validate a frame as Great Expectations 1.x does: context, source, asset, batch."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("flights").add_dataframe_asset("weekly")
    definition = asset.add_batch_definition_whole_dataframe("whole")
    return definition.get_batch({"dataframe": batch}).validate(suite)


if __name__ == "__main__":
    main()
