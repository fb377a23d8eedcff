"""Output: ANSI and OSC sequences, bidirectional and hidden characters, in prints and errors.

Earns: 0
Ends: error
"""

EVIL = (
    "\x1b[2J\x1b[1;1Howned \x1b]0;owned\x07\x1b]52;c;Y2FuYXJ5\x07"
    "\x1b]8;;http://127.0.0.1\x1b\\click\x1b]8;;\x1b\\"
    "\x9b31m\x90q\x9c \u202e\u2066\u200b\ufeff\ufff9 \x00\x08\x0c\r\x7f\ud800\uffff"
)


def late_share(frame):
    print(EVIL * 20)
    return 0.0


def busiest(frame):
    raise ValueError(EVIL)


class Tally:
    def add(self, batch):
        raise type(EVIL.replace("\x00", "").encode("utf-8", "ignore").decode(), (Exception,), {})

    def total(self):
        return EVIL.replace("\ud800", "")


def predict(history, batch):
    return [EVIL]
