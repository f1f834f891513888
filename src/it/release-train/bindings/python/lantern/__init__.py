"""Lantern for Python: counts the lines, words and bytes of a text and draws it as a small signal."""

import subprocess

from ._cli import program

__version__ = "0.1.0"

__all__ = ["__version__", "program", "signal"]


def signal(text: str) -> str:
    """What ``lantern`` says about a text."""
    done = subprocess.run([program()], input=text.encode(), stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().rstrip("\n")
