//! The task of tuned models: the successor of a number, in the same notation.

mod english;
mod japanese;
mod roman;

/// Returns the number after the one in a text, in the same notation; `None` if either is not a
/// number in that notation.
pub(crate) fn next(text: &str) -> Option<String> {
    let text = text.trim();
    digits(text)
        .or_else(|| roman::write(roman::read(text)? + 1))
        .or_else(|| japanese::write(japanese::read(text)? + 1))
        .or_else(|| english::write(english::read(text)? + 1))
}

/// Returns the successor of a number in digits, with or without commas between thousands.
fn digits(text: &str) -> Option<String> {
    let grouped = text.contains(',');
    let number: i64 = text.replace(',', "").parse().ok()?;
    let next = number.checked_add(1)?;
    if !grouped {
        return Some(next.to_string());
    }
    let plain = next.unsigned_abs().to_string();
    let mut out = String::new();
    for (index, digit) in plain.chars().enumerate() {
        if index > 0 && (plain.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    Some(if next < 0 { format!("-{out}") } else { out })
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn the_next_number_in_every_notation() {
        let pairs = [
            ("1", "2"),
            ("-3", "-2"),
            ("-98", "-97"),
            ("1,000", "1,001"),
            ("10,100,000", "10,100,001"),
            ("twenty two", "twenty three"),
            ("two hundred", "two hundred one"),
            ("ninety nine", "one hundred"),
            ("thirteen", "fourteen"),
            ("one million", "one million one"),
            ("LXIII", "LXIV"),
            ("MCMXCIX", "MM"),
            ("六", "七"),
            ("九十九", "百"),
            ("千九百九十九", "二千"),
            ("九千九百九十九", "一万"),
        ];
        for (number, wanted) in pairs {
            assert_eq!(next(number).as_deref(), Some(wanted), "{number}");
        }
        for text in ["", "hello", "IIII", "one one", "十十"] {
            assert_eq!(next(text), None, "{text}");
        }
    }
}
