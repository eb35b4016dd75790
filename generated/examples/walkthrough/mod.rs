//! Shared parts of the walkthroughs: the service to call, and the progress of a tuning job.
//!
//! Without options, a walkthrough starts an emulator on the loopback interface: no account, network or cost is needed.
//!
//! ```text
//! --project PROJECT    run against Google, and bill this project. Credentials are Application Default Credentials
//!                      (`gcloud auth application-default login`, with the scopes
//!                      https://www.googleapis.com/auth/cloud-platform and
//!                      https://www.googleapis.com/auth/generative-language.tuning), or a token in ACCESS_TOKEN.
//!                      Training a model costs money.
//! --location LOCATION  location on Vertex AI (default: us-central1)
//! --resume NAME        resume polling the operation or job that an earlier run started and printed
//! ```
//!
//! If the environment variable `TUNING_EMULATOR` is set to a URL, the walkthrough uses the emulator at that URL.

// Each walkthrough uses only some of the items.
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

/// Any error. Its `Debug` output, which `main` prints, is the message with its causes.
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
            write!(f, "\n  caused by: {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

/// Target and arguments of a walkthrough.
pub(crate) struct Walkthrough {
    project: String,
    location: String,
    resume: Option<String>,
    target: Target,
}

enum Target {
    Google { token: Option<String> },
    Emulator(Emulator),
    Url(String),
}

impl Walkthrough {
    /// Reads the command line.
    pub(crate) fn begin() -> Result<Self, Failure> {
        let (mut project, mut location, mut resume) = (None, "us-central1".to_owned(), None);
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or_else(|| format!("missing value of {name}"))?;
            match name.as_str() {
                "--project" => project = Some(value),
                "--location" => location = value,
                "--resume" => resume = Some(value),
                _ => return Err(format!("unknown option {name}; expected --project, --location or --resume").into()),
            }
        }
        let target = match (&project, std::env::var("TUNING_EMULATOR")) {
            (Some(_), _) => Target::Google { token: std::env::var("ACCESS_TOKEN").ok() },
            (None, Ok(url)) => Target::Url(url),
            (None, Err(_)) => Target::Emulator(Emulator::start(Settings::new())?),
        };
        match target {
            Target::Google { .. } => println!("Using Google."),
            Target::Emulator(_) | Target::Url(_) => {
                println!("Using the emulator; `--project PROJECT` uses Google.");
            }
        }
        Ok(Self { project: project.unwrap_or_else(|| "my-project".to_owned()), location, resume, target })
    }

    /// Builds a client with the endpoint and credentials of the target.
    pub(crate) fn client<C: From<Client>>(&self, builder: ClientBuilder<C>) -> Result<C, UsageError> {
        // The Gemini API bills the project in the header `x-goog-user-project`.
        let builder = builder.with_options(CallOptions::new().with_user_project(&self.project));
        let builder = match &self.target {
            Target::Google { token: None } => builder.with_credentials(ApplicationDefault::new()),
            Target::Google { token: Some(token) } => {
                let token = token.clone();
                builder.with_credentials(TokenProvider::new(move || std::future::ready(Ok(token.clone()))))
            }
            Target::Emulator(_) | Target::Url(_) => {
                builder.with_credentials(TokenProvider::new(|| async { Ok("any".to_owned()) }))
            }
        };
        let builder = match &self.target {
            Target::Google { .. } => builder,
            Target::Emulator(emulator) => builder.with_endpoint(emulator.url()),
            Target::Url(url) => builder.with_endpoint(url),
        };
        builder.build()
    }

    /// Name of an operation or job that an earlier run started, to continue with.
    pub(crate) fn resume(&self) -> Option<&str> {
        self.resume.as_deref()
    }

    /// Interval between two polls of a tuning job.
    pub(crate) fn interval(&self) -> Duration {
        Duration::from_millis(match &self.target {
            Target::Google { .. } => 5000,
            Target::Emulator(_) if std::io::stderr().is_terminal() => 250,
            Target::Emulator(_) | Target::Url(_) => 2,
        })
    }

    /// Parent of Vertex AI resources, `projects/{project}/locations/{location}`.
    pub(crate) fn parent(&self) -> String {
        format!("projects/{}/locations/{}", self.project, self.location)
    }
}

/// Formats a value; `None` as a hyphen.
pub(crate) fn word(value: &Option<impl fmt::Display>) -> String {
    value.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string)
}

/// Training data: numbers with their successors, in digits and in English words.
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
