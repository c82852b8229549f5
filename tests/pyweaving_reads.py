"""Reads drafts with pyweaving, and compares drawdown and colours with what lies beside each (name.want)."""

import sys
from pathlib import Path

from pyweaving.wif import WIFReader

different = 0
for path in map(Path, sys.argv[1:]):
    draft = WIFReader(str(path)).read()
    rows = [
        "".join("1" if draft.compute_drawdown_at((x, y)) is end else "0" for x, end in enumerate(draft.warp))
        for y in range(len(draft.weft))
    ]
    rows.append(" ".join("%d,%d,%d" % thread.color.rgb for thread in list(draft.warp) + list(draft.weft)))
    same = rows == path.with_suffix(".want").read_text().split("\n")
    print(path.name, len(draft.warp), len(draft.weft), "same" if same else "DIFFERENT")
    different += not same
sys.exit(different)
