//! The edge to the libraries: a panic inside one becomes a failure that names the file.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;

use super::file::DAMAGED;
use crate::failure::Failure;

thread_local! {
    /// Whether this thread is inside a library, so that a panic there is not printed.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Runs `work`, which calls a reader library and nothing of ours. A panic in it is a damaged file.
pub(crate) fn guarded<T>(
    path: &Path,
    work: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    quietly(work).unwrap_or_else(|_| Err(Failure::input(path, DAMAGED)))
}

/// Runs `work` and catches a panic in it, of which nothing is printed. Panics elsewhere keep their
/// usual message: the hook that is set here, once, passes them on.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> std::thread::Result<T> {
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !INSIDE.get() {
                usual(panic);
            }
        }));
    });
    let before = INSIDE.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    INSIDE.set(before);
    outcome
}

/// What a user reads of a panic.
pub(crate) fn internal_error(panic: &(dyn Any + Send)) -> String {
    format!(
        "внутренняя ошибка программы ({}); сообщите о ней, приложив таблицы без имён",
        words(panic)
    )
}

/// The message of a panic.
pub(crate) fn words(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or(panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("без пояснения")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_failure_that_names_the_file() {
        let failure = guarded(Path::new("a.xls"), || -> Result<(), Failure> {
            panic!("inside")
        })
        .unwrap_err();
        assert_eq!(failure.to_string(), format!("a.xls: {DAMAGED}"));
        assert_eq!(failure.exit_code(), 3);
    }

    #[test]
    fn an_outcome_passes_through() {
        assert_eq!(guarded(Path::new("a"), || Ok(7)).unwrap(), 7);
        assert!(guarded::<()>(Path::new("a"), || Err(Failure::input("a", "нет"))).is_err());
    }
}
