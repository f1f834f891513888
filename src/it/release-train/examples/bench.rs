//! Measures Lantern: `bench --json [--only NAME,NAME]`, built in release mode.
//!
//! Prints one JSON document; `results` has an entry for each scenario. `ms_per_msg` is the time for one text, in
//! milliseconds, taken from the fastest of several samples: what other programs take from the processor only ever
//! makes a sample slower. `cpu_ms_per_msg` is the same in the time that this process had the processor, where the
//! system tells it.

use std::hint::black_box;
use std::io::Read;
use std::time::{Duration, Instant};

const SAMPLES: usize = 8;
const KIB: usize = 1024;

struct Scenario {
    name: &'static str,
    notes: &'static str,
    text_bytes: usize,
    /// Texts in one sample: enough for 10 ms and more.
    texts: u32,
    line: fn(&mut Dice) -> String,
}

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "prose_small",
        notes: "sentences in small texts",
        text_bytes: 4 * KIB,
        texts: 3000,
        line: sentence,
    },
    Scenario {
        name: "prose_large",
        notes: "sentences in a large text",
        text_bytes: 1024 * KIB,
        texts: 12,
        line: sentence,
    },
    Scenario {
        name: "short_lines",
        notes: "one word a line",
        text_bytes: 64 * KIB,
        texts: 160,
        line: word,
    },
    Scenario {
        name: "long_lines",
        notes: "a thousand words a line",
        text_bytes: 256 * KIB,
        texts: 55,
        line: long_line,
    },
    Scenario {
        name: "columns",
        notes: "numbers aligned with spaces",
        text_bytes: 256 * KIB,
        texts: 55,
        line: columns,
    },
    Scenario {
        name: "blank",
        notes: "line feeds only",
        text_bytes: 64 * KIB,
        texts: 60,
        line: nothing,
    },
];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match chosen(&args) {
        Ok(scenarios) => println!("{}", report(&scenarios)),
        Err(message) => {
            eprintln!("bench: {message}");
            std::process::exit(2);
        }
    }
}

/// The scenarios that the arguments ask for; all when none is named.
fn chosen(args: &[String]) -> Result<Vec<&'static Scenario>, String> {
    let mut names = Vec::new();
    let mut rest = args.iter().map(String::as_str);
    while let Some(arg) = rest.next() {
        match arg {
            "--json" => {}
            "--only" => names.extend(rest.next().unwrap_or("").split(',').filter(|name| !name.is_empty())),
            other => {
                return Err(format!(
                    "unknown argument {other}; usage: bench --json [--only NAME,NAME]"
                ))
            }
        }
    }
    if names.is_empty() {
        return Ok(SCENARIOS.iter().collect());
    }
    names
        .iter()
        .map(|name| {
            SCENARIOS
                .iter()
                .find(|s| s.is(name))
                .ok_or(format!("there is no scenario {name}"))
        })
        .collect()
}

fn report(scenarios: &[&Scenario]) -> String {
    let results: Vec<String> = scenarios
        .iter()
        .zip(measure(scenarios))
        .map(|(s, time)| s.result(time))
        .collect();
    format!(
        "{{\n  \"name\": \"lantern\",\n  \"version\": \"{}\",\n  \"results\": [\n{}\n  ]\n}}",
        lantern::VERSION,
        results.join(",\n")
    )
}

/// The shortest time of a sample of each scenario, after one that only warms up. The samples of a scenario are spread over
/// the whole run, so that what disturbs the machine for a while does not disturb all of them.
fn measure(scenarios: &[&Scenario]) -> Vec<Time> {
    let texts: Vec<Vec<u8>> = scenarios.iter().map(|s| s.text()).collect();
    let round = || -> Vec<Time> {
        scenarios
            .iter()
            .zip(&texts)
            .map(|(s, text)| s.sample(text))
            .collect()
    };
    round();
    (1..SAMPLES).fold(round(), |best, _| {
        best.into_iter()
            .zip(round())
            .map(|(best, time)| best.min(time))
            .collect()
    })
}

