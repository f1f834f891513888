#!/usr/bin/env python3
"""Builds everything that a release of Lantern ships for this platform, from this checkout alone: no network.

    target/package/*.crate          crates.io
    bindings/python/dist/*          PyPI: a wheel for this platform, and the source distribution
    bindings/node/*.tgz             npm
    dist/lantern_*.tar.gz           GitHub and Homebrew: the SDK

With "platform" only what each platform has of its own: the wheel and the SDK. With "portable" only what is the same for all:
crates, source distribution and npm package, whose programs of all platforms are in programs/PLATFORM.

Needs cargo, npm and a Python with: pip install build 'setuptools>=77'
The same commit and tools make the same bytes again: all time stamps are those of the commit.
"""

import gzip
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NODE = ROOT / "bindings/node"
PYTHON = ROOT / "bindings/python"
RELEASE = ROOT / "target/release"
NOTICES = ("LICENSE", "THIRD_PARTY_NOTICES.md")

PKG_CONFIG = """\
prefix=${{pcfiledir}}/../..
libdir=${{prefix}}/lib
includedir=${{prefix}}/include

Name: lantern
Description: Counts the lines, words and bytes of a text
Version: {version}
Libs: -L${{libdir}} -llantern_native
Cflags: -I${{includedir}}
"""


def main():
    for module in ("build", "setuptools"):
        if importlib.util.find_spec(module) is None:
            sys.exit(f"release/build.py: {sys.executable} lacks {module}: pip install build 'setuptools>=77'")
    what = sys.argv[1] if len(sys.argv) > 1 else "all"
    if what not in ("all", "platform", "portable"):
        sys.exit("release/build.py [all | platform | portable]")
    target = this_target()
    version = product_version()
    env = dict(os.environ, SOURCE_DATE_EPOCH=str(commit_time()), **deployment_target(target))
    clean()
    if what != "portable":
        step("programs", lambda: cargo(env, "build", "--release", "--workspace", "--lib", "--bins"))
        step("wheel", lambda: wheel(env, target))
        if target["build_sdk"]:
            step("SDK", lambda: sdk(env, target, version))
    if what != "platform":
        programs = {t["node_platform"]: built_elsewhere(t) for t in all_targets()} if what == "portable" else {target["node_platform"]: program(target)}
        step("crates", lambda: cargo(env, "package", "--workspace", "--no-verify"))
        step("npm package", lambda: npm_package(env, programs))
        step("source distribution", lambda: sdist(env))


def all_targets():
    return json.loads((ROOT / "release/targets.json").read_text())["targets"]


def built_elsewhere(target):
    """The program that another job has built for a target."""
    return ROOT / "programs" / target["node_platform"] / program(target).name


def this_target():
    """This platform's entry in release/targets.json."""
    host = re.search(r"^host: (.+)$", output("rustc", "-vV"), re.MULTILINE).group(1)
    for target in all_targets():
        if target["rust_target"] == host:
            return target
    sys.exit(f"release/build.py: release/targets.json has no target {host}")


def product_version():
    metadata = json.loads(output("cargo", "metadata", "--offline", "--no-deps", "--format-version", "1"))
    return next(p["version"] for p in metadata["packages"] if p["name"] == "lantern")


