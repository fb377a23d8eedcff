"""The learner's folder: files, attempts, progress, and what a newer course does to them."""
