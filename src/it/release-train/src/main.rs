use std::fs::File;
use std::io::{self, Write};
use std::process::ExitCode;

const HELP: &str = "\
Counts the lines, words and bytes of a text and draws it as a small signal.

Usage: lantern [FILE]...

Reads the standard input when no file is given.

Options:
  -h, --help     Print this help
  -V, --version  Print the version
";

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("lantern: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(args: impl Iterator<Item = String>) -> Result<(), String> {
    let mut files = Vec::new();
    for arg in args {
        match arg.as_str() {
            "-h" | "--help" => return print(HELP),
            "-V" | "--version" => return print(&format!("lantern {}\n", lantern::VERSION)),
            option if option.starts_with('-') && option != "-" => {
                return Err(format!("unknown option {option}; see lantern --help"));
            }
            _ => files.push(arg),
        }
    }
    if files.is_empty() {
        files.push("-".to_string());
    }
    for file in &files {
        print(&show(&read(file)?))?;
    }
    Ok(())
}

fn read(file: &str) -> Result<lantern::Text, String> {
    let text = match file {
        "-" => lantern::count(io::stdin().lock()),
        path => File::open(path).and_then(lantern::count),
    };
    text.map_err(|e| format!("{file}: {e}"))
}

fn show(text: &lantern::Text) -> String {
    format!(
        "lines {}  words {}  bytes {}  {}\n",
        text.lines,
        text.words,
        text.bytes,
        text.signal.draw()
    )
}

fn print(text: &str) -> Result<(), String> {
    io::stdout()
        .write_all(text.as_bytes())
        .map_err(|e| format!("standard output: {e}"))
}
