//! A training, as it goes on: a bar on a terminal, lines elsewhere, and the loss in the end.

use super::chart;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// A training that is watched.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    losses: Vec<f64>,
    step: i64,
}

impl Progress {
    /// Nothing has happened yet.
    pub(crate) fn begin() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("  {bar:32.cyan/blue} step {pos}/{len}  {msg}");
            ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { bar, losses: Vec::new(), step: 0 }
    }

    /// Number of steps, and the step, epoch and loss of the completed ones.
    pub(crate) fn show(&mut self, total: i64, snapshots: impl Iterator<Item = (i64, i64, f64)>) {
        let mut last = None;
        self.losses.clear();
        for (step, epoch, loss) in snapshots {
            self.losses.push(loss);
            last = Some((step, epoch, loss));
        }
        let Some((step, epoch, loss)) = last.filter(|(step, ..)| *step > self.step) else {
            return;
        };
        self.step = step;
        match &self.bar {
            Some(bar) => {
                bar.set_length(total.unsigned_abs());
                bar.set_position(step.unsigned_abs());
                bar.set_message(format!("epoch {epoch}  loss {loss:.4}"));
            }
            None => {
                let percent = step as f64 * 100.0 / total.max(1) as f64;
                println!("  {percent:6.2} %  step {step} of {total}, epoch {epoch}, loss {loss:.4}");
            }
        }
    }

    /// State, if there are no steps to count.
    pub(crate) fn say(&mut self, what: &str) {
        match &self.bar {
            Some(bar) => bar.println(format!("  {what}")),
            None => println!("  {what}"),
        }
    }

    /// It is over: shows how the loss went.
    pub(crate) fn end(self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if let Some(chart) = chart::of(&self.losses) {
            println!("{chart}");
        }
    }
}
