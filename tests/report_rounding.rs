//! The formula `ROUND(100*n/d, k)` gives what exact rounding gives: the quotient of two whole
//! numbers is the double nearest to the exact share, and spreadsheets round its fifteen digits.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what cannot be done fails the test"
)]

use mms::ratio::Ratio;

/// Rounding as spreadsheets do it: the number's fifteen significant digits, half away from zero.
fn spreadsheet_round(value: f64, digits: usize) -> String {
    let scientific = format!("{value:.14e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap();
    let digits_of: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let point = exponent.parse::<i32>().unwrap() + 1;
    let whole: i128 = digits_of.parse().unwrap();
    // value = whole / 10^(15 - point)
    let scale = u32::try_from(15 - point).unwrap();
    Ratio::new(whole, 10_i128.pow(scale))
        .unwrap()
        .rounded(digits as u32)
}

#[test]
fn shares_round_alike_for_all_small_groups() {
    for d in 1..=2000_i32 {
        for n in 0..=d {
            let value = f64::from(100 * n) / f64::from(d);
            let exact = Ratio::new(100 * i128::from(n), d.into()).unwrap();
            // Every number of decimals where a tie is possible, one digit everywhere.
            for k in 0..=4_u32 {
                let doubled = 200 * i64::from(n) * 10_i64.pow(k);
                let tie = doubled % i64::from(d) == 0 && doubled / i64::from(d) % 2 == 1;
                if (tie || k == 1) && n > 0 {
                    assert_eq!(
                        spreadsheet_round(value, k as usize),
                        exact.rounded(k),
                        "100*{n}/{d} to {k}"
                    );
                }
            }
        }
    }
}