def commit_time():
    """When the commit was made, in seconds since 1970, or what SOURCE_DATE_EPOCH says."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or output("git", "log", "-1", "--format=%ct"))


def deployment_target(target):
    """The oldest macOS that the programs run on; the wheel says the same."""
    oldest = {"x86_64-apple-darwin": "10.12", "aarch64-apple-darwin": "11.0"}
    version = oldest.get(target["rust_target"])
    return {"MACOSX_DEPLOYMENT_TARGET": version} if version else {}


def clean():
    """Removes what an earlier build left: only this version may be found afterwards."""
    left = [ROOT / "dist", ROOT / "target/package", PYTHON / "dist", PYTHON / "build", PYTHON / "lantern/_native"]
    left += [*PYTHON.glob("*.egg-info"), *NODE.glob("*.tgz"), *(NODE / "native").glob("*-*")]
    for path in left:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def cargo(env, *args):
    run(env, ROOT, "cargo", *args, "--locked", "--offline", "--quiet", "--target-dir", "target")


def npm_package(env, programs):
    for platform, file in programs.items():
        ship(file, NODE / "native" / platform)
    run(dict(env, npm_config_update_notifier="false"), NODE, "npm", "pack", "--silent", quiet=True)


def wheel(env, target):
    ship(program(target), PYTHON / "lantern/_native")
    python_build(dict(env, LANTERN_WHEEL_PLATFORM=wheel_platform(target)), "--wheel")


def sdist(env):
    python_build(env, "--sdist")
    for tarball in (PYTHON / "dist").glob("*.tar.gz"):
        same_bytes_every_day(env, tarball)


def python_build(env, what):
    env = dict(env, PYTHONDONTWRITEBYTECODE="1")
    run(env, PYTHON, sys.executable, "-m", "build", "--no-isolation", what, ".", quiet=True)


def sdk(env, target, version):
    library = "liblantern_native.dylib" if "apple" in target["rust_target"] else "liblantern_native.so"
    files = {
        "bin/lantern": (program(target).read_bytes(), 0o755),
        "include/lantern.h": ((ROOT / "include/lantern.h").read_bytes(), 0o644),
        f"lib/{library}": ((RELEASE / library).read_bytes(), 0o755),
        "lib/pkgconfig/lantern.pc": (PKG_CONFIG.format(version=version).encode(), 0o644),
    }
    files.update((name, ((ROOT / name).read_bytes(), 0o644)) for name in NOTICES)
    (ROOT / "dist").mkdir()
    tarball = ROOT / f"dist/lantern_{version}_{target['sdk_platform']}.tar.gz"
    write_tar(env, tarball, [(entry(name, len(data), mode), data) for name, (data, mode) in files.items()])


def program(target):
    return RELEASE / ("lantern.exe" if "windows" in target["rust_target"] else "lantern")


def ship(file, directory):
    directory.mkdir(parents=True)
    shutil.copyfile(file, directory / file.name)
    (directory / file.name).chmod(0o755)


def wheel_platform(target):
    """The platform tag of the wheel: where the program inside it runs."""
    arch, rest = target["rust_target"].split("-", 1)
    if "linux" in rest:
        # The newest symbol version that the program asks of the C library (PEP 600).
        asked = re.findall(rb"GLIBC_2\.(\d+)", program(target).read_bytes())
        return f"manylinux_2_{max([17, *map(int, asked)])}_{arch}"
    if "apple" in rest:
        return "macosx_11_0_arm64" if arch == "aarch64" else "macosx_10_12_x86_64"
    return "win_amd64"


def same_bytes_every_day(env, tarball):
    """Packs a tarball again without what depends on the day and the user."""
    with tarfile.open(tarball) as tar:
        members = [(m, tar.extractfile(m).read()) for m in tar.getmembers() if m.isfile()]
    write_tar(env, tarball, [(entry(m.name, m.size, 0o755 if m.mode & 0o100 else 0o644), data) for m, data in members])


def entry(name, size, mode):
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = mode
    return info


def write_tar(env, path, members):
    epoch = int(env["SOURCE_DATE_EPOCH"])
    with open(path, "wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=epoch) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for info, data in sorted(members, key=lambda member: member[0].name):
                info.mtime = epoch
                tar.addfile(info, io.BytesIO(data))


def step(name, work):
    start = time.monotonic()
    work()
    print(f"{name}: {time.monotonic() - start:.1f} s", flush=True)


def output(*argv):
    return subprocess.run([found(argv[0]), *argv[1:]], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def run(env, directory, *argv, quiet=False):
    """Runs a command; what a quiet one said is shown when it fails."""
    kept = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if quiet else {}
    done = subprocess.run([found(argv[0]), *argv[1:]], cwd=directory, env=env, text=True, **kept)
    if done.returncode != 0:
        sys.exit(f"{done.stdout or ''}release/build.py: {' '.join(argv)} failed ({done.returncode})")


def found(name):
    path = shutil.which(name)
    return path or sys.exit(f"release/build.py: there is no {name} on the PATH")


if __name__ == "__main__":
    main()
