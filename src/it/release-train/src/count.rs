use std::io::{self, Read};

use crate::Signal;

/// What was counted in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Lines; a last one without a line feed counts too.
    pub lines: u64,
    /// Runs of bytes that are not ASCII white space.
    pub words: u64,
    /// All bytes.
    pub bytes: u64,
    /// The words of each line, folded to a few bars.
    pub signal: Signal,
}

/// Counts a text as it streams by; nothing of it is kept.
///
/// # Errors
/// Whatever the reader fails with.
pub fn count(mut input: impl Read) -> io::Result<Text> {
    let mut counter = Counter::default();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match input.read(&mut buffer) {
            Ok(0) => return Ok(counter.finish()),
            Ok(n) => counter.feed(&buffer[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

/// Which bytes part words.
const SPACE: [bool; 256] = {
    let mut space = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        space[byte] = (byte as u8).is_ascii_whitespace();
        byte += 1;
    }
    space
};

#[derive(Default)]
struct Counter {
    text: Text,
    /// The words of the line that is being read.
    words: u32,
    in_line: bool,
    in_word: bool,
}

impl Counter {
    // One copy of the loop, here, whatever it is that reads: it is as fast for all of them.
    #[inline(never)]
    fn feed(&mut self, bytes: &[u8]) {
        self.text.bytes += bytes.len() as u64;
        for &byte in bytes {
            let space = SPACE[usize::from(byte)];
            self.words += u32::from(!space & !self.in_word);
            self.in_word = !space;
            self.in_line = true;
            if byte == b'\n' {
                self.end_line();
            }
        }
    }

    fn end_line(&mut self) {
        self.text.lines += 1;
        self.text.words += u64::from(self.words);
        self.text.signal.push(self.words);
        self.words = 0;
        self.in_line = false;
    }

    fn finish(mut self) -> Text {
        if self.in_line {
            self.end_line();
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> (u64, u64, u64) {
        let t = count(text.as_bytes()).unwrap();
        (t.lines, t.words, t.bytes)
    }

    #[test]
    fn counts_lines_words_and_bytes() {
        assert_eq!(counted("one two\nthree\n"), (2, 3, 14));
    }

    #[test]
    fn an_empty_text_has_nothing() {
        assert_eq!(counted(""), (0, 0, 0));
    }

    #[test]
    fn a_last_line_without_line_feed_counts() {
        assert_eq!(counted("a\nb"), (2, 2, 3));
    }

    #[test]
    fn white_space_of_every_kind_parts_words() {
        assert_eq!(counted(" a\tb\r\n\n  c  "), (3, 3, 12));
    }
}
