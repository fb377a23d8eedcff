"""Looks for the children among the newest 1,000 runs of the experiment.

Fails: compares_the_children
Says: Give each child of this parent
"""


def compare(parent: str) -> pd.DataFrame:
    client = MlflowClient()
    runs = client.search_runs([client.get_run(parent).info.experiment_id])
    children = [run for run in runs if run.data.tags.get("mlflow.parentRunId") == parent]
    children.sort(key=lambda run: (run.data.metrics.get("cost", math.inf), run.info.start_time))
    rows = [
        {
            "run_id": child.info.run_id,
            "status": child.info.status,
            "cost": child.data.metrics.get("cost", math.nan),
            **child.data.params,
        }
        for child in children
    ]
    return pd.DataFrame(rows, columns=None if rows else ["run_id", "status", "cost"])
