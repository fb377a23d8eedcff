"""Takes the week of the last row for the last week: the rows come in any order.

Fails: holds_settings_and_tags
Says: The tag `last_week` should be
"""


def train_and_log(
    training: pd.DataFrame, validation: pd.DataFrame, settings: dict[str, float], purpose: str
) -> str:
    mlflow.set_experiment("flight-desk")
    last_week = training["week"].iloc[-1]
    with mlflow.start_run(tags={"purpose": purpose, "last_week": str(last_week)}) as run:
        for context, frame in {"training": training, "validation": validation}.items():
            dataset = mlflow.data.from_pandas(frame, targets="late", name=context)
            mlflow.log_input(dataset, context=context)

        model = make_model(**settings)
        named = model.get_params().items()
        mlflow.log_params({k: v for k, v in named if k.startswith("classifier__")})
        model.fit(training[FEATURES], training["late"])

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
