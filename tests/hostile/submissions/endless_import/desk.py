"""Resources: sleeps at import, in each of its processes.

Earns: 0
Ends: timeout
"""

import time

while True:
    time.sleep(60)
