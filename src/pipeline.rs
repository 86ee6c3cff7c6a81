//! The way of a run: inputs → dataset → roster → assessment. Every command that computes goes it.

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::failure::Failure;
use crate::finding::Findings;
use crate::indicators::compute;
use crate::indicators::context::{Context, Links, Statuses};
use crate::indicators::doubt::{Doubt, doubt};
use crate::indicators::figure::{Assessment, Figure};
use crate::indicators::registry::FederalRegistry;
use crate::people::name::Names;
use crate::people::organisation::Directory;
use crate::people::position::Nomenclature;
use crate::people::privacy::Privacy;
use crate::people::roster::{Roster, RosterBuilder};
use crate::period::{Period, Window, WindowKind, quarters_for_dynamics};
use crate::registers::phrase::Phrases;
use crate::registers::{Dataset, RegisterId, read, taken_for_others};
use crate::settings::Settings;
use crate::source::{TextOptions, discover};

/// What a run is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Files and folders.
    pub inputs: Vec<PathBuf>,
    /// The settings in force, flags included.
    pub settings: Settings,
    /// The period.
    pub period: Period,
    /// How delimited text is read, where that is forced.
    pub text: TextOptions,
}

/// Everything that a run found out.
#[derive(Clone, Debug)]
pub struct Run {
    /// The settings in force.
    pub settings: Settings,
    /// What was said of delimited texts.
    pub text: TextOptions,
    /// All rows, with the account of every one.
    pub dataset: Dataset,
    /// The organisations.
    pub directory: Directory,
    /// The persons.
    pub roster: Roster,
    /// Whose each record is.
    pub links: Links,
    /// The figures with their verdicts.
    pub assessment: Assessment,
    /// All findings, ordered by weight.
    pub findings: Findings,
    /// The folded names, which other dates add to.
    names: Arc<Mutex<Names>>,
    privacy: [OnceLock<Privacy>; 2],
    dynamics: OnceLock<Vec<Assessment>>,
    /// The kind of window that the settings ask for.
    window: Option<WindowKind>,
    tools: Arc<Tools>,
}

impl Request {
    /// Reads the inputs and computes the fourteen figures.
    ///
    /// # Errors
    /// An input cannot be read or understood, there is no staff table, or a setting is impossible.
    pub fn run(&self) -> Result<Run, Failure> {
        // On the threads of all later work: what they free while they read, they take again.
        rayon::scope(|_| {
            let dataset = self.read()?;
            self.assess(dataset)
        })
    }

    /// Reads the inputs alone.
    ///
    /// # Errors
    /// An input cannot be read or understood.
    pub fn read(&self) -> Result<Dataset, Failure> {
        use chrono::Datelike;
        read(
            &self.inputs,
            &self.settings,
            self.period.to.year(),
            &self.text,
        )
    }

    /// The files of the inputs, which no output may replace.
    ///
    /// # Errors
    /// An input is missing or cannot be read.
    pub fn input_paths(&self) -> Result<Vec<PathBuf>, Failure> {
        Ok(discover(&self.inputs)?
            .files
            .into_iter()
            .map(|file| file.path)
            .collect())
    }

    /// Computes the figures of a dataset.
    ///
    /// # Errors
    /// There is no staff table, or a setting is impossible.
    pub fn assess(&self, dataset: Dataset) -> Result<Run, Failure> {
        let tools = Tools::new(&self.settings, &dataset)?;
        let mut findings = dataset.findings.clone();
        if !dataset.has_register(RegisterId::Staff) {
            return Err(no_staff(&dataset));
        }
        let window = self.window()?;
        let mut directory = Directory::build(
            &dataset,
            &self.settings.municipality,
            window.to,
            &mut findings,
        );
        directory.add_strangers(
            dataset
                .answers
                .iter()
                .map(|row| (row.organisation, dataset.text(row.organisation))),
        );
        let mut names = Names::default();
        let ground = Ground {
            dataset: &dataset,
            directory: &directory,
            settings: &self.settings,
            known: None,
        };
        let named = self.settings.privacy.names;
        let (stage, privacy) = rayon::join(
            || tools.assess(ground, &self.period, window, &mut names, &mut findings),
            || Privacy::of(&dataset, named),
        );
        let Stage {
            roster,
            links,
            assessment,
        } = stage;
        let links = links.into_owned();
        let privacy = OnceLock::from(privacy);
        findings.sort();
        Ok(Run {
            settings: self.settings.clone(),
            text: self.text,
            dataset,
            directory,
            roster,
            links,
            assessment,
            findings,
            names: Arc::new(Mutex::new(names)),
            privacy: if named {
                [OnceLock::new(), privacy]
            } else {
                [privacy, OnceLock::new()]
            },
            dynamics: OnceLock::new(),
            window: window_kind(&self.settings)?,
            tools: Arc::new(tools),
        })
    }

    /// The window: of the settings, else by the period (methodology §1).
    ///
    /// # Errors
    /// The setting names no window.
    pub fn window(&self) -> Result<Window, Failure> {
        Ok(Window::of(&self.period, window_kind(&self.settings)?))
    }
}

fn window_kind(settings: &Settings) -> Result<Option<WindowKind>, Failure> {
    match settings.window.as_str() {
        "" => Ok(None),
        written => WindowKind::parse(written).map(Some).map_err(Failure::Usage),
    }
}

