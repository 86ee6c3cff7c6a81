//! Exact numbers, rounded once (methodology §5).

/// A fraction with a denominator above nought.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    pub top: i128,
    pub bottom: i128,
}

impl Fraction {
    pub fn new(top: i128, bottom: i128) -> Self {
        Self { top, bottom }
    }

    pub fn minus(self, other: Self) -> Self {
        Self::new(
            self.top * other.bottom - other.top * self.bottom,
            self.bottom * other.bottom,
        )
    }

    pub fn at_least(self, other: Self) -> bool {
        self.top * other.bottom >= other.top * self.bottom
    }

    /// Rounded half away from zero to so many decimals.
    pub fn rounded(self, decimals: u32) -> String {
        let scale = 10i128.pow(decimals);
        let (size, bottom) = (self.top.abs() * scale, self.bottom);
        let mut units = size / bottom;
        if 2 * (size % bottom) >= bottom {
            units += 1;
        }
        let sign = if self.top < 0 && units > 0 { "-" } else { "" };
        if decimals == 0 {
            return format!("{sign}{units}");
        }
        format!(
            "{sign}{}.{:0width$}",
            units / scale,
            units % scale,
            width = decimals as usize
        )
    }
}

/// The 95 % Wilson interval of a share, in per cent (2.7).
pub fn wilson(hits: u64, all: u64) -> (f64, f64) {
    let (share, all, z) = (hits as f64 / all as f64, all as f64, 1.959_964_f64);
    let middle = share + z * z / (2.0 * all);
    let spread = z * (share * (1.0 - share) / all + z * z / (4.0 * all * all)).sqrt();
    let whole = 1.0 + z * z / all;
    (
        100.0 * (middle - spread) / whole,
        100.0 * (middle + spread) / whole,
    )
}
