assert new File(basedir, "Cargo.toml").text.contains('version = "1.2.3"')
assert new File(basedir, "package.json").text == '{\n  "name": "beacon",\n  "version": "1.2.3"\n}\n'
assert new File(basedir, "pom.xml").text.contains("<version>1.2.3</version>")
