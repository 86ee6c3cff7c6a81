//! The settings of a town, and `mms.toml` that says them.

use super::town::{Plan, Post};

/// The fourteen ids in the order of the source.
pub const IDS: [&str; 14] = [
    "4.1.1", "4.1.2.1", "4.1.2.2", "4.1.2.3", "4.1.2.4", "4.1.2.5", "4.1.2.6", "4.1.3.1",
    "4.1.3.2", "4.1.3.3", "4.1.3.4", "4.1.3.5", "4.1.3.6", "4.1.4",
];

/// The positions of [`Post::Own`], and what they are where `[positions]` is silent.
pub const OWN_POSTS: [(&str, Post); 2] = [
    ("куратор цифровой лаборатории", Post::Unknown),
    ("диспетчер", Post::Other),
];

/// The status of diagnostics that `[phrases]` may name as done.
pub const OWN_STATUS: &str = "аттестован";

/// The window of the settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Frame {
    Default,
    Ytd,
    Period,
    SchoolYear,
    Rolling(i32),
    All,
}

/// The settings that the towns vary.
#[derive(Clone, PartialEq, Debug)]
pub struct Options {
    pub municipality: bool,
    pub frame: Frame,
    pub decimals: u32,
    pub external: bool,
    pub contract: bool,
    pub leave: bool,
    pub all_positions: bool,
    pub max_age: i32,
    pub inclusive: bool,
    pub years: i32,
    pub first_years: bool,
    pub derive: bool,
    pub min_members: usize,
    pub questions: Vec<String>,
    pub scale: Option<(i64, i64)>,
    pub reverse: Vec<String>,
    pub exclude: bool,
    pub targets: Vec<(usize, Plan)>,
    pub own_posts: [Option<Post>; 2],
    pub own_status: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            municipality: false,
            frame: Frame::Default,
            decimals: 1,
            external: false,
            contract: false,
            leave: true,
            all_positions: false,
            max_age: 35,
            inclusive: false,
            years: 3,
            first_years: true,
            derive: false,
            min_members: 2,
            questions: Vec::new(),
            scale: None,
            reverse: Vec::new(),
            exclude: false,
            targets: Vec::new(),
            own_posts: [None, None],
            own_status: false,
        }
    }
}

impl Options {
    /// Whether a position counts as a teacher's, a manager's, or neither.
    pub fn post(&self, post: Post) -> Post {
        match post {
            Post::Own(place) => self.own_posts[place].unwrap_or(OWN_POSTS[place].1),
            known => known,
        }
    }

    /// `mms.toml`.
    pub fn toml(&self) -> String {
        let mut text = String::new();
        let mut line = |said: String| text += &(said + "\n");
        if self.municipality {
            line("municipality = \"город Кузнецк\"".into());
        }
        let frame = match self.frame {
            Frame::Default => String::new(),
            Frame::Ytd => "ytd".into(),
            Frame::Period => "period".into(),
            Frame::SchoolYear => "school-year".into(),
            Frame::Rolling(years) => format!("rolling-years:{years}"),
            Frame::All => "all".into(),
        };
        line(format!("window = \"{frame}\""));
        line(format!("decimals = {}", self.decimals));
        line(format!(
            "[staff]\nexternal = {}\ncontract = {}\nleave = {}\nall_positions = {}",
            self.external, self.contract, self.leave, self.all_positions
        ));
        line(format!(
            "[young]\nmax_age = {}\ninclusive = {}\nyears = {}\nfirst_years = {}",
            self.max_age, self.inclusive, self.years, self.first_years
        ));
        line(format!(
            "[teams]\nderive = {}\nmin_members = {}",
            self.derive, self.min_members
        ));
        let scale = self
            .scale
            .map_or(String::new(), |(low, high)| format!("{low}-{high}"));
        line(format!(
            "[survey]\nquestions = {:?}\nscale = \"{scale}\"\nreverse = {:?}\nundecided = \"{}\"",
            self.questions,
            self.reverse,
            if self.exclude { "exclude" } else { "include" }
        ));
        line("[targets]".into());
        for (indicator, plan) in &self.targets {
            line(format!("\"{}\" = {}", IDS[*indicator], plan.toml()));
        }
        line("[positions]".into());
        for (own, (title, _)) in self.own_posts.iter().zip(OWN_POSTS) {
            let said = match own {
                Some(Post::Teacher) => "teacher",
                Some(Post::Manager) => "manager",
                Some(_) => "other",
                None => continue,
            };
            line(format!("\"{title}\" = \"{said}\""));
        }
        if self.own_status {
            line(format!(
                "[phrases]\ndiagnostics = {{ \"{OWN_STATUS}\" = \"done\" }}"
            ));
        }
        text
    }
}

impl Plan {
    fn toml(self) -> String {
        match self {
            Self::AtLeast(plan) => hundredths(plan, '.'),
            other => format!("\"{}\"", other.text('.')),
        }
    }

    /// As a cell of the sheet says it.
    pub fn text(self, point: char) -> String {
        match self {
            Self::Yes => "да".into(),
            Self::AtLeast(plan) => hundredths(plan, point),
            Self::AtMost(plan) => format!("<= {}", hundredths(plan, point)),
            Self::Between(low, high) => {
                format!("{}..{}", hundredths(low, point), hundredths(high, point))
            }
        }
    }
}

/// Hundredths as a decimal without noughts at its end.
fn hundredths(number: i64, point: char) -> String {
    let whole = format!("{}{point}{:02}", number / 100, number % 100);
    whole
        .trim_end_matches('0')
        .trim_end_matches(point)
        .to_owned()
}
