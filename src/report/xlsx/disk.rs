//! The disk under the sheets that are written row by row. rust_xlsxwriter has their rows in a file of
//! its own, and a disk that fails it comes as a panic, with the system's error in its message.

use std::io;

use rust_xlsxwriter::XlsxError;

use crate::source::{internal_error, quietly, words};

/// What `work` gives, or the error of the disk that stopped it.
pub(super) fn written<T>(work: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, XlsxError> {
    quietly(work).unwrap_or_else(|panic| {
        let error = system_error(words(&*panic));
        Err(error
            .unwrap_or_else(|| io::Error::other(internal_error(&*panic)))
            .into())
    })
}

/// The error of the system whose number a message shows: `Os { code: 28, … }`.
fn system_error(message: &str) -> Option<io::Error> {
    let (_, rest) = message.split_once("Os { code: ")?;
    let (code, _) = rest.split_once(',')?;
    code.parse().ok().map(io::Error::from_raw_os_error)
}

#[cfg(test)]
mod tests {
    use std::io;

    use rust_xlsxwriter::XlsxError;

    use super::written;

    fn panicked(message: &str) -> io::Error {
        match written::<()>(|| panic!("{message}")) {
            Err(XlsxError::IoError(error)) => error,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_error_of_the_system_comes_back_out_of_a_panic() {
        // As `expect` of the library tells it.
        let full = io::Error::from_raw_os_error(28);
        let error = panicked(&format!("Couldn't write to xml file: {full:?}"));
        assert_eq!(error.raw_os_error(), Some(28));
    }

    #[test]
    fn any_other_panic_is_told_as_what_it_is() {
        let error = panicked("деление на ноль");
        assert_eq!(
            error.to_string(),
            "внутренняя ошибка программы (деление на ноль); сообщите о ней, приложив таблицы без имён"
        );
    }

    #[test]
    fn what_is_written_passes_through() {
        assert!(matches!(written(|| Ok(7)), Ok(7)));
    }
}
