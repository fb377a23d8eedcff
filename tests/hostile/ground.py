"""Where attacks are judged: places of their own, and graders that stay warm."""

import socket
from dataclasses import dataclass, field
from pathlib import Path

from workbench.course import Exercise, load_course
from workbench.judging.bounds import Bounds
from workbench.judging.grade import Grader
from workbench.paths import course_root
from workbench.results import Outcome

from .attacks import Attack

SEED = 71
BOUNDS = Bounds(memory=256 * 2**20, load=1.5)


@dataclass
class Ground:
    """Folders, a listener on loopback, and a grader for each level and exercise."""

    root: Path
    listener: socket.socket
    graders: dict[tuple[str, str], Grader] = field(default_factory=dict)
    unchecked: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @property
    def watched(self) -> list[Path]:
        return [self.root / name for name in ("tmp", "home", "course", "canary", "submissions")]

    def exercise(self, name: str) -> Exercise:
        root = self.root / "course" if name == "desk" else course_root()
        return load_course(root).find(name)

    def grader(self, isolation: str, exercise: Exercise) -> Grader:
        key = (isolation, exercise.id)
        if key not in self.graders:
            bounds = BOUNDS if exercise.id == "desk" else None
            grader = Grader(exercise.needs, isolation=isolation, bounds=bounds)
            self.graders[key], self.unchecked[key] = grader.__enter__(), []
            if bounds:  # files that the judge itself keeps are there from now on
                self.check_neighbour(*key)
        return self.graders[key]

    def check_neighbour(self, isolation: str, name: str) -> None:
        """The reference still earns all points from the grader that judged the attacks."""
        culprits, self.unchecked[isolation, name] = self.unchecked[isolation, name], []
        exercise = self.exercise(name)
        result = self.graders[isolation, name].grade(exercise, exercise.solution, seed=SEED)
        assert result.outcome is Outcome.PASSED, f"after {culprits}: {result.to_json()}"
        assert result.score == result.max_score

    def lay_out(self, attack: Attack, isolation: str) -> Path:
        places = {
            "CANARY": self.root / "canary",
            "COURSE": self.root / "course",
            "PORT": self.listener.getsockname()[1],
        }
        return attack.lay_out(self.root / "submissions" / isolation, places)

    def visitors(self) -> int:
        """Count who has connected to the listener."""
        count = 0
        while True:
            try:
                self.listener.accept()[0].close()
            except BlockingIOError:
                return count
            count += 1
