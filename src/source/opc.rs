//! The package of Excel's workbooks: which part holds which sheet, and what calamine keeps in memory.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::file::{BLOCK, DAMAGED, InputFile};
use super::package::{Archive, bytes, refused, zip_failure};
use crate::failure::Failure;
use crate::settings::Limits;

/// So many shared texts may be claimed by a part of any size: room for them takes 24 MB.
const HARMLESS_TEXTS: u64 = 1_000_000;

/// An open package.
pub(super) struct Package {
    file: InputFile,
    archive: Archive,
    /// The parts by their names in lower case: programs differ in case.
    parts: BTreeMap<String, usize>,
}

impl Package {
    /// Lists the parts.
    pub(super) fn new(file: &InputFile, archive: Archive) -> Result<Self, Failure> {
        let mut parts = BTreeMap::new();
        for (index, name) in archive.file_names().enumerate() {
            let name = name.map_err(|error| zip_failure(file.path(), error))?;
            parts.insert(name.replace('\\', "/").to_ascii_lowercase(), index);
        }
        Ok(Self {
            file: file.clone(),
            archive,
            parts,
        })
    }

    /// Reads a part; none when there is no such part.
    pub(super) fn part<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Read) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        let Some(index) = self.parts.get(&name.to_ascii_lowercase()) else {
            return Ok(None);
        };
        match self.archive.by_index(*index) {
            Ok(mut part) => read(&mut part).map(Some),
            Err(error) => Err(zip_failure(self.file.path(), error)),
        }
    }

    /// Reads a part that is not read again, so that no file can have one read many times.
    pub(super) fn take<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Read) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        let found = self.part(name, read);
        self.done(name);
        found
    }

    /// Nobody reads a part again.
    pub(super) fn done(&mut self, name: &str) {
        self.parts.remove(&name.to_ascii_lowercase());
    }

    /// The main part of a workbook. `usual` is its usual name.
    pub(super) fn workbook(&mut self, usual: &str) -> Result<String, Failure> {
        let mut workbook = None;
        self.elements("_rels/.rels", |element| {
            if element.local_name().as_ref() == "Relationship"
                && attribute(element, "Type")?.ends_with("/officeDocument")
            {
                workbook = attribute(element, "Target");
            }
            Some(true)
        })?;
        let workbook = workbook.unwrap_or_else(|| usual.to_owned());
        Ok(workbook.trim_start_matches('/').to_owned())
    }

    /// The main part of an xlsx, with what calamine keeps of it in memory within the bounds.
    pub(super) fn check_workbook(&mut self, limits: &Limits) -> Result<String, Failure> {
        let workbook = self.workbook("xl/workbook.xml")?;
        let folder = workbook.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.check_memory(folder, limits)?;
        Ok(workbook)
    }

    /// The parts that the main part refers to, by the ids of the references.
    pub(super) fn relations(&mut self, main: &str) -> Result<BTreeMap<String, String>, Failure> {
        let (folder, name) = main.rsplit_once('/').unwrap_or(("", main));
        let mut relations = BTreeMap::new();
        self.elements(&format!("{folder}/_rels/{name}.rels"), |element| {
            let id = attribute(element, "Id")?;
            let target = attribute(element, "Target")?;
            let part = match target.strip_prefix('/') {
                Some(target) => target.to_owned(),
                None => format!("{folder}/{target}"),
            };
            relations.insert(id, part.trim_start_matches('/').to_owned());
            Some(true)
        })?;
        Ok(relations)
    }

    /// Shows the opening tags of an XML part to `each`, until that gives false.
    pub(super) fn elements(
        &mut self,
        name: &str,
        mut each: impl FnMut(&BytesStart<'_>) -> Option<bool>,
    ) -> Result<(), Failure> {
        let path = self.file.path().to_owned();
        self.part(name, |part| {
            let mut xml = quick_xml::Reader::from_reader(BufReader::with_capacity(BLOCK, part));
            let mut buffer = Vec::new();
            loop {
                match xml.read_event_into(&mut buffer) {
                    Ok(Event::Start(element) | Event::Empty(element)) => {
                        if each(&element) == Some(false) {
                            return Ok(());
                        }
                    }
                    Ok(Event::Eof) => return Ok(()),
                    Ok(_) => {}
                    Err(_) => return Err(Failure::input(&path, DAMAGED)),
                }
                buffer.clear();
            }
        })?;
        Ok(())
    }

    /// Fails when the parts that calamine keeps in memory, shared texts and styles, are too large
    /// for it or claim to hold more than they can.
    pub(super) fn check_memory(&mut self, folder: &str, limits: &Limits) -> Result<(), Failure> {
        let path = self.file.path().to_owned();
        let too_large = |what: &str, size: u64| {
            let (size, most) = (bytes(size), bytes(limits.memory_bytes));
            let found = format!("{what} занимают {size}, а допускается не больше {most}");
            refused(&path, &found, "memory_bytes")
        };
        for ending in ["xml", "bin"] {
            let name = format!("{folder}/sharedStrings.{ending}");
            let name = name.trim_start_matches('/').to_ascii_lowercase();
            let Some(index) = self.parts.get(&name).copied() else {
                continue;
            };
            let size = match self.archive.by_index_raw(index) {
                Ok(part) => part.size(),
                Err(error) => return Err(zip_failure(&path, error)),
            };
            if size > limits.memory_bytes {
                return Err(too_large("тексты ячеек", size));
            }
            // calamine makes room for as many texts as the part claims by `uniqueCount` (`count` is
            // how often they are used); none takes fewer than the five bytes of `<si/>`. A wrong
            // number that takes little room does no harm.
            let mut claimed = None;
            if ending == "xml" {
                self.elements(&name, |element| {
                    claimed = attribute(element, "uniqueCount")
                        .and_then(|count| count.trim().parse::<u64>().ok());
                    Some(element.local_name().as_ref() != "sst")
                })?;
            }
            if claimed.is_some_and(|count| count > (size / 5).max(HARMLESS_TEXTS)) {
                return Err(Failure::input(&path, DAMAGED));
            }
        }
        // calamine keeps a copy of the font's name and the format's code with every style.
        let (mut styles, mut longest) = (0_u64, std::mem::size_of::<calamine::Style>());
        self.elements(&format!("{folder}/styles.xml"), |element| {
            styles += u64::from(element.local_name().as_ref() == "xf");
            longest = longest.max(element.len());
            Some(true)
        })?;
        let most = styles.saturating_mul(2 * longest as u64);
        match most > limits.memory_bytes {
            true => Err(too_large("виды ячеек", most)),
            false => Ok(()),
        }
    }
}

/// The value of an attribute, named without its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}
