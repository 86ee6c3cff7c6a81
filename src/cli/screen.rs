//! The way to the terminal: texts of inputs, names of files among them, arrive as texts and never as
//! commands to it.

use std::fmt;
use std::io::{self, Write};

use crate::report::guard;

/// Standard output or standard error, with what could steer a terminal taken out of all that is
/// written. Each write is whole characters, as those of `write!` are.
pub struct Screen<'a>(&'a mut dyn Write);

impl<'a> Screen<'a> {
    /// Over where the text goes.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Self(out)
    }

    /// What `write!` and `writeln!` call.
    ///
    /// # Errors
    /// The text cannot be written.
    pub fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> io::Result<()> {
        self.write_all(text.to_string().as_bytes())
    }

    /// Writes JSON, which keeps every character: those that could steer a terminal as `\u001b`.
    ///
    /// # Errors
    /// The text cannot be written.
    pub fn json(&mut self, text: &str) -> io::Result<()> {
        self.0.write_all(guard::json(text).as_bytes())
    }
}

impl Write for Screen<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        self.0.write_all(guard::lines(&text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
