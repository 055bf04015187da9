//! A static server for the built page, so that a browser sees what a plain web host would send.

use std::{
    fs,
    io::{BufRead, BufReader, Error, ErrorKind, Result, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    thread,
};

use crate::workspace;

/// Serves the page on a free local port, as `serve` does.
///
/// # Errors
///
/// When the page is not built, or no port is free.
pub fn serve_page() -> Result<String> {
    let dist = workspace::dist();
    if !dist.join("index.html").exists() {
        let message = "the page is not built: `cargo xtask build` builds it";
        return Err(Error::new(ErrorKind::NotFound, message));
    }
    serve(dist)
}

/// Serves a directory on a free local port until the process ends; returns the address, which ends in a slash.
pub fn serve(directory: PathBuf) -> Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = format!("http://{}/", listener.local_addr()?);
    thread::spawn(move || serve_on(&listener, &directory));
    Ok(address)
}

/// Serves a directory until the process ends.
pub fn serve_on(listener: &TcpListener, directory: &Path) {
    for stream in listener.incoming().flatten() {
        let directory = directory.to_owned();
        // A browser that closes a connection early is no failure of the server.
        thread::spawn(move || drop(answer(&stream, &directory)));
    }
}

fn answer(mut stream: &TcpStream, directory: &Path) -> Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for header in lines {
        if header?.is_empty() {
            break;
        }
    }
    let target = request.split(' ').nth(1).unwrap_or("/");
    let (status, kind, body) = match load(directory, target) {
        Some((path, body)) => ("200 OK", media_type(&path), body),
        None => ("404 Not Found", "text/plain", b"not found\n".to_vec()),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Access-Control-Allow-Origin: *\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&body)
}

fn load(directory: &Path, target: &str) -> Option<(PathBuf, Vec<u8>)> {
    let name = target.split(['?', '#']).next()?.trim_start_matches('/');
    let path = Path::new(if name.is_empty() { "index.html" } else { name });
    let stays_inside = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let path = stays_inside.then(|| directory.join(path))?;
    let body = fs::read(&path).ok()?;
    Some((path, body))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}
