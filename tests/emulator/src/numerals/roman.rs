//! Roman numerals, 1 to 3,999.

const VALUES: [(u32, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

pub(super) fn read(text: &str) -> Option<u32> {
    let (mut rest, mut number) = (text, 0);
    for (value, sign) in VALUES {
        while let Some(after) = rest.strip_prefix(sign) {
            number += value;
            rest = after;
        }
    }
    // Rejects other spellings of the number.
    (rest.is_empty() && write(number)? == text).then_some(number)
}

pub(super) fn write(mut number: u32) -> Option<String> {
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut out = String::new();
    for (value, sign) in VALUES {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    Some(out)
}