impl Scenario {
    /// Whether this is meant: by its name, or by a longer key that begins with it.
    fn is(&self, key: &str) -> bool {
        let rest = key.strip_prefix(self.name);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
    }

    fn sample(&self, text: &[u8]) -> Time {
        let (wall, cpu) = (Instant::now(), cpu_time());
        for _ in 0..self.texts {
            let counted = lantern::count(black_box(text)).expect("memory can be read");
            black_box(counted.signal.draw());
        }
        Time {
            wall: wall.elapsed(),
            cpu: cpu_time().zip(cpu).map(|(end, start)| end - start),
        }
    }

    fn text(&self) -> Vec<u8> {
        let mut dice = Dice(0x1a27_e512);
        let mut text = Vec::with_capacity(self.text_bytes + KIB);
        while text.len() < self.text_bytes {
            text.extend_from_slice((self.line)(&mut dice).as_bytes());
            text.push(b'\n');
        }
        text.as_slice()
            .take(self.text_bytes as u64)
            .bytes()
            .map(|b| b.expect("memory can be read"))
            .collect()
    }

    fn result(&self, sample: Time) -> String {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0 / f64::from(self.texts);
        let cpu = sample.cpu.map(|cpu| format!("\"cpu_ms_per_msg\": {:.6}, ", ms(cpu)));
        format!(
            concat!(
                "    {{\"bench\": \"{}\", \"durability\": \"none\", \"writers\": 1, \"payload_bytes\": {}, ",
                "\"pool_size\": {}, \"messages\": {}, \"ms_per_msg\": {:.6}, {}\"msgs_per_sec\": {:.1}, ",
                "\"notes\": \"{}\"}}"
            ),
            self.name,
            self.text_bytes,
            64 * KIB,
            self.texts,
            ms(sample.wall),
            cpu.unwrap_or_default(),
            1000.0 / ms(sample.wall),
            self.notes
        )
    }
}

/// How long a sample took.
struct Time {
    wall: Duration,
    cpu: Option<Duration>,
}

impl Time {
    fn min(self, other: Time) -> Time {
        Time {
            wall: self.wall.min(other.wall),
            cpu: self.cpu.min(other.cpu),
        }
    }
}

/// How long this process has had the processor.
#[cfg(all(any(target_os = "linux", target_os = "macos"), target_pointer_width = "64"))]
fn cpu_time() -> Option<Duration> {
    #[repr(C)]
    struct Timespec {
        seconds: i64,
        nanoseconds: i64,
    }
    extern "C" {
        fn clock_gettime(clock: i32, time: *mut Timespec) -> i32;
    }
    // CLOCK_PROCESS_CPUTIME_ID in time.h
    let clock = if cfg!(target_os = "macos") { 12 } else { 2 };
    let mut time = Timespec {
        seconds: 0,
        nanoseconds: 0,
    };
    let told = unsafe { clock_gettime(clock, &mut time) } == 0;
    told.then(|| Duration::new(time.seconds as u64, time.nanoseconds as u32))
}

#[cfg(not(all(any(target_os = "linux", target_os = "macos"), target_pointer_width = "64")))]
fn cpu_time() -> Option<Duration> {
    None
}

/// The same numbers on every run and machine (xorshift), so that all versions count the same texts.
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % sides
    }
}

fn word(dice: &mut Dice) -> String {
    (0..2 + dice.roll(9))
        .map(|_| char::from(b'a' + dice.roll(26) as u8))
        .collect()
}

fn words(dice: &mut Dice, n: u32) -> String {
    (0..n).map(|_| word(dice)).collect::<Vec<_>>().join(" ")
}

fn sentence(dice: &mut Dice) -> String {
    let n = 4 + dice.roll(16);
    words(dice, n)
}

fn long_line(dice: &mut Dice) -> String {
    words(dice, 1000)
}

fn columns(dice: &mut Dice) -> String {
    (0..8).map(|_| format!("{:>12}", dice.roll(1_000_000))).collect()
}

fn nothing(_: &mut Dice) -> String {
    String::new()
}
