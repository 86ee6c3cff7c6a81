//! The words of a name that speak of the organisation itself: those of a branch name another too.

use crate::people::organisation_tokens::Token;
use crate::people::organisation_words::vocabulary;

/// Parts «МБОУСОШ» into form and kind.
pub fn split_glued(words: &mut Vec<Token>) {
    let v = vocabulary();
    let mut at = 0;
    while at < words.len() {
        let word = &words[at].word;
        let known = words[at].number || v.forms.contains_key(word) || v.kind_words.contains(word);
        let cut = (!known && word.chars().count() >= 5)
            .then(|| {
                word.char_indices().map(|(i, _)| i).skip(2).find(|&i| {
                    v.forms.contains_key(&word[..i]) && v.kind_words.contains(&word[i..])
                })
            })
            .flatten();
        if let Some(cut) = cut {
            let mut second = words[at].clone();
            second.word = second.word.split_off(cut);
            second.hyphen = false;
            words[at].word.truncate(cut);
            words[at].dot = false;
            words.insert(at + 1, second);
        }
        at += 1;
    }
}

fn begins_form(words: &[Token], at: usize) -> bool {
    let v = vocabulary();
    words.get(at).is_some_and(|t| {
        !t.number && (v.forms.contains_key(&t.word) || v.form_before.word(&t.word))
    })
}

/// The words of the organisation that a branch belongs to; none where the text names no branch.
pub fn head_of_branch(words: &[Token]) -> Option<Vec<Token>> {
    let v = vocabulary();
    let (at, length) = (0..words.len()).find_map(|at| {
        let (length, ()) = v.branch.at(words, at)?;
        // «СОШ №1 с филиалом» is the school.
        if at > 0 && words[at - 1].word == "с" {
            return None;
        }
        Some((at, length))
    })?;
    let after = at + length;
    let form_in =
        |range: std::ops::Range<usize>| range.into_iter().find(|&i| begins_form(words, i));
    let kind_in = |range: std::ops::Range<usize>| {
        range
            .into_iter()
            .find(|&i| v.kind_names.at(words, i).is_some())
    };
    let bracketed = words[at].bracket > 0 && at > 0 && words[at - 1].bracket != words[at].bracket;
    let before_names = form_in(0..at).is_some() || kind_in(0..at).is_some();
    if bracketed && before_names {
        return Some(words[..at].to_vec());
    }
    if begins_form(words, after) {
        return Some(words[after..].to_vec());
    }
    if form_in(0..at).is_some() {
        return Some(words[..at].to_vec());
    }
    if let Some(from) = form_in(after..words.len()) {
        return Some(words[from..].to_vec());
    }
    let kind_after = kind_in(after..words.len());
    let numbered = |from: usize| words[from..].iter().any(|t| t.number);
    match (kind_after, before_names) {
        (Some(from), false) => Some(words[from..].to_vec()),
        (Some(from), true) if from == after && numbered(from) => Some(words[from..].to_vec()),
        (_, true) => Some(words[..at].to_vec()),
        (None, false) => {
            let mut rest = words.to_vec();
            rest.drain(at..after);
            Some(rest)
        }
    }
}
