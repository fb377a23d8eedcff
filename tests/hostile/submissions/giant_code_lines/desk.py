"""Output: raises from a line of half a megabyte, below a long chain of causes.

Earns: 0
Ends: error
"""

LINE = "raise ValueError(" + repr("x" * 500_000) + ")"


def late_share(frame):
    with open("desk.py", "w") as file:
        file.write(LINE)
    exec(compile(LINE, __file__, "exec"))


def busiest(frame):
    problem = None
    for _ in range(2000):
        try:
            raise ValueError("x" * 1000) from problem
        except ValueError as next_problem:
            problem = next_problem
    raise problem
