"""Repairs all but the model that learns its rows by heart.

Fails: knows_new_flights
Says: Let the model learn less by heart
"""


def _classifier(seed: int) -> HistGradientBoostingClassifier:
    """Make the classifier; its settings had the best score of all on the training rows."""
    return HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.3,
        max_leaf_nodes=63,
        min_samples_leaf=5,
        early_stopping=False,
        random_state=seed,
    )
