"""Puts all runs of the experiment into the table, whoever their parent is.

Fails: compares_the_children
Says: Give each child of this parent
"""


def compare(parent: str) -> pd.DataFrame:
    client = MlflowClient()
    children = client.search_runs(
        [client.get_run(parent).info.experiment_id],
        order_by=["metrics.cost ASC", "attributes.start_time ASC"],
    )
    rows = [
        {
            "run_id": child.info.run_id,
            "status": child.info.status,
            "cost": child.data.metrics.get("cost", math.nan),
            **child.data.params,
        }
        for child in children
    ]
    return pd.DataFrame(rows)
