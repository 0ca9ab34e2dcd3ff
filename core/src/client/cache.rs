//! Compiled plans kept for later: in the process for all its proxies, and on disk for later processes.
//!
//! A plan is fresh for `max_age` after its documents were last seen unchanged. Then they are fetched again and
//! compared by content; only a change compiles anew. Documents on this machine are compared every time, as that
//! costs less than a surprise. Whatever is wrong with the folder or a file in it only costs the time to compile.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use arc_swap::ArcSwap;

use super::Definition;
use crate::error::Result;
use crate::limits::Limits;
use crate::plan::store::{self, Origin, Source};
use crate::plan::Plan;
use crate::transport::{Fetched, Fetcher, Transport};

/// Where plans are kept and for how long they are trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache {
    /// `None` keeps plans in this process only.
    pub folder: Option<PathBuf>,
    /// How long documents of another machine count as unchanged. Default one day.
    pub max_age: Duration,
    /// Look at the documents now, whatever their age.
    pub refresh: bool,
    /// Tells apart what different credentials may see under one location.
    pub identity: u64,
}

impl Default for Cache {
    fn default() -> Self {
        Self { folder: None, max_age: Duration::from_secs(86_400), refresh: false, identity: 0 }
    }
}

#[derive(Clone)]
struct Entry {
    origin: Arc<Origin>,
    plan: Arc<Plan>,
}

/// The plans of this process. A new map is swapped in for each change: a lock could be held by another thread at
/// the moment of a fork.
static PLANS: LazyLock<ArcSwap<HashMap<u64, Entry>>> = LazyLock::new(ArcSwap::default);
/// More plans than this are not kept in a process.
const KEPT: usize = 256;

/// How often a host is asked whether to give up waiting.
const SLICE: Duration = Duration::from_millis(50);

/// Loads documents and remembers what they were.
struct Recorder<'a> {
    fetcher: Fetcher,
    poll: &'a mut dyn FnMut() -> Result<()>,
    sources: Vec<Source>,
}

impl Recorder<'_> {
    fn fetch(&mut self, location: &str) -> Result<Fetched> {
        let fetched = self.fetcher.fetch_polling(location, SLICE, self.poll)?;
        self.sources.push(Source {
            location: location.to_owned(),
            hash: store::hash(&fetched.bytes),
            etag: fetched.etag.clone(),
            last_modified: fetched.last_modified.clone(),
        });
        Ok(fetched)
    }

    /// Whether every document is still what it was.
    fn unchanged(&mut self, origin: &Origin) -> bool {
        let same = |source: &Source| {
            self.fetch(&source.location).is_ok_and(|now| store::hash(&now.bytes) == source.hash)
        };
        let unchanged = !origin.documents.is_empty() && origin.documents.iter().all(same);
        self.sources.clear();
        unchanged
    }
}

impl Definition {
    /// Loads a WSDL through the cache.
    pub fn load_cached(
        location: &str,
        transport: &Transport,
        limits: &Limits,
        cache: &Cache,
        poll: &mut dyn FnMut() -> Result<()>,
    ) -> Result<Self> {
        let key = store::hash(format!("{location}\n{}", cache.identity).as_bytes());
        let file = cache.folder.as_deref().map(|folder| folder.join(format!("{key:016x}.plan")));
        let mut recorder =
            Recorder { fetcher: transport.fetcher(location, limits)?, poll, sources: Vec::new() };
        let known = PLANS.load().get(&key).cloned();
        let known = known.or_else(|| from_disk(file.as_deref()?, location));
        if let Some(entry) = known {
            let is_fresh = !cache.refresh && is_remote(location) && age(&entry.origin) <= cache.max_age;
            if is_fresh {
                keep(key, &entry);
                return Ok(Self::from_plan(entry.plan));
            }
            if recorder.unchanged(&entry.origin) {
                let entry = checked_now(&entry);
                keep(key, &entry);
                if is_remote(location) {
                    to_disk(file.as_deref(), &entry);
                }
                return Ok(Self::from_plan(entry.plan));
            }
        }
        let root = recorder.fetch(location)?;
        let mut fetch = |wanted: &str| {
            let fetched = recorder.fetch(wanted)?;
            Ok((fetched.location, fetched.bytes))
        };
        let definition =
            Self::parse(&root.location, root.bytes, &mut fetch, &super::definition::resolved, limits)?;
        let origin = Origin { location: location.to_owned(), checked: now(), documents: recorder.sources };
        let entry = Entry { origin: Arc::new(origin), plan: Arc::clone(definition.plan()) };
        keep(key, &entry);
        to_disk(file.as_deref(), &entry);
        Ok(definition)
    }
}

fn is_remote(location: &str) -> bool {
    let start = location.trim_start().get(..8).unwrap_or(location).to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// A time in the future is no age: the clock was set back, so the documents are looked at.
fn age(origin: &Origin) -> Duration {
    now().checked_sub(origin.checked).map_or(Duration::MAX, Duration::from_secs)
}

fn checked_now(entry: &Entry) -> Entry {
    let origin = Origin { checked: now(), ..(*entry.origin).clone() };
    Entry { origin: Arc::new(origin), plan: Arc::clone(&entry.plan) }
}

fn keep(key: u64, entry: &Entry) {
    PLANS.rcu(|plans| {
        let mut plans = HashMap::clone(plans);
        if plans.len() >= KEPT {
            plans.clear();
        }
        plans.insert(key, entry.clone());
        plans
    });
}

fn from_disk(file: &Path, location: &str) -> Option<Entry> {
    let (origin, plan) = store::load(file)?;
    (origin.location == location).then(|| Entry { origin: Arc::new(origin), plan: Arc::new(plan) })
}

fn to_disk(file: Option<&Path>, entry: &Entry) {
    let Some(file) = file else { return };
    if let Err(error) = store::save(file, &entry.origin, &entry.plan) {
        tracing::debug!(%error, "the plan was not kept on disk");
    }
}
