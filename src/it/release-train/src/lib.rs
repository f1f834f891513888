//! Lantern counts the lines, words and bytes of a text and draws it as a small signal: one bar for each line, as high
//! as the line has words. Long texts are folded until they fit.
//!
//! ```
//! let text = lantern::count("one two\nthree\n".as_bytes()).unwrap();
//! assert_eq!((text.lines, text.words, text.bytes), (2, 3, 14));
//! assert_eq!(text.signal.draw(), "█▅");
//! ```

mod count;
mod signal;

pub use count::{count, Text};
pub use signal::Signal;

/// The version of this library, such as `1.2.3`.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
