//! Bar chart of numbers, as text.

/// Width and height in characters.
const WIDTH: usize = 64;
const HEIGHT: usize = 6;
const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Returns a chart of the loss at each step; `None` for fewer than two steps.
pub(crate) fn loss_chart(losses: &[f64]) -> Option<String> {
    if losses.len() < 2 {
        return None;
    }
    let width = WIDTH.min(losses.len());
    // If there are more steps than columns, a column shows the mean of several steps.
    let column = |index: usize| {
        let steps = &losses[index * losses.len() / width..(index + 1) * losses.len() / width];
        steps.iter().sum::<f64>() / steps.len() as f64
    };
    let columns: Vec<f64> = (0..width).map(column).collect();
    let highest = columns.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let mut out = String::new();
    for row in (0..HEIGHT).rev() {
        let label = if row == HEIGHT - 1 { format!("{highest:6.2}") } else { " ".repeat(6) };
        let block = |value: &f64| {
            let eighths = (value / highest * (HEIGHT * 8) as f64).round().max(1.0) as usize;
            BLOCKS[eighths.saturating_sub(row * 8).min(8)]
        };
        let line: String = columns.iter().map(block).collect();
        out.push_str(&format!("  {label} ┤{}\n", line.trim_end()));
    }
    out.push_str(&format!("  {:6.2} └{}\n", 0.0, "─".repeat(width)));
    let last = losses.len().to_string();
    out.push_str(&format!("  loss    1{last:>pad$}  step", pad = width.max(last.len() + 2) - 1));
    Some(out)
}
