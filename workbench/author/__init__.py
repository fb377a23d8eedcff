"""For authors: lay out a new exercise, lint it, calibrate its limits."""
