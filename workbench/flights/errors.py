"""What can go wrong with the flights tables."""


class FlightsError(Exception):
    """The tables cannot be built or read as asked; the message names the next step."""
