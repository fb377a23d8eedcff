"""The command: what is asked for, and how it is answered on the screen."""
