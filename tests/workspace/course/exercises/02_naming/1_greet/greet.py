def greet(name):
    """Return a greeting."""
    raise NotImplementedError("Task 1: a greeting")
