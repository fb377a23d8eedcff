"""What a judgement looks like: on a terminal, as a page, as an MLflow run."""
