#!/bin/sh
# Library:  cn2an 0.5.24 (Python), amounts in Chinese words
# Expected: the mode "normal" reads a number whose last unit is left out, as people say it,
#           below 亿 as it does below 千 and 万: 两千三 is 2,300, 一万二 is 12,000, and so 一亿二
#           is 120,000,000; or it says that it cannot, as for all else that it cannot read, by
#           ValueError.
# Seen:     一亿二 and 三亿五 raise KeyError: 10000000, in the mode "smart" too, which a caller
#           who catches ValueError does not expect. Of the amounts of investment in a list it is
#           the large ones that end the program.
# Date:     2026-12-03
#
# Installs the pinned package into a fresh folder, reads the numbers, and fails if what it
# sees differs from the above. It needs Python 3 with venv.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" --quiet --disable-pip-version-check install cn2an==0.5.24
cat > "$dir/probe.py" <<'PY'
import sys

import cn2an

seen = []
for text in ["两千三", "一万二", "一亿二", "三亿五", "两万万万"]:
    for mode in ["normal", "smart"]:
        try:
            read = cn2an.cn2an(text, mode)
        except Exception as error:
            read = type(error).__name__
        print(text, mode, read)
        seen.append(read)

expected = [2300, 2300, 12000, 12000, "KeyError", "KeyError", "KeyError", "KeyError", "ValueError", "ValueError"]
if seen != expected:
    sys.exit("this is another behaviour than was seen: " + repr(seen))
print("as seen on 2026-12-03")
PY
"$dir/venv/bin/python" "$dir/probe.py"
