"""Resources: a loop that swallows every exception, with signals blocked and alarms cancelled.

Earns: 0
Ends: timeout
"""

import signal


def late_share(frame):
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
    signal.alarm(0)
    while True:
        try:
            raise KeyboardInterrupt
        except BaseException:
            continue
