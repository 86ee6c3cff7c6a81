//! Packages whose parts unpack to far more than they take: raw deflate written by hand, so that
//! gigabytes cost nothing to make, in a zip whose headers say what a test wants them to say.

#![allow(dead_code, reason = "each of the tests uses a part")]

/// Bits from the lowest, as deflate packs them.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    free: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            let at = 8 - self.free;
            *self.bytes.last_mut().unwrap() |= ((value >> bit & 1) as u8) << at;
            self.free -= 1;
        }
    }

    /// A block of bytes as they are.
    fn stored(&mut self, last: bool, contents: &[u8]) {
        self.put(u32::from(last), 3);
        self.free = 0;
        let length = u16::try_from(contents.len()).unwrap();
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend((!length).to_le_bytes());
        self.bytes.extend(contents);
    }
}

/// One part of a package.
pub struct Part {
    name: String,
    /// Its deflated contents.
    packed: Vec<u8>,
    /// The checksum of the contents, where they are few enough to compute it.
    checksum: u32,
    /// How many bytes it unpacks to.
    pub size: u64,
    /// How many bytes its headers say.
    pub said: u64,
}

impl Part {
    /// Its name in the package.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// A part with these contents alone.
pub fn plain(name: &str, contents: &str) -> Part {
    repeated(name, contents, "", 0, "")
}

/// A part with contents between which `unit`, of 1 to 8 bytes, stands so often that they fill `size` bytes.
pub fn repeated(name: &str, before: &str, unit: &str, size: u64, after: &str) -> Part {
    let mut bits = Bits::default();
    let runs = size / 258;
    bits.stored(
        runs == 0 && after.is_empty(),
        format!("{before}{unit}").as_bytes(),
    );
    if runs > 0 {
        // A block of two codes: 258 bytes again from `unit` before (one bit and one for the distance,
        // with one bit more from five bytes on), and the end.
        let (distance, extra) = match unit.len() {
            length @ 1..=4 => (length as u32 - 1, 0),
            5..=6 => (4, 1),
            7..=8 => (5, 1),
            other => panic!("a unit of {other} bytes"),
        };
        bits.put(0b100, 3);
        bits.put(29, 5);
        bits.put(distance, 5);
        bits.put(14, 4);
        // The lengths of the codes for lengths: of 18 two bits, of 0 one, of 1 two.
        for length in [0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2] {
            bits.put(length, 3);
        }
        let zeros = |bits: &mut Bits, count: u32| {
            bits.put(0b11, 2);
            bits.put(count - 11, 7);
        };
        let one = |bits: &mut Bits| bits.put(0b01, 2);
        zeros(&mut bits, 138);
        zeros(&mut bits, 118);
        one(&mut bits);
        zeros(&mut bits, 28);
        one(&mut bits);
        for _ in 0..distance {
            bits.put(0, 1);
        }
        one(&mut bits);
        let run = |bits: &mut Bits| {
            bits.put(1, 1);
            bits.put(0, 1);
            bits.put((unit.len() as u32 + 1) % 2, extra);
        };
        // Eight runs are whole bytes, and so the same bytes again, from one begun to the next.
        (0..8).for_each(|_| run(&mut bits));
        let start = bits.bytes.len() - 1;
        (0..8).for_each(|_| run(&mut bits));
        let begun = bits.bytes.pop().unwrap();
        let again = bits.bytes[start..].to_vec();
        let groups = usize::try_from(runs / 8).unwrap().saturating_sub(2);
        bits.bytes.extend(again.repeat(groups));
        bits.bytes.push(begun);
        (0..runs % 8).for_each(|_| run(&mut bits));
        bits.put(0, 1);
    }
    if runs > 0 || !after.is_empty() {
        bits.stored(true, after.as_bytes());
    }
    let runs = if runs > 0 { runs.max(16) } else { 0 };
    let size = (before.len() + unit.len() + after.len()) as u64 + runs * 258;
    let checksum = if size < 1 << 20 {
        let repeated = unit.bytes().cycle().take(unit.len() + runs as usize * 258);
        checksum(before.bytes().chain(repeated).chain(after.bytes()))
    } else {
        0
    };
    Part {
        name: name.to_owned(),
        packed: bits.bytes,
        checksum,
        size,
        said: size,
    }
}

/// CRC-32, bit by bit.
fn checksum(bytes: impl Iterator<Item = u8>) -> u32 {
    !bytes.fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

/// A package of these parts. The checksums of huge ones are wrong: nobody should read them to the end.
pub fn package(parts: &[Part]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for part in parts {
        let mut facts = Vec::new();
        let short = |value: u16| value.to_le_bytes();
        let long = |value: u64| u32::try_from(value).unwrap().to_le_bytes();
        facts.extend(short(20));
        facts.extend([0, 0]);
        facts.extend(short(8));
        facts.extend([0; 4]);
        facts.extend(part.checksum.to_le_bytes());
        facts.extend(long(part.packed.len() as u64));
        facts.extend(long(part.said));
        facts.extend(short(u16::try_from(part.name.len()).unwrap()));
        facts.extend(short(0));
        directory.extend(b"PK\x01\x02");
        directory.extend(short(20));
        directory.extend(&facts);
        directory.extend([0; 10]);
        directory.extend(long(out.len() as u64));
        directory.extend(part.name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&facts);
        out.extend(part.name.as_bytes());
        out.extend(&part.packed);
    }
    let start = u32::try_from(out.len()).unwrap();
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend(u32::try_from(directory.len()).unwrap().to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}
