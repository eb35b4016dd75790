//! Progress of a training: a progress bar on a terminal, lines of text elsewhere, and finally a chart of the loss.

use super::chart;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// Progress display of one training.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    losses: Vec<f64>,
    step: i64,
}

impl Progress {
    /// Starts a display without steps.
    pub(crate) fn begin() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("  {bar:32.cyan/blue} step {pos}/{len}  {msg}");
            ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { bar, losses: Vec::new(), step: 0 }
    }

    /// Shows the last of the completed steps, which are given as step, epoch and loss, and the total number of steps.
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

    /// Prints the state of a job without step counts.
    pub(crate) fn print_state(&mut self, state: &str) {
        match &self.bar {
            Some(bar) => bar.println(format!("  {state}")),
            None => println!("  {state}"),
        }
    }

    /// Ends the display with a chart of the loss.
    pub(crate) fn end(self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if let Some(chart) = chart::loss_chart(&self.losses) {
            println!("{chart}");
        }
    }
}
