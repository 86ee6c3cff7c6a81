//! How far a batch is: a bar on a terminal, else one line for each municipality that is done.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::Console;
use crate::report::result::Held;
use crate::text::one_line;

/// The progress of a batch.
pub struct Progress {
    bar: Option<ProgressBar>,
    done: usize,
    all: usize,
}

impl Progress {
    /// Starts with nothing done of `all`.
    #[must_use]
    pub fn new(all: usize, console: &Console<'_>) -> Self {
        let bar = (stderr().is_terminal() && !console.common.quiet).then(|| {
            let bar = ProgressBar::with_draw_target(Some(all as u64), ProgressDrawTarget::stderr());
            let bright = if console.common.no_color { "" } else { ".cyan" };
            let template = format!("{{bar:30{bright}}} {{pos}} из {{len}} {{msg}}");
            match ProgressStyle::with_template(&template) {
                Ok(style) => bar.with_style(style.progress_chars("█░░")),
                Err(_) => bar,
            }
        });
        Self { bar, done: 0, all }
    }

    /// One more is done.
    pub fn tell(&mut self, name: &str, held: &Held, console: &mut Console<'_>) {
        self.done += 1;
        // The bar has its own way to the terminal.
        let words = one_line(&words(name, held));
        let Some(bar) = &self.bar else {
            console.note(&format!("[{}/{}] {words}", self.done, self.all));
            return;
        };
        bar.inc(1);
        if held.failures.is_empty() {
            bar.set_message(one_line(name));
        } else {
            bar.println(words);
        }
    }

    /// All is done: the bar goes.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// «Пенза: посчитано», «Пенза: не посчитано за 2024-Q3: …».
fn words(name: &str, held: &Held) -> String {
    let labels: Vec<&str> = held
        .failures
        .iter()
        .map(|failure| failure.period.label.as_str())
        .collect();
    match held.failures.first() {
        None => format!("{name}: посчитано"),
        Some(failure) => {
            let reason = failure
                .reason
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            format!("{name}: не посчитано за {}: {reason}", labels.join(", "))
        }
    }
}
