//! A name of an organisation cut into words and numbers.

use unicode_normalization::UnicodeNormalization;

use crate::text::{fold_lookalikes, is_cyrillic, is_hyphen, is_letter, is_quote};

/// A word or a number of a name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Token {
    /// The word folded, or the number without leading zeros, with its letter («5а»).
    pub word: String,
    /// Whether it is a number.
    pub number: bool,
    /// Whether № or the like stands before the number.
    pub signed: bool,
    /// Whether the word begins with a capital letter.
    pub capital: bool,
    /// Whether a full stop follows.
    pub dot: bool,
    /// Whether a comma or the like follows.
    pub comma: bool,
    /// Which pair of quotation marks it stands in; 0 outside.
    pub quoted: u32,
    /// Which pair of brackets it stands in; 0 outside.
    pub bracket: u32,
    /// Whether it follows the one before with nothing but a hyphen in between.
    pub hyphen: bool,
    /// Whether it follows the one before with nothing in between.
    pub glued: bool,
}

/// Words that stand for № before a number.
const SIGNS: [&str; 5] = ["n", "no", "nо", "nº", "номер"];

/// A number of so many digits is a code, not the number of an organisation.
const CODE_DIGITS: usize = 6;

#[derive(Default)]
struct Cutter {
    tokens: Vec<Token>,
    run: String,
    digits: bool,
    signed: bool,
    quotes: u32,
    quoted: bool,
    brackets: u32,
    bracket: bool,
    hyphen: bool,
    glued: bool,
}

impl Cutter {
    fn end_run(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        let capital = run.chars().next().is_some_and(char::is_uppercase);
        let word = if self.digits {
            run.trim_start_matches('0').to_owned()
        } else {
            fold_lookalikes(&run)
        };
        self.tokens.push(Token {
            word,
            number: self.digits,
            signed: self.digits && self.signed,
            capital,
            quoted: if self.quoted { self.quotes } else { 0 },
            bracket: if self.bracket { self.brackets } else { 0 },
            hyphen: self.hyphen,
            glued: self.glued,
            ..Token::default()
        });
        self.signed = false;
        self.hyphen = false;
        self.glued = true;
    }

    fn mark(&mut self, c: char) {
        self.end_run();
        let was_glued = std::mem::take(&mut self.glued);
        match c {
            '№' | '#' => self.signed = true,
            '.' => {
                if let Some(last) = self.tokens.last_mut() {
                    last.dot = true;
                }
            }
            ',' | ';' | ':' => {
                if let Some(last) = self.tokens.last_mut() {
                    last.comma = true;
                }
            }
            '(' | '[' => {
                self.bracket = true;
                self.brackets += 1;
            }
            ')' | ']' => self.bracket = false,
            '«' => {
                self.quoted = true;
                self.quotes += 1;
            }
            '»' => self.quoted = false,
            c if is_quote(c) => {
                self.quoted = !self.quoted;
                if self.quoted {
                    self.quotes += 1;
                }
            }
            c if is_hyphen(c) => self.hyphen = was_glued,
            _ => self.hyphen = false,
        }
    }

    fn take(&mut self, c: char) {
        let digit = c.is_ascii_digit();
        if !digit && !is_letter(c) {
            self.mark(c);
            return;
        }
        if !self.run.is_empty() && digit != self.digits {
            self.end_run();
        }
        self.digits = digit;
        self.run.push(c);
    }
}

/// Cuts a name into words and numbers: № and its like become a mark of the number, «1-я» is the
/// number 1, «5а» the number 5а; codes of many digits are dropped.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut cutter = Cutter::default();
    for c in text.nfc() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            c => cutter.take(c),
        }
    }
    cutter.end_run();
    join_numbers(cutter.tokens)
}

fn join_numbers(raw: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(raw.len());
    for token in raw {
        let Some(last) = out.last_mut() else {
            out.push(token);
            continue;
        };
        if token.number {
            if SIGNS.contains(&last.word.as_str()) && !last.number {
                *last = Token {
                    signed: true,
                    ..token
                };
                continue;
            }
            if token.glued && last.word.ends_with('n') && last.word.chars().any(is_cyrillic) {
                last.word.pop();
                out.push(Token {
                    signed: true,
                    ..token
                });
                continue;
            }
        } else if last.number && (token.glued || token.hyphen) {
            let words = crate::people::organisation_words::vocabulary();
            let letters = token.word.chars().count();
            if words.ordinals.word(&token.word) {
                last.dot = token.dot;
                continue;
            }
            if letters == 1 && token.glued {
                last.word.push_str(&token.word);
                continue;
            }
        }
        out.push(token);
    }
    out.retain(|t| !t.word.is_empty() && (!t.number || t.word.len() < CODE_DIGITS));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text)
            .into_iter()
            .map(|t| {
                if t.signed {
                    format!("№{}", t.word)
                } else {
                    t.word
                }
            })
            .collect()
    }

    #[test]
    fn numbers_in_all_their_spellings() {
        for text in [
            "СОШ №1",
            "СОШ № 1",
            "СОШ N1",
            "СОШ N 1",
            "СОШ #1",
            "СОШ No 1",
            "СОШ No1",
            "СОШ №01",
            "СОШ№1",
            "СОШN1",
            "СОШ Nº1",
            "СОШ\u{a0}№\u{a0}1",
            "СОШ-№1",
        ] {
            assert_eq!(words(text), ["сош", "№1"], "{text}");
        }
        assert_eq!(words("СОШ1"), ["сош", "1"]);
        assert_eq!(words("1-я школа"), ["1", "школа"]);
        assert_eq!(words("школа №5а"), ["школа", "№5а"]);
        assert_eq!(words("СОШ №1 ИНН 5803009999"), ["сош", "№1", "инн"]);
    }

    #[test]
    fn look_alike_letters_become_cyrillic() {
        assert_eq!(words("MБOУ COШ №1"), ["мбоу", "сош", "№1"]);
    }
}
