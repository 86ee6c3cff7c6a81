//! Watches a text go by, for what the csv crate passes in silence: a quote that swallows the rows
//! after it, and NULs.

use std::io::{Error, ErrorKind, Read};

use super::text::Fault;

/// Where in the text the watch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Outside quotes; whether a quote here opens a quoted field.
    Outside { start: bool },
    /// Inside a quoted field that was opened on this line.
    Quoted { line: u64 },
    /// After a quote inside a quoted field: its end, or the first of two.
    Closing { line: u64 },
}

/// A reader of UTF-8 that fails on a NUL, on a quote that is never closed, and on one that closes
/// lines later in the middle of a field.
pub(super) struct Watch<R> {
    inner: R,
    delimiter: u8,
    state: State,
    /// The line at hand, from 1.
    line: u64,
}

impl<R: Read> Watch<R> {
    pub(super) fn new(inner: R, delimiter: u8) -> Self {
        Self {
            inner,
            delimiter,
            state: State::Outside { start: true },
            line: 1,
        }
    }

    fn look(&mut self, block: &[u8]) -> Result<(), Fault> {
        if let Some(at) = memchr::memchr(0, block) {
            let before = block.get(..at).unwrap_or_default();
            return Err(Fault::Nul(self.line + line_feeds(before)));
        }
        let mut rest = block;
        while let Some(&first) = rest.first() {
            match self.state {
                State::Outside { start } => {
                    if start && first == b'"' {
                        self.state = State::Quoted { line: self.line };
                        rest = rest.get(1..).unwrap_or_default();
                        continue;
                    }
                    // On to the next quote; what stands before it tells whether it opens a field.
                    let at = memchr::memchr(b'"', rest).unwrap_or(rest.len());
                    let (passed, ahead) = rest.split_at(at.max(1));
                    self.line += line_feeds(passed);
                    let last = passed.last().copied().unwrap_or(0);
                    self.state = State::Outside {
                        start: last == self.delimiter || last == b'\n',
                    };
                    rest = ahead;
                }
                State::Quoted { line } => {
                    let at = memchr::memchr(b'"', rest).unwrap_or(rest.len());
                    let (passed, ahead) = rest.split_at(at);
                    self.line += line_feeds(passed);
                    if let [_, after @ ..] = ahead {
                        self.state = State::Closing { line };
                        rest = after;
                    } else {
                        rest = ahead;
                    }
                }
                State::Closing { line } => {
                    if first == b'"' {
                        self.state = State::Quoted { line };
                        rest = rest.get(1..).unwrap_or_default();
                        continue;
                    }
                    let ends = first == self.delimiter || matches!(first, b'\n' | b'\r');
                    if !ends && self.line > line {
                        return Err(Fault::StrayQuote(line));
                    }
                    self.state = State::Outside { start: false };
                }
            }
        }
        Ok(())
    }
}

fn line_feeds(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

impl<R: Read> Read for Watch<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(out)?;
        let outcome = match (read, self.state) {
            (0, State::Quoted { line }) => Err(Fault::OpenQuote(line)),
            _ => self.look(out.get(..read).unwrap_or_default()),
        };
        outcome.map_err(|fault| Error::new(ErrorKind::InvalidData, fault))?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `text` in blocks of every small size, which must all agree.
    fn watch(text: &str) -> Result<(), Fault> {
        let mut outcomes = Vec::new();
        for size in 1..=text.len().max(1) {
            let mut watch = Watch::new(text.as_bytes(), b';');
            let mut block = vec![0; size];
            outcomes.push(loop {
                match watch.read(&mut block) {
                    Ok(0) => break Ok(()),
                    Ok(_) => {}
                    Err(error) => break Err(error.downcast::<Fault>().unwrap()),
                }
            });
        }
        assert!(
            outcomes.iter().all(|outcome| *outcome == outcomes[0]),
            "{outcomes:?}"
        );
        outcomes[0]
    }

    #[test]
    fn sound_quotes_pass() {
        assert_eq!(watch("a;\"b\";c\n\"d\"\"e\";\"f\ng\"\r\n\"\";\n"), Ok(()));
        assert_eq!(watch("МБОУ \"СОШ №1\";1\n"), Ok(()));
        // As some programs write it; the csv crate keeps all of it in one field.
        assert_eq!(watch("\"МБОУ \"СОШ №1\"\";1\n"), Ok(()));
    }

    #[test]
    fn a_quote_that_is_never_closed() {
        assert_eq!(watch("a;b\n\"c;d\ne;f\n"), Err(Fault::OpenQuote(2)));
    }

    #[test]
    fn a_quote_that_swallows_the_next_row() {
        assert_eq!(
            watch("a\n1;\"Школа;5\n2;\"Лицей\";7\n"),
            Err(Fault::StrayQuote(2))
        );
    }

    #[test]
    fn a_nul_is_named_by_its_line() {
        assert_eq!(watch("a;b\nc;\0d\n"), Err(Fault::Nul(2)));
    }
}
