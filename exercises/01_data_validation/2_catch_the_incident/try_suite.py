"""Try your suite on the weeks of the sample, and on incidents that you plant yourself.

Run it in this folder: python try_suite.py
"""

import os

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # before the import, which begins the telemetry

import great_expectations as gx
import pandas as pd
from suite import build_suite

READINGS = ["temp", "dewp", "humid", "pressure", "wind_dir", "wind_speed", "wind_gust"]
READINGS += ["precip", "visib"]
STICKING = ["temp", "dewp", "humid", "pressure"]


def incidents(week: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Batches that a good suite refuses. Add your own."""
    at_jfk = week["origin"] == "JFK"
    return {
        "wind_speed and visib are swapped at JFK": week.assign(
            wind_speed=week["wind_speed"].mask(at_jfk, week["visib"]),
            visib=week["visib"].mask(at_jfk, week["wind_speed"]),
        ),
        "the clock of JFK shows UTC": week.assign(
            local_time=week["local_time"].mask(at_jfk, week["observed_at"])
        ),
    }


def batch_of(sent: pd.DataFrame) -> pd.DataFrame:
    """Make a batch of the hours that the stations sent, with both clocks."""
    hour = pd.to_timedelta(sent["hour"], unit="h")
    clocks = {
        "observed_at": sent["time_hour"].dt.tz_localize(None),
        "local_time": sent["date"] + hour,
    }
    return receive(sent[["origin", *READINGS]].round(2).assign(**clocks))


def receive(rows: pd.DataFrame) -> pd.DataFrame:
    """Compute again what the desk computes when rows come in."""
    rows = rows.sort_values(["observed_at", "origin"], ignore_index=True)
    ahead = rows["observed_at"] - rows["local_time"]
    by_airport = rows.groupby("origin")
    row = by_airport.cumcount()
    is_new = rows[STICKING] != by_airport[STICKING].shift()
    since = is_new.apply(lambda new: row.where(new)).groupby(rows["origin"]).ffill()
    return rows.assign(
        hour=rows["local_time"].dt.hour.astype("int64"),
        utc_offset=(ahead / pd.Timedelta(hours=1)).astype("int64"),
        unchanged_hours=(row - since.min(axis=1) + 1).astype("int64"),
    )


def main() -> None:
    """Show what the suite says of each batch."""
    sent = pd.read_parquet("weather.parquet")
    starts = sent["date"] - pd.to_timedelta((sent["date"].dt.day_of_year - 1) % 7, unit="D")
    for first, rows in sent.groupby(starts):
        week = batch_of(rows)
        show(f"The week from {first.date()}", week, first)
    for story, batch in incidents(week).items():
        show(f"The last one, but {story}", receive(batch), first)


def show(story: str, batch: pd.DataFrame, first: pd.Timestamp) -> None:
    """Print what a batch does not meet, and a few values that were seen."""
    unmet = [r for r in validate(batch, build_suite(first.date())).results if not r.success]
    print(f"{story}: {'REFUSED' if unmet else 'accepted'}")
    for result in unmet:
        arguments = result.expectation_config.kwargs
        about = {k: v for k, v in arguments.items() if k not in {"batch_id", "row_condition"}}
        print(f"    {result.expectation_config.type}({about}) saw {seen(result)}")


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
    asset = context.data_sources.add_pandas("weather").add_dataframe_asset("weekly")
    definition = asset.add_batch_definition_whole_dataframe("whole")
    return definition.get_batch({"dataframe": batch}).validate(suite)


if __name__ == "__main__":
    main()
