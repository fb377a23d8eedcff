"""What learner code left in folders goes away; what links point to stays."""

from pathlib import Path

import pytest

from workbench.judging.folders import empty_folder, remove_folder, scratch_folder


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    folder = tmp_path / "precious"
    folder.mkdir()
    (folder / "file").write_text("kept")
    return folder


def test_a_scratch_folder_is_gone_afterwards_whatever_was_done_to_it() -> None:
    with scratch_folder() as folder:
        inner = Path(folder, "closed/inner")
        inner.mkdir(parents=True)
        inner.parent.chmod(0)
        Path(folder).chmod(0)
    assert not Path(folder).exists()


def test_links_are_removed_and_what_they_point_to_is_not(tmp_path: Path, precious: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "link").symlink_to(precious)
    (place / "file").symlink_to(precious / "file")
    assert empty_folder(str(place))
    assert list(place.iterdir()) == []
    assert (precious / "file").read_text() == "kept"


def test_a_link_in_the_place_of_a_folder_harms_nothing(tmp_path: Path, precious: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(precious)
    assert not empty_folder(str(link))
    remove_folder(str(link))
    assert not link.exists()
    assert (precious / "file").read_text() == "kept"


def test_some_names_may_be_kept_and_no_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("kept")
    (tmp_path / "other").write_text("gone")
    assert empty_folder(str(tmp_path), keep=("log",))
    assert [path.name for path in tmp_path.iterdir()] == ["log"]
    remove_folder("")
    remove_folder(str(tmp_path / "nothing"))
