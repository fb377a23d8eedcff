"""Resources: connects to this machine by address, by name and by abstract socket names.

Earns: 0
Isolation: sandbox
Prints: looked
"""

import socket

PORT = int("@PORT@")


def late_share(frame):
    for host in ("127.0.0.1", "localhost", "::1", "0.0.0.0"):
        try:
            with socket.create_connection((host, PORT), timeout=0.2):
                print("FOUND", host)
        except OSError as problem:
            print("looked", type(problem).__name__)
    names = [line.split()[-1] for line in open("/proc/net/unix") if "@" in line]
    print("FOUND" if names else "no sockets", names)
    return 0.0
