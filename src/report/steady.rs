//! The disk as the zip library should see it: one that never fails. On a failure it prints a message
//! of its own from a destructor; here the first failure is kept, all after it goes nowhere, and the
//! failure is given at the end as the system told it.

use std::io::{self, ErrorKind, Seek, SeekFrom, Write};

/// Over where a package is written.
pub struct Steady<W> {
    inner: W,
    at: u64,
    failed: Option<io::Error>,
}

impl<W: Write + Seek> Steady<W> {
    /// From the start of `inner` on.
    pub fn new(inner: W) -> Self {
        Self {
            inner,
            at: 0,
            failed: None,
        }
    }

    /// What was written to, all of it there.
    ///
    /// # Errors
    /// The first failure.
    pub fn finish(mut self) -> io::Result<W> {
        match self.failed {
            Some(error) => Err(error),
            None => {
                self.inner.flush()?;
                Ok(self.inner)
            }
        }
    }

    /// What `work` gives, or `otherwise` once something has failed.
    fn keep<T>(
        &mut self,
        otherwise: T,
        work: impl FnOnce(&mut W) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.failed.is_some() {
            return Ok(otherwise);
        }
        match work(&mut self.inner) {
            Err(error) if error.kind() != ErrorKind::Interrupted => {
                self.failed = Some(error);
                Ok(otherwise)
            }
            done => done,
        }
    }
}

impl<W: Write + Seek> Write for Steady<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.keep(bytes.len(), |inner| match inner.write(bytes)? {
            0 if !bytes.is_empty() => Err(ErrorKind::WriteZero.into()),
            written => Ok(written),
        })?;
        self.at = self.at.saturating_add(written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.keep((), Write::flush)
    }
}

impl<W: Write + Seek> Seek for Steady<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let otherwise = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) | SeekFrom::End(by) => self.at.saturating_add_signed(by),
        };
        self.at = self.keep(otherwise, |inner| inner.seek(to))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Seek, SeekFrom, Write};

    use super::Steady;

    #[test]
    fn the_first_failure_is_kept_and_nothing_after_it() {
        let mut room = [0; 4];
        let mut out = Steady::new(Cursor::new(&mut room[..]));
        out.write_all(b"abc").unwrap();
        // One byte of three has room.
        out.write_all(b"def").unwrap();
        out.seek(SeekFrom::Start(0)).unwrap();
        out.write_all(b"x").unwrap();
        assert_eq!(out.stream_position().unwrap(), 1);
        assert!(out.finish().is_err());
        assert_eq!(&room, b"abcd");
        let whole = Steady::new(Cursor::new(Vec::new()));
        assert_eq!(whole.finish().unwrap().into_inner(), b"");
    }
}
