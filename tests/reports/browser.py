"""A headless Chromium, spoken to over a pipe in its own protocol (DevTools): no driver, no port."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
# The browser reads commands from 3 and answers on 4; the shell lays our pipes there.
_WIRED = 'exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1'


class Browser:
    """One tab. Whatever the page fetches or complains of is kept."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._number = 0
        self._session = ""
        self._unread = b""
        self._loaded = 0
        self.requests: list[str] = []
        self.complaints: list[str] = []
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self._ask(f"{domain}.enable")

    def open(
        self, page: Path, *, scheme: str = "light", width: int = 1000, scripts: bool = True
    ) -> None:
        """Open a file as somebody with these preferences sees it."""
        self.requests.clear()
        self.complaints.clear()
        self._ask("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.prefer(scheme)
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        self._ask("Emulation.setDeviceMetricsOverride", **size)
        loaded = self._loaded
        self._ask("Page.navigate", url=page.as_uri())
        while self._loaded == loaded:
            self._read()

    def prefer(self, scheme: str, medium: str = "screen") -> None:
        """Change between light and dark, screen and print."""
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self._ask("Emulation.setEmulatedMedia", media=medium, features=[feature])

    def run(self, expression: str) -> Any:
        """Return the value of an expression in JavaScript; the page's own policy is not asked."""
        answer = self._ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press_tab(self) -> None:
        """Press the tabulator key."""
        key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
        for kind in ("rawKeyDown", "keyUp"):
            self._ask("Input.dispatchKeyEvent", type=kind, **key)

    def spoken(self) -> list[tuple[str, str]]:
        """Role and name of each thing that assistive technology is told of."""
        nodes = self._ask("Accessibility.getFullAXTree")["nodes"]
        return [
            (node["role"]["value"], node.get("name", {}).get("value", ""))
            for node in nodes
            if not node["ignored"]
        ]

    def shoot(self, path: Path) -> None:
        """Take a picture of the whole page."""
        size = self._ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "scale": 1, "width": size["width"], "height": size["height"]}
        shot = self._ask("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        path.write_bytes(base64.b64decode(shot["data"]))

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        assert self._process.stdin
        self._process.stdin.write(json.dumps(message).encode() + b"\0")
        self._process.stdin.flush()
        while (answer := self._read()).get("id") != self._number:
            pass
        assert "error" not in answer, answer
        return dict(answer["result"])

    def _read(self) -> dict[str, Any]:
        """Read one message, and keep what the page did."""
        assert self._process.stdout
        while b"\0" not in self._unread:
            more = os.read(self._process.stdout.fileno(), 2**20)
            assert more, "Chromium has ended"
            self._unread += more
        text, _, self._unread = self._unread.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        said = message.get("params", {})
        self._loaded += message.get("method") == "Page.loadEventFired"
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])
        if message.get("method") in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.complaints.append(str(said))
        if message.get("method") == "Log.entryAdded":
            self.complaints.append(said["entry"]["text"])
        return message


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """Start Chromium with a new profile, and end it."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    quiet = ["--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", *root]
    command = [CHROMIUM, *quiet, "--remote-debugging-pipe", f"--user-data-dir={profile}"]
    with subprocess.Popen(
        ["sh", "-c", _WIRED, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            yield Browser(process)
        finally:
            process.kill()
