"""A hands-on MLOps training workbench: exercises judged by behaviour."""

__version__ = "0.1.0"
