"""Resources: programs started in the background, one of which outlives its starter.

Earns: 0
"""

import subprocess


def late_share(frame):
    script = "exec -a hostile-sleep sleep 30"
    subprocess.Popen(["bash", "-c", f"({script}) & ({script}) & {script}"], start_new_session=True)
    subprocess.Popen(["setsid", "nohup", "bash", "-c", "cp /bin/sleep ./hostile; ./hostile 30"])
    return 0.0
