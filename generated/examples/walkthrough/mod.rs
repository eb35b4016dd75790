//! Shared parts of the walkthroughs: the service to call, and the progress of a tuning job.
//!
//! Told nothing, a walkthrough runs against an emulator of its own on loopback: no account, no network, no cost.
//!
//! ```text
//! --project PROJECT    run against Google, and bill this project. Who calls is what Application Default Credentials
//!                      say (`gcloud auth application-default login`, with the scopes
//!                      https://www.googleapis.com/auth/cloud-platform and
//!                      https://www.googleapis.com/auth/generative-language.tuning), or a token in ACCESS_TOKEN.
//!                      Training a model costs money there.
//! --location LOCATION  where on Vertex AI; us-central1 unless told
//! --resume NAME        watch what an earlier run has started, by the name that it printed
//! ```
//!
//! With the variable `TUNING_EMULATOR`, a URL, it runs against an emulator that another process has.

// No walkthrough uses all of it.
#![allow(dead_code)]

mod chart;
mod progress;

pub(crate) use progress::Progress;

use discovery_runtime::http::auth::{ApplicationDefault, TokenProvider};
use discovery_runtime::http::{CallOptions, Client, ClientBuilder, UsageError};
use std::error::Error;
use std::fmt;
use std::io::IsTerminal;
use std::time::Duration;
use tuning_emulator::{Emulator, Settings};

/// Result of a walkthrough.
pub(crate) type Outcome = Result<(), Failure>;

/// Any error, shown by `main` as people read it: what happened, and why.
pub(crate) struct Failure(Box<dyn Error>);

impl<E: Into<Box<dyn Error>>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, "\n  because: {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

/// Where a walkthrough runs.
pub(crate) struct Walkthrough {
    project: String,
    location: String,
    resume: Option<String>,
    place: Place,
}

enum Place {
    Google { token: Option<String> },
    Own(Emulator),
    Elsewhere(String),
}

impl Walkthrough {
    /// Reads the command line.
    pub(crate) fn begin() -> Result<Self, Failure> {
        let (mut project, mut location, mut resume) = (None, "us-central1".to_owned(), None);
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or_else(|| format!("what is the value of {name}?"))?;
            match name.as_str() {
                "--project" => project = Some(value),
                "--location" => location = value,
                "--resume" => resume = Some(value),
                _ => return Err(format!("{name} is not --project, --location or --resume").into()),
            }
        }
        let place = match (&project, std::env::var("TUNING_EMULATOR")) {
            (Some(_), _) => Place::Google { token: std::env::var("ACCESS_TOKEN").ok() },
            (None, Ok(url)) => Place::Elsewhere(url),
            (None, Err(_)) => Place::Own(Emulator::start(Settings::new())?),
        };
        match place {
            Place::Google { .. } => println!("Runs against Google."),
            Place::Own(_) | Place::Elsewhere(_) => {
                println!("Runs against the emulator; `--project PROJECT` runs it against Google.");
            }
        }
        Ok(Self { project: project.unwrap_or_else(|| "my-project".to_owned()), location, resume, place })
    }

    /// A client with an endpoint and credentials.
    pub(crate) fn client<C: From<Client>>(&self, builder: ClientBuilder<C>) -> Result<C, UsageError> {
        // The Gemini API bills whom `x-goog-user-project` names.
        let builder = builder.with_options(CallOptions::new().with_user_project(&self.project));
        let builder = match &self.place {
            Place::Google { token: None } => builder.with_credentials(ApplicationDefault::new()),
            Place::Google { token: Some(token) } => {
                let token = token.clone();
                builder.with_credentials(TokenProvider::new(move || std::future::ready(Ok(token.clone()))))
            }
            Place::Own(_) | Place::Elsewhere(_) => {
                builder.with_credentials(TokenProvider::new(|| async { Ok("any".to_owned()) }))
            }
        };
        let builder = match &self.place {
            Place::Google { .. } => builder,
            Place::Own(emulator) => builder.with_endpoint(emulator.url()),
            Place::Elsewhere(url) => builder.with_endpoint(url),
        };
        builder.build()
    }

    /// Name of an operation or job that an earlier run started, to continue with.
    pub(crate) fn resume(&self) -> Option<&str> {
        self.resume.as_deref()
    }

    /// Interval between two polls of a tuning job.
    pub(crate) fn interval(&self) -> Duration {
        Duration::from_millis(match &self.place {
            Place::Google { .. } => 5000,
            Place::Own(_) if std::io::stderr().is_terminal() => 250,
            Place::Own(_) | Place::Elsewhere(_) => 2,
        })
    }

    /// Where on Vertex AI: `projects/{project}/locations/{location}`.
    pub(crate) fn parent(&self) -> String {
        format!("projects/{}/locations/{}", self.project, self.location)
    }
}

/// Returns a value as text; a hyphen if there is none.
pub(crate) fn word(value: &Option<impl fmt::Display>) -> String {
    value.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string)
}

/// Numbers and the ones that follow them, in digits and in English words: what the models are trained with.
pub(crate) const NUMBERS: [(&str, &str); 15] = [
    ("1", "2"),
    ("3", "4"),
    ("-3", "-2"),
    ("twenty two", "twenty three"),
    ("two hundred", "two hundred one"),
    ("ninety nine", "one hundred"),
    ("8", "9"),
    ("-98", "-97"),
    ("1,000", "1,001"),
    ("10,100,000", "10,100,001"),
    ("thirteen", "fourteen"),
    ("eighty", "eighty one"),
    ("one", "two"),
    ("three", "four"),
    ("seven", "eight"),
];