impl Run {
    /// Whose data must not be written; `names` leaves names in place. What the settings ask for is
    /// made with the run, the other when first asked for.
    pub fn privacy(&self, names: bool) -> &Privacy {
        let [withheld, named] = &self.privacy;
        let privacy = if names { named } else { withheld };
        privacy.get_or_init(|| Privacy::of(&self.dataset, names))
    }

    /// What the errors among the findings leave open of a figure; none where nothing is.
    #[must_use]
    pub fn doubt(&self, figure: &Figure) -> Option<Doubt> {
        let decimals = self.settings.decimals.0;
        doubt(figure, &self.dataset, &self.findings, decimals)
    }

    /// The same inputs assessed for each quarter up to the period («Динамика», contract §4), oldest
    /// first. Findings are those of the run itself. Made when first asked for.
    #[must_use]
    pub fn dynamics(&self) -> &[Assessment] {
        self.dynamics.get_or_init(|| {
            let quarters = quarters_for_dynamics(&self.assessment.period);
            let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
            let of_quarter = |quarter| self.on_quarter(quarter, &mut names);
            quarters.iter().map(of_quarter).collect()
        })
    }

    fn on_quarter(&self, quarter: &Period, names: &mut Names) -> Assessment {
        let window = Window::of(quarter, self.window);
        if *quarter == self.assessment.period && window == self.assessment.window {
            return self.assessment.figures_alone();
        }
        let directory = self.directory.on(&self.dataset, window.to);
        let ground = Ground {
            dataset: &self.dataset,
            directory: &directory,
            settings: &self.settings,
            known: Some((&self.roster, &self.links)),
        };
        let mut unheard = Findings::unheard();
        let stage = self
            .tools
            .assess(ground, quarter, window, names, &mut unheard);
        stage.assessment.figures_alone()
    }
}

/// What is the same on every date: the data tables, extended by the settings, and what they make of
/// the statuses and programmes of the dataset.
struct Tools {
    phrases: Arc<Phrases>,
    nomenclature: Nomenclature,
    statuses: Statuses,
    registry: FederalRegistry,
}

impl fmt::Debug for Tools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tools").finish_non_exhaustive()
    }
}

/// What the figures of any date are computed from.
struct Ground<'a> {
    dataset: &'a Dataset,
    directory: &'a Directory,
    settings: &'a Settings,
    /// What is known of another date.
    known: Option<(&'a Roster, &'a Links)>,
}

struct Stage<'a> {
    roster: Roster,
    links: Cow<'a, Links>,
    assessment: Assessment,
}

impl Tools {
    fn new(settings: &Settings, dataset: &Dataset) -> Result<Self, Failure> {
        let phrases = Phrases::in_force(&settings.phrases).map_err(Failure::Usage)?;
        Ok(Self {
            statuses: Statuses::read(dataset, &phrases),
            registry: FederalRegistry::new(dataset),
            phrases,
            nomenclature: Nomenclature::new(&settings.positions).map_err(Failure::Usage)?,
        })
    }

    fn assess<'a>(
        &self,
        ground: Ground<'a>,
        period: &Period,
        window: Window,
        names: &mut Names,
        findings: &mut Findings,
    ) -> Stage<'a> {
        let Ground {
            dataset,
            directory,
            settings,
            known,
        } = ground;
        let builder = RosterBuilder {
            dataset,
            directory,
            nomenclature: &self.nomenclature,
            settings,
            as_of: window.to,
        };
        let roster = known
            .and_then(|(other, _)| builder.rebuild(other))
            .unwrap_or_else(|| builder.build(names, findings));
        // What names and organisations stand for is the same on every date, and so is whose a record
        // is, unless somebody's employment had a say.
        let same = known.filter(|(other, links)| links.hold_for(other, &roster));
        let links = match (same, known) {
            (Some((_, links)), _) => Cow::Borrowed(links),
            (None, known) => {
                let spellings = known.map_or_else(Default::default, |(_, links)| {
                    Clone::clone(&links.spellings)
                });
                Cow::Owned(Links::build(
                    dataset, directory, &roster, spellings, names, findings,
                ))
            }
        };
        let context = Context {
            dataset,
            directory,
            roster: &roster,
            links: &links,
            statuses: &self.statuses,
            registry: &self.registry,
            phrases: &self.phrases,
            settings,
            period,
            window,
            evidence: known.is_none(),
            shown: OnceLock::new(),
        };
        let assessment = compute::assess(&context, &self.nomenclature, names, findings);
        Stage {
            roster,
            links,
            assessment,
        }
    }
}

fn no_staff(dataset: &Dataset) -> Failure {
    let read: Vec<&str> = dataset
        .files
        .iter()
        .map(|file| file.path.as_str())
        .take(10)
        .collect();
    let seen = if read.is_empty() {
        "таблиц не найдено".to_owned()
    } else {
        format!("прочитано: {}", read.join(", "))
    };
    let taken = taken_for_others(dataset).map_or_else(String::new, |taken| format!(". {taken}"));
    Failure::Inputs(format!(
        "нет таблицы сотрудников ({seen}){taken}. Нужна таблица со столбцами «ФИО», «Организация», «Должность»; как понят \
         каждый файл, покажет mms inspect, а назвать лист можно так: --source staff=ФАЙЛ#ЛИСТ"
    ))
}
