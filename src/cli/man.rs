//! `mms man`: man pages in Russian.

use std::io::{self, Write};

use clap::Command;
use clap_mangen::Man;

use super::Console;
use super::args::ManArgs;
use super::russian::{Page, page};
use crate::failure::Failure;
use crate::text::nearest;

/// Prints the page of the program or of one command, in roff.
///
/// # Errors
/// There is no such command, or standard output is closed.
pub fn run(args: &ManArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let mut root = super::command();
    root.build();
    let command = match args.command.as_deref() {
        None | Some("mms") => root,
        Some(name) => root
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| unknown(name, &root))?,
    };
    let roff = render(&command)?;
    console.out.write_all(roff.as_bytes())?;
    Ok(0)
}

fn unknown(name: &str, root: &Command) -> Failure {
    let known: Vec<&str> = root.get_subcommands().map(Command::get_name).collect();
    let advice = match nearest(name, known.iter().copied()) {
        Some(near) => format!("ближайшая — «{near}»"),
        None => format!("бывают: {}", known.join(", ")),
    };
    Failure::Usage(format!("неизвестная команда «{name}»; {advice}"))
}

/// The page of one command that has been built.
fn render(command: &Command) -> io::Result<String> {
    let page = page(command.get_name());
    let display = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name());
    let man = Man::new(command.clone())
        .title(display)
        .section("1")
        .source(concat!("mms ", env!("CARGO_PKG_VERSION")))
        .manual("Команды пользователя");
    let mut roff = String::from(HEAD);
    let mut add = |title: &str, render: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
        let mut section = Vec::new();
        render(&mut section)?;
        roff.push_str(&titled(&String::from_utf8_lossy(&section), title));
        io::Result::Ok(())
    };
    add("", &|w| man.render_title(w))?;
    add("ИМЯ", &|w| man.render_name_section(w))?;
    add("ИСПОЛЬЗОВАНИЕ", &|w| {
        man.render_synopsis_section(w)
    })?;
    add("ОПИСАНИЕ", &|w| man.render_description_section(w))?;
    add("", &|w| man.render_options_section(w))?;
    if command.has_subcommands() {
        add("КОМАНДЫ", &|w| man.render_subcommands_section(w))?;
    }
    if let Some(page) = page {
        roff.push_str(&examples(page));
    }
    Ok(roff)
}

/// The head of a page: its encoding, and the apostrophe that the generator's texts refer to.
const HEAD: &str = ".\\\" -*- coding: utf-8 -*-\n.ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// A section with its own title in place of the English one; no title leaves it as it is. The
/// generator's own head, which it repeats for each section, is left out.
fn titled(section: &str, title: &str) -> String {
    let mut text = String::new();
    let mut to_replace = !title.is_empty();
    for line in section.lines() {
        if HEAD.lines().any(|head| head == line) {
            continue;
        }
        if to_replace && line.starts_with(".SH ") {
            text.push_str(&format!(".SH \"{title}\""));
            to_replace = false;
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}

/// The examples, each command on a line of its own.
fn examples(page: &Page) -> String {
    let mut text = String::from(".SH \"ПРИМЕРЫ\"\n");
    for example in &page.examples {
        text.push_str(&format!(
            ".PP\n{}:\n.RS 4\n.nf\n{}\n.fi\n.RE\n",
            escaped(&example.text),
            escaped(&example.run)
        ));
    }
    text
}

/// Text that roff prints as it stands.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) {
        format!("\\&{text}")
    } else {
        text
    }
}
