"""Trains first and begins the run afterwards: what fails leaves no record.

Fails: tells_of_a_failure
Says: and left no run
"""


def train_and_log(
    training: pd.DataFrame, validation: pd.DataFrame, settings: dict[str, float], purpose: str
) -> str:
    model = make_model(**settings)
    model.fit(training[FEATURES], training["late"])

    mlflow.set_experiment("flight-desk")
    last_week = int(training["week"].max())
    with mlflow.start_run(tags={"purpose": purpose, "last_week": str(last_week)}) as run:
        for context, frame in {"training": training, "validation": validation}.items():
            dataset = mlflow.data.from_pandas(frame, targets="late", name=context)
            mlflow.log_input(dataset, context=context)

        named = model.get_params().items()
        mlflow.log_params({k: v for k, v in named if k.startswith("classifier__")})

        chance = model.predict_proba(validation[FEATURES])[:, 1]
        late = validation["late"].to_numpy()
        auc = float(roc_auc_score(late, chance))
        mlflow.log_metrics({"cost": _cost(late, chance), "auc": auc})

        example = training[FEATURES].head()
        mlflow.sklearn.log_model(
            model,
            name="model",
            signature=infer_signature(example, model.predict_proba(example)),
            input_example=example,
            skops_trusted_types=["numpy.dtype"],
            pip_requirements=["scikit-learn", "pandas"],
        )
    return run.info.run_id
