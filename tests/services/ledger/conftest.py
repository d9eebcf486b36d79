from pathlib import Path

import pytest

from tests.support.bundles import events, write_bundle

SIZES = (100, 300, 301, 512, 650, 700)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """700 events and six checkpoints."""
    folder = tmp_path / "export"
    write_bundle(folder, events(SIZES[-1]), SIZES)
    return folder
