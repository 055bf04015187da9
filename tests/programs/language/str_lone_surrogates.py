s = "a\ud800b"
print(len(s), repr(s), ascii(s), ord(s[1]), hex(ord(chr(0xdfff))), s == "a\ud800b", hash(s) == hash("a" + chr(0xd800) + "b"), s.isprintable(), s.upper() == s, [hex(ord(c)) for c in s], f"{s!r} x\udc00".encode("utf-8", "surrogatepass"), hash("\ud800"))
for enc in ("utf-8", "ascii", "latin-1", "utf-16", "utf-32", "cp1252", "unicode_escape"):
    for err in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogatepass", "surrogateescape", "nope"):
        try: print(enc, err, s.encode(enc, err))
        except Exception as e: print(enc, err, type(e).__name__, e)
for b in (b"a\xff\x80z", b"\xed\xa0\x80", b"\xed\xa0", b"\xe2\x82", b"\xf0\x9f"):
    for err in ("surrogateescape", "surrogatepass", "ignore", "replace", "strict"):
        try: t = b.decode("utf-8", err); print(b, err, ascii(t), t.encode("utf-8", err))
        except Exception as e: print(b, err, type(e).__name__, e)
print(b"\x00\xd8".decode("utf-16-le", "surrogatepass") == "\ud800", b"caf\xe9 \x80\x93".decode("cp1252"), "€“".encode("cp1252"), "café".encode("cp437"), b"\x82".decode("cp437"), "€".encode("iso8859-15"))
for f in (lambda: print("\ud800"), lambda: b"\x81".decode("cp1252"), lambda: "日".encode("cp1252"), lambda: "a".encode("nope"), lambda: chr(0x110000), lambda: b"\\x4".decode("unicode_escape")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
import json, sys
print(json.dumps(s), ascii(json.loads('"\\ud800"')), json.loads('"\\ud83d\\ude00"'), ascii(json.dumps(s, ensure_ascii=False)), b"\\u00e9\\n\\x41\\101".decode("unicode_escape"), "é\n\\😀".encode("unicode_escape"))
print("\ud83d\ude00".encode("utf-16-le", "surrogatepass").decode("utf-16-le"), "\ud800" in s, s.find("\ud800"), s.replace("\ud800", "?"), "x" + "\ud800" * 2 == "x\ud800\ud800", chr(sys.maxunicode) == "\U0010ffff")
print("ΑΣ ΣΑΣ".title(), "ας".swapcase(), "ΑΣ".swapcase(), "hello wORLD ΌΣ".title())
print("bad: \udcff", file=sys.stderr)
