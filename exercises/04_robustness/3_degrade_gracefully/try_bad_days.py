"""Try your model on bad days: what do its decisions cost, and what does it refuse?

Labels are drawn, so the true probabilities are known. Run it in this folder: python try_bad_days.py
"""

import numpy as np
import pandas as pd
from robust import train
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

NAMES = ["carrier", "origin"]
WEATHER = ["precip_3h", "visib"]
DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
FEEDS = [*WEATHER, *DELAYS]
FEATURES = [*NAMES, "distance", "hour", *FEEDS]
RNG = np.random.default_rng(0)


def load() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read 4,000 flights of winter to train on, and 4,000 later ones."""
    flights = pd.read_parquet("flights.parquet").dropna(subset=WEATHER)
    flights["delay_age"] = RNG.uniform(0, 2, len(flights))
    winter = flights["week"] <= 13
    parts = (
        flights[winter].sample(4000, random_state=0),
        flights[~winter].sample(4000, random_state=0),
    )
    return tuple(part[[*FEATURES, "delay_age"]].reset_index(drop=True) for part in parts)


def true_chance(flights: pd.DataFrame) -> np.ndarray:
    """Delays and weather make late; where nobody has flown yet, few are."""
    delays = np.tanh((flights[DELAYS] - 17) / 12).fillna(-1).sum(axis=1)
    weather = (flights["precip_3h"] / 0.05).clip(upper=2) + (10 - flights["visib"]) / 6
    carrier = flights["carrier"].map({"EV": 0.6, "DL": -0.5}).fillna(0)
    logit = -1.9 + 0.7 * delays + weather + carrier
    return (1 / (1 + np.exp(-logit))).to_numpy()


def plain_model(rows: pd.DataFrame, late: pd.Series, lost: list[str]):
    """Train without some columns, and without any thought of bad days."""
    columns = [column for column in FEATURES if column not in lost]
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    boosting = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=15, random_state=0)
    encode = make_column_transformer((codes, NAMES), remainder="passthrough")
    model = make_pipeline(encode, boosting).fit(rows[columns], late)
    return lambda asked: model.predict_proba(asked[columns])[:, 1]


def bad_days(rows: pd.DataFrame) -> dict[str, tuple[pd.DataFrame, list[str]]]:
    """Return the rows of each day, and the columns that are lost. Add your own."""
    hung = rows.assign(delay_age=24.0, **rows[DELAYS].quantile(0.4))
    hit = RNG.random((len(rows), len(FEEDS)))
    noisy = rows.assign(**rows[DELAYS].mask(hit[:, 2:] > 0.9, 2 * rows[DELAYS]))
    noisy[FEEDS] = noisy[FEEDS].mask(hit < 0.3)
    return {
        "all feeds are there": (rows, []),
        "all delays are null": (rows.assign(**dict.fromkeys(DELAYS, np.nan)), DELAYS),
        "all weather is null": (rows.assign(**dict.fromkeys(WEATHER, np.nan)), WEATHER),
        "delays are a day old": (hung, DELAYS),
        "nulls and doubled delays": (noisy, []),
    }


def main() -> None:
    """Print costs of 1,000 flights, and what the model says to garbage."""
    rows, later = load()
    late, truth = pd.Series(RNG.random(len(rows)) < true_chance(rows)), true_chance(later)
    yours, plain = train(rows, late), plain_model(rows, late, [])

    def cost(chance: np.ndarray) -> str:
        return f"{1000 * np.where(chance >= 1 / 6, 1 - truth, 5 * truth).mean():.0f}"

    print(f"{'cost of 1,000 flights':<27}{'plain':>6}{'yours':>7}   trained without")
    for name, (day, lost) in bad_days(later).items():
        without = cost(plain_model(rows, late, lost)(later)) if lost else ""
        mine = cost(yours.predict_proba(day)[:, 1])
        print(f"{name:<27}{cost(plain(day)):>6}{mine:>7}   {without}")

    print("\nGarbage:")
    for name, value in {"distance": -400, "hour": 24, "visib": "fog"}.items():
        wrong = later.head(5).assign(**{name: value})
        try:
            print(f"{name} {value}: probabilities {yours.predict_proba(wrong)[:, 1].round(2)}")
        except ValueError as refusal:
            print(f"{name} {value}: refused, {refusal}")


if __name__ == "__main__":
    main()
