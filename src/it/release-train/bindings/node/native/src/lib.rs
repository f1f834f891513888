//! The C interface of Lantern, as `include/lantern.h` declares it, for hosts that load a shared library.

use std::ffi::c_char;

/// What was counted in a text.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LanternText {
    pub lines: u64,
    pub words: u64,
    pub bytes: u64,
}

/// The version as a C string that lives as long as the library.
#[no_mangle]
pub extern "C" fn lantern_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// Counts `length` bytes at `bytes` into `out`. Returns 0, or -1 when a pointer is null.
///
/// # Safety
/// `bytes` must be readable for `length` bytes, and `out` writable.
#[no_mangle]
pub unsafe extern "C" fn lantern_count(bytes: *const u8, length: usize, out: *mut LanternText) -> i32 {
    if bytes.is_null() || out.is_null() {
        return -1;
    }
    let input = std::slice::from_raw_parts(bytes, length);
    match lantern::count(input) {
        Ok(text) => {
            *out = LanternText {
                lines: text.lines,
                words: text.words,
                bytes: text.bytes,
            };
            0
        }
        Err(_) => -1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::CStr;

    #[test]
    fn is_of_the_same_version_as_the_library() {
        let version = unsafe { CStr::from_ptr(lantern_version()) };
        assert_eq!(version.to_str(), Ok(lantern::VERSION));
    }

    #[test]
    fn counts_through_pointers() {
        let mut text = LanternText::default();
        let input = b"one two\nthree\n";
        assert_eq!(unsafe { lantern_count(input.as_ptr(), input.len(), &mut text) }, 0);
        assert_eq!(
            text,
            LanternText {
                lines: 2,
                words: 3,
                bytes: 14
            }
        );
    }

    #[test]
    fn refuses_null() {
        assert_eq!(unsafe { lantern_count(std::ptr::null(), 0, std::ptr::null_mut()) }, -1);
    }
}
