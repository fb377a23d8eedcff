"""Judging: an exercise, a submission and a seed in, a result out.

Three kinds of process: the command (`grade`), the judge (`judge_process`, runs ``checks.py``)
and the learner process (`learner_process`, runs the submission). Only plain data crosses
between the last two (`wire`).
"""

PRACTICE_SEED = 2013
