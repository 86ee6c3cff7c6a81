//! Compound files: the small file system inside xls and inside protected workbooks of later Excel.
//!
//! Just enough to take one stream out, with every number checked against the size of the file.

/// A compound file in memory.
pub(super) struct Compound<'f> {
    bytes: &'f [u8],
    /// The size of a sector as a power of two.
    shift: u32,
    /// The sector that follows each sector.
    next: Vec<u32>,
    entries: Vec<Entry>,
    /// Streams shorter than this stand in sectors of 64 bytes inside the root's stream.
    cutoff: u64,
    /// The 64-byte sector that follows each one.
    small_next: Vec<u32>,
}

/// A stream or the root.
struct Entry {
    name: String,
    root: bool,
    start: u32,
    size: u64,
}

/// Sectors of 64 bytes.
const SMALL: u32 = 6;

impl<'f> Compound<'f> {
    /// None when the file does not hold together.
    pub(super) fn new(bytes: &'f [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(bytes, 30)?);
        if shift != 9 && shift != 12 {
            return None;
        }
        let mut compound = Self {
            bytes,
            shift,
            next: Vec::new(),
            entries: Vec::new(),
            cutoff: u64::from(u32_at(bytes, 56)?),
            small_next: Vec::new(),
        };
        compound.next = compound.table()?;
        compound.entries = compound.directory(u32_at(bytes, 48)?)?;
        compound.small_next = numbers(&compound.chain(u32_at(bytes, 60)?)?);
        Some(compound)
    }

    /// Whether it holds a stream of this name, at any place.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.entries
            .iter()
            .any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The contents of a stream; none when it is not there or breaks off.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self
            .entries
            .iter()
            .find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut contents = if entry.size < self.cutoff {
            let root = self.entries.iter().find(|entry| entry.root)?;
            let all = self.chain(root.start)?;
            let most = all.len() >> SMALL;
            follow(entry.start, &self.small_next, most, |sector| {
                let start = (sector as usize) << SMALL;
                all.get(start..start + (1 << SMALL))
            })?
        } else {
            self.chain(entry.start)?
        };
        // The last sector may be cut short by the end of the file.
        contents.truncate(usize::try_from(entry.size).ok()?);
        Some(contents)
    }

    /// The contents of the sectors from one on.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let most = self.bytes.len() >> self.shift;
        follow(start, &self.next, most, |sector| self.sector(sector))
    }

    /// A sector; the last one may be short.
    fn sector(&self, sector: u32) -> Option<&'f [u8]> {
        let start = (sector as usize).checked_add(1)? << self.shift;
        let end = (start + (1 << self.shift)).min(self.bytes.len());
        self.bytes.get(start..end).filter(|bytes| !bytes.is_empty())
    }

    /// The table of the sectors that follow, put together from the sectors that the header lists.
    fn table(&self) -> Option<Vec<u32>> {
        let mut sectors = numbers(self.bytes.get(76..512)?);
        let mut more = u32_at(self.bytes, 68)?;
        let most = self.bytes.len() >> self.shift;
        for _ in 0..most {
            if more >= END {
                break;
            }
            let mut listed = numbers(self.sector(more)?);
            more = listed.pop()?;
            sectors.extend(listed);
        }
        let mut table = Vec::new();
        for sector in sectors
            .into_iter()
            .filter(|sector| *sector < END)
            .take(most)
        {
            table.extend(numbers(self.sector(sector)?));
        }
        Some(table)
    }

    fn directory(&self, start: u32) -> Option<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in self.chain(start)?.chunks_exact(128) {
            let kind = *entry.get(66)?;
            if kind != 2 && kind != 5 {
                continue;
            }
            let length = usize::from(u16_at(entry, 64)?).clamp(2, 64) - 2;
            let letters = entry.get(..length)?.as_chunks::<2>().0;
            let letters: Vec<u16> = letters.iter().map(|two| u16::from_le_bytes(*two)).collect();
            let high = if self.shift == 9 {
                0
            } else {
                u32_at(entry, 124)?
            };
            entries.push(Entry {
                name: String::from_utf16_lossy(&letters),
                root: kind == 5,
                start: u32_at(entry, 116)?,
                size: u64::from(u32_at(entry, 120)?) | u64::from(high) << 32,
            });
        }
        Some(entries)
    }
}

/// Numbers from here on name no sector.
const END: u32 = 0xFFFF_FFFA;

/// Puts a chain of sectors together; a chain longer than `most` goes in circles.
fn follow<'a>(
    start: u32,
    next: &[u32],
    most: usize,
    sector: impl Fn(u32) -> Option<&'a [u8]>,
) -> Option<Vec<u8>> {
    let mut contents = Vec::new();
    let mut at = start;
    for _ in 0..=most {
        if at >= END {
            return Some(contents);
        }
        contents.extend_from_slice(sector(at)?);
        at = *next.get(at as usize)?;
    }
    None
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let fours = bytes.as_chunks::<4>().0;
    fours.iter().map(|four| u32::from_le_bytes(*four)).collect()
}

/// A number of two bytes, the low one first.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2)?.first_chunk()?;
    Some(u16::from_le_bytes(*two))
}

/// A number of four bytes, the low one first.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?.first_chunk()?;
    Some(u32::from_le_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_hold_together_is_none() {
        assert!(Compound::new(b"").is_none());
        assert!(Compound::new(&[0; 600]).is_none());
        // A sector that follows itself.
        assert!(follow(0, &[0], 3, |_| Some(b"x")).is_none());
        assert_eq!(
            follow(0, &[1, 0xFFFF_FFFE], 3, |_| Some(b"x")).unwrap(),
            b"xx"
        );
        // A sector that is not there.
        assert!(follow(7, &[0], 3, |_| Some(b"x")).is_none());
    }
}
