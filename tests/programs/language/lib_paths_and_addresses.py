"""Paths, addresses and encoded data as text."""
import base64
import binascii
import csv
import hashlib
import hmac
import io
import os.path
import shlex
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, quote, urlencode, urljoin, urlparse

path = PurePosixPath("/srv/data/archive.tar.gz")
print(path.name, path.stem, path.suffixes, path.parent, path.parts, path.with_suffix(".zip"), path / "x")
print(path.relative_to("/srv"), path.match("*.gz"), [str(p) for p in path.parents], repr(Path("a") / "b"))
print(os.path.join("a", "/b", "c"), os.path.splitext("x.tar.gz"), os.path.normpath("a/../b//./c"), os.path.relpath("/a/b", "/a/c"))

url = urlparse("https://user@Example.org:8080/a/b;p?q=1&q=2#top")
print(url, url.hostname, url.port, parse_qs(url.query))
print(urljoin("http://a/b/c", "../d?e"), quote("ä b/c"), urlencode({"x": "1 2", "y": "&"}))

data = bytes(range(250, 256)) + b"hello"
for encode in (base64.b64encode, base64.urlsafe_b64encode, base64.b32encode, base64.b85encode):
    print(encode(data))
for text in ("abc", "a", "aGk=aGk="):
    try:
        base64.b64decode(text)
    except binascii.Error as error:
        print(error)
print(hashlib.sha256(b"x").hexdigest()[:16], hashlib.blake2b(b"x", digest_size=4).hexdigest(), hashlib.sha3_256().name)
print(hmac.new(b"key", b"message", "sha1").hexdigest(), binascii.crc32(b"abc"))

rows = list(csv.reader(io.StringIO('name,note\r\n"a, b","say ""hi"""\r\n')))
out = io.StringIO()
csv.writer(out, lineterminator="\n").writerows(rows)
print(rows, repr(out.getvalue()), list(csv.DictReader(["n,v", "x,1"])))
print(shlex.split("run 'a b' \"c\\\"d\" e\\ f"), shlex.join(["a b", "c"]))
