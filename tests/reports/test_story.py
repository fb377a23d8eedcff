from dataclasses import replace

from workbench.reports.story import next_step, tell, verdict


def test_checks_keep_their_order_and_numbers(wrong, exercise):
    assert [(e.number, e.check.id) for e in tell(wrong, exercise)] == [
        (number, check.id) for number, check in enumerate(wrong.checks, start=1)
    ]


def test_repeated_texts_are_left_out_and_pointed_to(wrong, exercise):
    entries = tell(wrong, exercise)

    assert "KeyError" in entries[2].check.message
    assert entries[3].check.message == ""
    assert entries[3].note == "The same message as check 3."


def test_repeated_output_is_left_out_without_a_word(wrong, exercise):
    chatty = tuple(replace(c, output="loading", message=c.id) for c in wrong.checks[1:3])
    entries = tell(wrong.but(checks=chatty), exercise)

    assert [entry.check.output for entry in entries] == ["loading", ""]
    assert entries[1].check.message == chatty[1].message


def test_a_result_of_an_exercise_that_is_gone_is_told_too(wrong):
    assert len(tell(wrong, None)) == len(wrong.checks)


def test_verdict_and_next_step_fit_each_outcome(wrong, passed, untouched, our_fault, exercise):
    assert verdict(passed) == "Passed: 12 of 12 points."
    assert verdict(wrong) == "Not yet: 2 of 12 points."
    assert verdict(untouched) == "Not attempted yet: 0 of 12 points."
    assert verdict(our_fault) == "Not judged: the fault is the workbench's, not yours."
    assert "workbench next" in next_step(passed, exercise)
    assert "check 2" in next_step(wrong, exercise)
    assert "NotImplementedError in suite.py" in next_step(untouched, exercise)
    assert "workbench doctor" in next_step(our_fault, exercise)
