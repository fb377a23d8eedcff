"""Resources: programs started in the background, two of which outlive their starter.

Earns: 0
"""

import subprocess


def late_share(frame):
    subprocess.run(["cp", "/bin/sleep", "./hostile"], check=True)
    script = "(./hostile 30) & (setsid nohup ./hostile 30) & ./hostile 30"
    subprocess.Popen(["bash", "-c", script], start_new_session=True)
    return 0.0
