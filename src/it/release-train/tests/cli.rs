use std::io::Write;
use std::process::{Command, Output, Stdio};

fn lantern(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lantern"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn says_its_version() {
    let out = lantern(&["--version"], "");
    assert_eq!(
        String::from_utf8(out.stdout).unwrap(),
        concat!("lantern ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn counts_the_standard_input() {
    let out = lantern(&[], "one two\nthree\n");
    assert_eq!(
        String::from_utf8(out.stdout).unwrap(),
        "lines 2  words 3  bytes 14  █▅\n"
    );
}

#[test]
fn refuses_an_unknown_option() {
    let out = lantern(&["--colour"], "");
    assert_eq!(out.status.code(), Some(2));
}
