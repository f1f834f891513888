"""Everything is in pyproject.toml but one thing: a wheel that holds a program is for one platform."""

import os
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel

HAS_PROGRAM = (Path(__file__).parent / "lantern" / "_native").is_dir()


class PlatformDistribution(Distribution):
    def has_ext_modules(self):
        return HAS_PROGRAM


class PlatformWheel(bdist_wheel):
    """Tags the wheel for any Python 3 on the platform that release/build.py names."""

    def get_tag(self):
        python, abi, platform = super().get_tag()
        if HAS_PROGRAM:
            return "py3", "none", os.environ.get("LANTERN_WHEEL_PLATFORM", platform)
        return python, abi, platform


setup(distclass=PlatformDistribution, cmdclass={"bdist_wheel": PlatformWheel})
