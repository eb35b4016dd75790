//! Numbers in English words, 0 to 999,999,999.

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

pub(super) fn read(text: &str) -> Option<u32> {
    let (mut whole, mut part) = (0_u32, 0_u32);
    for word in text.split_whitespace() {
        let place =
            |words: &[&str]| words.iter().position(|known| *known == word).and_then(|at| u32::try_from(at).ok());
        match word {
            "hundred" => part = part.checked_mul(100)?,
            "thousand" => (whole, part) = (whole.checked_add(part.checked_mul(1000)?)?, 0),
            "million" => (whole, part) = (whole.checked_add(part.checked_mul(1_000_000)?)?, 0),
            _ => part = part.checked_add(place(&SMALL).or_else(|| Some(place(&TENS)? * 10))?)?,
        }
    }
    let number = whole.checked_add(part)?;
    // Rejects other spellings of the number.
    (write(number)? == text).then_some(number)
}

pub(super) fn write(number: u32) -> Option<String> {
    if number >= 1_000_000_000 {
        return None;
    }
    let mut words: Vec<&str> = Vec::new();
    let parts = [(number / 1_000_000, "million"), (number / 1000 % 1000, "thousand"), (number % 1000, "")];
    for (part, name) in parts {
        if part == 0 {
            continue;
        }
        if part >= 100 {
            words.extend([SMALL[(part / 100) as usize], "hundred"]);
        }
        match part % 100 {
            0 => {}
            small @ 1..20 => words.push(SMALL[small as usize]),
            rest => {
                words.push(TENS[(rest / 10) as usize]);
                words.extend((rest % 10 > 0).then_some(SMALL[(rest % 10) as usize]));
            }
        }
        words.extend((!name.is_empty()).then_some(name));
    }
    Some(if words.is_empty() { SMALL[0].to_owned() } else { words.join(" ") })
}
