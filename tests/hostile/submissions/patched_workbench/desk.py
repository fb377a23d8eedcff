"""Patching: rewrites the workbench's own modules, as far as its process has them.

Earns: 0
"""

import sys

import workbench
import workbench.course
import workbench.judging.learner
import workbench.judging.plugin
import workbench.judging.verdicts
import workbench.results

workbench.results.Outcome._member_map_["FAILED"] = workbench.results.Outcome.PASSED
workbench.results.CheckResult.from_record = classmethod(lambda cls, record: None)
workbench.judging.verdicts.Verdict.outcome = workbench.results.Outcome.PASSED
workbench.judging.learner.Learner.call = lambda *_, **__: 1.0
workbench.judging.plugin._weigh = lambda *_: (workbench.results.Outcome.PASSED, "", "", 0)
workbench.judging.plugin.JudgePlugin._judge = lambda *_: None
sys.modules["workbench.judging.wire"]._float = lambda *_: 1.0


def late_share(frame):
    return -1.0


def predict(history, batch):
    return [False] * len(batch)
