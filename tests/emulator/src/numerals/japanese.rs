//! Japanese numerals, 1 to 99,999,999.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const UNITS: [(u32, char); 3] = [(1000, '千'), (100, '百'), (10, '十')];

pub(super) fn read(text: &str) -> Option<u32> {
    let number = match text.split_once('万') {
        Some((high, low)) => {
            below_ten_thousand(high)? * 10_000 + if low.is_empty() { 0 } else { below_ten_thousand(low)? }
        }
        None => below_ten_thousand(text)?,
    };
    // Rejects other spellings of the number.
    (write(number)? == text).then_some(number)
}

fn below_ten_thousand(text: &str) -> Option<u32> {
    let (mut number, mut digit) = (0, 0);
    for sign in text.chars() {
        if let Some((value, _)) = UNITS.iter().find(|(_, unit)| *unit == sign) {
            number += digit.max(1) * value;
            digit = 0;
        } else {
            digit = u32::try_from(DIGITS.iter().position(|d| *d == sign)?).ok()?;
        }
    }
    Some(number + digit).filter(|number| (1..10_000).contains(number))
}

pub(super) fn write(number: u32) -> Option<String> {
    if !(1..100_000_000).contains(&number) {
        return None;
    }
    let mut out = String::new();
    if number >= 10_000 {
        if number / 10_000 == 1 {
            out.push('一');
        } else {
            part(number / 10_000, &mut out);
        }
        out.push('万');
    }
    part(number % 10_000, &mut out);
    Some(out)
}

fn part(mut number: u32, out: &mut String) {
    for (value, unit) in UNITS {
        let digit = number / value;
        if digit > 1 {
            out.push(DIGITS[digit as usize]);
        }
        if digit > 0 {
            out.push(unit);
        }
        number %= value;
    }
    if number > 0 {
        out.push(DIGITS[number as usize]);
    }
}
