"""The console script: hands its arguments to the program."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def program() -> str:
    """The program of this wheel, or the one on the PATH when Lantern was installed from its source distribution."""
    name = "lantern.exe" if os.name == "nt" else "lantern"
    bundled = Path(__file__).parent / "_native" / name
    if bundled.exists():
        return str(bundled)
    own_script = os.path.realpath(sys.argv[0])
    for directory in os.get_exec_path():
        found = shutil.which(name, path=directory)
        if found and os.path.realpath(found) != own_script:
            return found
    raise FileNotFoundError("no lantern program for this platform; install one with: cargo install lantern")


def main() -> int:
    try:
        return subprocess.run([program(), *sys.argv[1:]]).returncode
    except OSError as e:
        print(f"lantern: {e}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
