"""Carries programmes and trades over from a checkout of the school administration's server.

    python docs/renew_catalogues.py PATH/TO/SVWS-Server

writes services/catalogues/programmes.json and trades.json.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SOURCE = "https://github.com/SVWS-NRW/SVWS-Server"
PROGRAMMES = "svws-asd/src/main/resources/de/svws_nrw/asd/types/schule/Schulgliederung.json"
TRADES = "svws-db/src/main/resources/daten/json/fachklassen"
TARGET = Path(__file__).parents[1] / "services" / "catalogues"
COLLEGES = {"BK", "SB"}
SINCE = 2020
"""Trades that ended before this school year are left out."""


def main(checkout: str) -> None:
    """Read the checkout's present commit, whether or not it has a work tree."""

    def git(*words: str) -> str:
        command = ["git", "-C", checkout, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603

    commit, day = git("log", "-1", "--format=%H %cs").split()
    source = {"url": SOURCE, "commit": commit, "date": day, "licence": "BSD-3-Clause"}
    programmes = _programmes(json.loads(git("show", f"HEAD:{PROGRAMMES}")))
    files = git("ls-tree", "-r", "--name-only", "HEAD", f"{TRADES}/").split()
    trades = [entry for file in files for entry in _trades(json.loads(git("show", f"HEAD:{file}")))]
    _write("programmes.json", {**source, "path": PROGRAMMES}, programmes)
    indexes = {entry[2] for entry in programmes}
    kept = sorted(entry for entry in trades if entry[2] in indexes)
    _write("trades.json", {**source, "path": TRADES}, kept)


def _programmes(content: dict[str, Any]) -> list[list[Any]]:
    """Periods that follow one another without another index are one."""
    entries: list[list[Any]] = []
    for period in (period for entry in content["daten"] for period in entry["historie"]):
        if not COLLEGES & set(period["schulformen"]):
            continue
        entry = _entry(period["kuerzel"], period["text"], period["bkIndex"], period)
        if entries and entries[-1][0] == entry[0] and entries[-1][2] == entry[2]:
            entries[-1][1], entries[-1][4] = entry[1], entry[4]
        else:
            entries.append(entry)
    return entries


def _trades(content: dict[str, Any]) -> list[list[Any]]:
    index = content["index"]
    return [
        _entry(
            f"{index}-{trade['schluessel']}{trade['schluessel2']}",
            period["bezeichnung"],
            index,
            period,
        )
        for trade in content["fachklassen"]
        for period in trade["historie"]
        if (period["gueltigBis"] or SINCE) >= SINCE
    ]


def _entry(key: str, name: str, index: int, period: dict[str, Any]) -> list[Any]:
    return [key, " ".join(name.split()), str(index), period["gueltigVon"], period["gueltigBis"]]


def _write(file: str, source: dict[str, str], entries: list[list[Any]]) -> None:
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    head = json.dumps(source, ensure_ascii=False)
    text = f'{{"source": {head},\n"entries": [\n{lines}\n]}}\n'
    (TARGET / file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
