"""Private folders: whoever starts at the same moment takes nobody's living one for a dead run's."""

import threading

from analysis.ground import folders
from analysis.ground.folders import LOCK, old, private_folder, sweep
from analysis.store.vault import Vault


def test_a_folder_that_is_swept_before_it_is_held_is_made_anew(tmp_path, monkeypatch):
    hold, swept = folders.hold, []

    def late(descriptor: int) -> bool:
        """The owner, who is about to hold its folder, when another process starts."""
        monkeypatch.setattr(folders, "hold", hold)
        swept.append(sweep(tmp_path, "made-"))
        return hold(descriptor)

    monkeypatch.setattr(folders, "hold", late)
    with private_folder(tmp_path, "made-") as folder:
        assert swept == [1] and (folder / LOCK).is_file()
        assert sweep(tmp_path, "made-") == 0 and folder.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_without_locks_holds_nothing_and_stops_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "hold", lambda _: False)
    with private_folder(tmp_path, "made-") as folder:
        assert list(tmp_path.iterdir()) == [folder]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_another_process_has_swept_meanwhile_is_no_error(tmp_path):
    assert not old(tmp_path / "gone")


def test_runs_that_start_and_end_together_keep_their_folders(tmp_path):
    lost = list[str]()

    def start() -> None:
        for _ in range(40):
            vault = Vault(tmp_path)
            if not (vault.folder / LOCK).exists():
                lost.append(vault.folder.name)
            vault.close()

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lost == [] and list(tmp_path.iterdir()) == []
