//! Draws the signal of its own source code.

fn main() {
    let text = lantern::count(include_str!("main.rs").as_bytes()).expect("memory can be read");
    println!("{}", text.signal.draw());
}
