"""Resources: makes namespaces of its own, to be root there and to mount what it likes.

Earns: 0
Isolation: sandbox
Prints: tried
"""

import ctypes

LIBC = ctypes.CDLL(None, use_errno=True)
NEW_USER, NEW_MOUNTS, NEW_PIDS, NEW_NET = 0x10000000, 0x20000, 0x20000000, 0x40000000


def late_share(frame):
    for flags in (NEW_MOUNTS, NEW_PIDS, NEW_NET, NEW_USER | NEW_MOUNTS | NEW_NET):
        if LIBC.unshare(flags) == 0:
            print("FOUND a namespace", hex(flags))
        for place in (b"/tmp", b"/usr", b"/proc"):
            if LIBC.mount(b"tmpfs", place, b"tmpfs", 0, b"size=1g") == 0:
                print("FOUND a mount", place)
            if LIBC.umount2(place, 2) == 0:
                print("FOUND something below", place)
    print("tried")
    return 0.0
