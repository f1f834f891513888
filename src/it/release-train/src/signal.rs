/// The most bars that a signal has.
const BARS: usize = 32;

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A row of bars that never grows beyond a terminal's width: when it is full, neighbours are added up and each bar
/// stands for twice as many lines as before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    bars: Vec<u64>,
    lines_per_bar: u64,
    /// Lines in the last bar.
    pending: u64,
}

impl Default for Signal {
    fn default() -> Self {
        Signal {
            bars: Vec::with_capacity(BARS),
            lines_per_bar: 1,
            pending: 0,
        }
    }
}

impl Signal {
    /// Adds a line of so many words.
    pub fn push(&mut self, words: u32) {
        if self.bars.is_empty() || self.pending == self.lines_per_bar {
            if self.bars.len() == BARS {
                self.fold();
            }
            self.bars.push(0);
            self.pending = 0;
        }
        if let Some(last) = self.bars.last_mut() {
            *last += u64::from(words);
        }
        self.pending += 1;
    }

    /// How many lines each bar stands for.
    pub fn lines_per_bar(&self) -> u64 {
        self.lines_per_bar
    }

    /// The signal as block characters, the highest bar as a full block; empty for an empty text.
    pub fn draw(&self) -> String {
        let highest = self.bars.iter().copied().max().unwrap_or(0).max(1);
        let top = BLOCKS.len() as u64 - 1;
        self.bars
            .iter()
            .map(|bar| BLOCKS[((bar * top + highest / 2) / highest) as usize])
            .collect()
    }

    fn fold(&mut self) {
        self.bars = self.bars.chunks(2).map(|pair| pair.iter().sum()).collect();
        self.lines_per_bar *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal(words: impl IntoIterator<Item = u32>) -> Signal {
        let mut signal = Signal::default();
        words.into_iter().for_each(|w| signal.push(w));
        signal
    }

    #[test]
    fn nothing_draws_nothing() {
        assert_eq!(signal([]).draw(), "");
    }

    #[test]
    fn the_highest_bar_is_a_full_block() {
        assert_eq!(signal([0, 1, 2, 4]).draw(), "▁▃▅█");
    }

    #[test]
    fn empty_lines_stay_low() {
        assert_eq!(signal([0, 0]).draw(), "▁▁");
    }

    #[test]
    fn a_long_text_is_folded() {
        let long = signal((0..1000).map(|_| 3));
        assert_eq!(long.lines_per_bar(), 32);
        assert_eq!(long.draw().chars().count(), 32);
    }

    #[test]
    fn folding_loses_no_word() {
        let long = signal((0..1000).map(|i| i % 7));
        assert_eq!(long.bars.iter().sum::<u64>(), (0..1000).map(|i| i % 7).sum::<u64>());
    }
}
