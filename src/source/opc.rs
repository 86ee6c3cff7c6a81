//! The package of Excel's workbooks: parts by their names, and what they refer to.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};

use zip::read::ZipFile;

use super::bounds::Bounds;
use super::file::InputFile;
use super::guard::Guarded;
use super::package::{Archive, bytes, part_failure, refused, zip_failure};
use super::xml::{Token, Trouble, Xml};
use crate::failure::Failure;
use crate::settings::Limits;

/// An open package.
pub(super) struct Package {
    pub file: InputFile,
    pub limits: Limits,
    archive: Archive,
    /// The parts by their names in lower case: programs differ in case.
    parts: BTreeMap<String, usize>,
}

/// Another part that a part refers to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Relation {
    /// The last word of its type: `worksheet`, `styles`, `sharedStrings`, `officeDocument`.
    pub kind: String,
    /// The name of the part, as the package has it but for case.
    pub target: String,
}

/// What a part refers to, by id.
pub(super) type Relations = BTreeMap<String, Relation>;

impl Package {
    /// Lists the parts.
    pub(super) fn new(
        file: &InputFile,
        archive: Archive,
        limits: &Limits,
    ) -> Result<Self, Failure> {
        let mut parts = BTreeMap::new();
        for (index, name) in archive.file_names().enumerate() {
            let name = name.map_err(|error| zip_failure(file.path(), error))?;
            parts.insert(name.replace('\\', "/").to_ascii_lowercase(), index);
        }
        Ok(Self {
            file: file.clone(),
            limits: limits.clone(),
            archive,
            parts,
        })
    }

    /// The place of a part.
    pub(super) fn index(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/').to_ascii_lowercase();
        self.parts.get(&name).copied()
    }

    /// A part by its place, unpacked as it is read.
    pub(super) fn open(
        &mut self,
        index: usize,
    ) -> Result<Guarded<ZipFile<'_, BufReader<File>>>, Failure> {
        match self.archive.by_index(index) {
            Ok(part) => Ok(Guarded(part)),
            Err(error) => Err(zip_failure(self.file.path(), error)),
        }
    }

    /// Reads a part; none when there is no such part.
    pub(super) fn part<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Read) -> Result<T, Trouble>,
    ) -> Result<Option<T>, Failure> {
        let Some(index) = self.index(name) else {
            return Ok(None);
        };
        let outcome = read(&mut self.open(index)?);
        outcome.map(Some).map_err(|trouble| match trouble {
            Trouble::Io(error) => part_failure(self.file.path(), &error),
            trouble => Bounds::new(self.file.path(), "", &self.limits).trouble(trouble),
        })
    }

    /// The main part of a workbook, and what it refers to. `usual` is its usual name.
    pub(super) fn workbook(&mut self, usual: &str) -> Result<(String, Relations), Failure> {
        let package = self
            .part("_rels/.rels", |part| relations(part, ""))?
            .unwrap_or_default();
        let workbook = package
            .into_values()
            .find(|relation| relation.kind == "officeDocument")
            .map_or_else(|| usual.to_owned(), |found| found.target);
        let (folder, name) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
        let relations = self
            .part(&format!("{folder}/_rels/{name}.rels"), |part| {
                relations(part, folder)
            })?
            .unwrap_or_default();
        Ok((workbook, relations))
    }

    /// Fails when a part that is kept in memory is too large for it.
    pub(super) fn check_memory(&mut self, name: &str) -> Result<(), Failure> {
        let Some(index) = self.index(name) else {
            return Ok(());
        };
        let path = self.file.path();
        let size = match self.archive.by_index_raw(index) {
            Ok(part) => part.size(),
            Err(error) => return Err(zip_failure(path, error)),
        };
        if size <= self.limits.memory_bytes {
            return Ok(());
        }
        let (size, most) = (bytes(size), bytes(self.limits.memory_bytes));
        Err(refused(
            path,
            &format!("тексты ячеек занимают {size}, а допускается не больше {most}"),
            "memory_bytes",
        ))
    }
}

/// The part of a kind that is referred to.
pub(super) fn target<'r>(relations: &'r Relations, kind: &str) -> Option<&'r str> {
    let found = relations.values().find(|relation| relation.kind == kind);
    found.map(|relation| relation.target.as_str())
}

/// Reads what a part in the folder `base` (`xl`) refers to.
fn relations(input: &mut dyn Read, base: &str) -> Result<Relations, Trouble> {
    let mut xml = Xml::new(input, 1 << 20);
    let mut relations = Relations::new();
    loop {
        match xml.next()? {
            Token::End => return Ok(relations),
            Token::Open(tag) if tag.local() == b"Relationship" => {
                let (Some(id), Some(kind), Some(target)) =
                    (tag.text(b"Id"), tag.text(b"Type"), tag.text(b"Target"))
                else {
                    continue;
                };
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let target = resolve(base, &target);
                relations.insert(id, Relation { kind, target });
            }
            _ => {}
        }
    }
}

/// `../a/b.xml` from `xl/worksheets` is `xl/a/b.xml`; `/xl/b.xml` is `xl/b.xml`.
fn resolve(base: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = Vec::new();
    let base = if target.starts_with('/') { "" } else { base };
    for part in base.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_the_folder_of_the_part() {
        assert_eq!(
            resolve("xl", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(resolve("xl", "/xl/sheet1.xml"), "xl/sheet1.xml");
        assert_eq!(resolve("xl/worksheets", "../a.xml"), "xl/a.xml");
        assert_eq!(resolve("", "xl\\workbook.xml"), "xl/workbook.xml");
    }

    #[test]
    fn relations_by_id() {
        let text = "<Relationships><Relationship Id=\"rId1\" \
            Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet\" \
            Target=\"worksheets/sheet1.xml\"/></Relationships>";
        let relations = relations(&mut text.as_bytes(), "xl").unwrap();
        assert_eq!(
            target(&relations, "worksheet"),
            Some("xl/worksheets/sheet1.xml")
        );
        assert_eq!(relations["rId1"].kind, "worksheet");
    }
}
