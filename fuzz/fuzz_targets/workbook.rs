#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mms_fuzz::workbook(bytes));
