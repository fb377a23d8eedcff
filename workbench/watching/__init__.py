"""``workbench watch``: files are judged as they are saved. Imports rich only."""
