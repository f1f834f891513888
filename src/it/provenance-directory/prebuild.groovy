new File(basedir, "release").mkdirs()
new File(basedir, "release/targets.json").text = '''{"schema_version": 1, "targets": [
  {"rust_target": "x86_64-unknown-linux-gnu", "runner": "ubuntu-24.04", "sdk_platform": "linux_amd64",
   "node_platform": "linux-x64", "build_sdk": false, "upload_sdist": false, "upload_wheel": false,
   "channels": {"github_sdk": null, "homebrew": null, "npm": "official", "pypi": null, "cargo_binstall": null}}]}
'''
new File(basedir, "docs/record").mkdirs()
new File(basedir, "docs/record/distribution.md").text = "# Distribution\n\nOfficial platforms:\n- Linux: `x86_64-unknown-linux-gnu`\n"
def program = new File(basedir, "sdk/bin/beacon")
program.parentFile.mkdirs()
program.text = "#!/bin/sh\necho beacon 0.2.0\n"
program.setExecutable(true)
evaluate(new File(basedir, "../../../src/it/beacon.groovy"))
return true
