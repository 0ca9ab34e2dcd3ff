//! Answers questions about lexical spaces, one a line, so that another validator can judge the answers.
//!
//! A question is `type TAB text`, or `type TAB text TAB facets`, the facets as JSON; in the text, `\n`, `\t`,
//! `\r` and `\\` are escaped. The answer is `ok TAB text TAB text` or `err TAB message`: the value written
//! back, first as it was read, then as a host makes it, without the text it came from.

use std::io::{self, BufRead, Write};

use wsdlproxy::lexical::{read, write, Facets};
use wsdlproxy::{Builtin, Scalar};

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let answer = match answer(&line) {
            Ok((read, made)) => format!("ok\t{}\t{}", escaped(&read), escaped(&made)),
            Err(message) => format!("err\t{}", escaped(&message)),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

fn answer(line: &str) -> Result<(String, String), String> {
    let mut fields = line.split('\t');
    let (Some(name), Some(text)) = (fields.next(), fields.next()) else {
        return Err("a question has a type and a text".to_owned());
    };
    let builtin = Builtin::from_name(name).ok_or_else(|| format!("no type {name}"))?;
    let text = unescaped(text);
    let facets: Facets = match fields.next() {
        Some(json) => serde_json::from_str(json).map_err(|error| error.to_string())?,
        None => Facets::default(),
    };
    let text = facets.whitespace(builtin).apply(&text);
    let value = read(builtin, &text).map_err(|error| error.to_string())?;
    facets.check(builtin, &text, &value)?;
    if let Some(problem) = facets.problems(builtin).first() {
        return Err(problem.clone());
    }
    let written = |value| {
        let mut out = String::new();
        write(builtin, &value, &mut out).map(|()| out).map_err(|error| format!("not written: {error}"))
    };
    Ok((written(value.clone())?, written(without_text(value))?))
}

fn without_text(value: Scalar<'_>) -> Scalar<'_> {
    match value {
        Scalar::Temporal(mut t) => {
            t.lexical = "".into();
            Scalar::Temporal(t)
        }
        Scalar::Duration(mut d) => {
            d.lexical = "".into();
            Scalar::Duration(d)
        }
        value => value,
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r")
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next().map(|c| match c {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                c => c,
            })),
            c => out.push(c),
        }
    }
    out
}
