"""Ask the Python Package Index whether a locked package has a known weakness.

    python tools/audit.py

Uses pip-audit on ``requirements.lock``. Fails where a weakness is known. Where the index tells
nothing of weaknesses (an index of one's own, no network), it says so and how many packages were
not looked at, and does not fail: it cannot know.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_SECONDS = 240


def main() -> int:
    """Audit the lock.

    Returns:
        1 where a weakness is known, else 0.
    """
    command = [sys.executable, "-m", "pip_audit", "-r", str(ROOT / "requirements.lock"),
               "--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner",
               "off"]  # fmt: skip
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        print("audit: the index of packages does not answer; nothing was looked at")
        return 0
    weak = [(package, weakness) for package in packages for weakness in package.get("vulns", [])]
    for package, weakness in weak:
        mended = ", ".join(weakness["fix_versions"]) or "no version yet"
        named = f"{package['name']} {package['version']}"
        print(f"audit: {named}: {weakness['id']}; mended in {mended}")
    skipped = sum("skip_reason" in package for package in packages)
    print(
        f"audit: {len(packages) - skipped} of {len(packages)} packages looked at,"
        f" {len(weak)} weaknesses known"
    )
    if skipped:
        print(f"audit: the index of packages tells nothing of {skipped} of them")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
