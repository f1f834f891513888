# Builds a wheel and a tarball of beacon with nothing but Python's own library.
import base64, hashlib, io, os, tarfile, zipfile

os.makedirs("dist", exist_ok=True)
info = "beacon-0.2.0.dist-info/"
files = {
    "beacon/__init__.py": "def main():\n    print('beacon 0.2.0')\n",
    info + "METADATA": "Metadata-Version: 2.1\nName: beacon\nVersion: 0.2.0\nSummary: A beacon\n",
    info + "WHEEL": "Wheel-Version: 1.0\nGenerator: build.py\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    info + "entry_points.txt": "[console_scripts]\nbeacon = beacon:main\n",
}
record = "".join(
    "%s,sha256=%s,%d\n" % (name, base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("="), len(text))
    for name, text in files.items()
)
files[info + "RECORD"] = record + info + "RECORD,,\n"
with zipfile.ZipFile("dist/beacon-0.2.0-py3-none-any.whl", "w") as wheel:
    for name, text in files.items():
        wheel.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 0, 0, 0)), text)
script = b"#!/bin/sh\necho beacon 0.2.0\n"
with tarfile.open("dist/beacon_0.2.0.tar.gz", "w:gz") as tar:
    for name, text, mode in (("bin/beacon", script, 0o755), ("README", b"A beacon.\n", 0o644)):
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(text), mode
        tar.addfile(member, io.BytesIO(text))
