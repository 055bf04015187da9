# Unicode: normalization free ops, case mapping, categories by predicates, escapes, ord/chr, encode, sorting, surrogate-free.
s = "Straße İstanbul ΣΑΣ ﬁn ǅ ñ 日本 🎉é"
print(s.upper(), s.lower(), s.title(), s.casefold(), s.swapcase(), s.capitalize(), len(s), len(s.encode()), sep="|")
for ch in "aAéß1²½Ⅷ٣ _-\t\n\xa0​\u2028中ª℃∞€🎉\x00\x7f\u0301ǅ": print(f"{ch!r} {ch!a} {ord(ch):#x} {int(ch.isalpha())}{int(ch.isdigit())}{int(ch.isdecimal())}{int(ch.isnumeric())}{int(ch.isalnum())}{int(ch.isspace())}{int(ch.isupper())}{int(ch.islower())}{int(ch.istitle())}{int(ch.isprintable())}{int(ch.isidentifier())}{int(ch.isascii())}")
print("\N{GREEK SMALL LETTER PI} \N{BULLET} \N{EURO SIGN} \N{SNOWMAN} \x41 \u00e9 \U0001F600 \101 \a\b\f\v".encode("unicode_escape"), r"raw\n\t", rb"\x00", "a\
b", 'it''s', "tab\there", "nul\0end".split("\0"))
print("ab" "cd" 'ef', "%s" % "é", "é" == "e\u0301", "é" < "f", sorted(["Zebra", "apple", "Äpfel", "zoo", "école"]), sorted(["Zebra", "apple"], key=str.casefold), "ß" == "ss".casefold(), "SS".lower(), "ŉ".upper(), "ı".upper(), "ΑΣ".lower(), "ΑΣΑ".lower(), "ﬀ".title(), "dž".title(), "ª".upper())
print("naïve café".translate({ord("ï"): "i", ord("é"): "e"}), "😀😁".encode("utf-16-le").hex(" ", 2), "é".encode("utf-8"), "é".encode("latin-1"), "日本".encode("shift_jis") if False else "skip", b"\xe2\x82\xac".decode(), "a\u0301".encode("ascii", "namereplace") if False else "x", "€".encode("ascii", "xmlcharrefreplace"), "é€".encode("ascii", "backslashreplace"), "é".encode("ascii", "replace"), "é".encode("ascii", "ignore"))
for enc, b in (("utf-8", b"\xff"), ("utf-8", b"\xc3("), ("ascii", b"\x80"), ("utf-16", b"\x00"), ("utf-8", b"abc\xf0\x9f\x98"), ("utf-8", b"\xc0\x80"), ("utf-32-le", b"\x00\x00\x11\x00")):
    try: print(b.decode(enc))
    except UnicodeDecodeError as e: print(e, "|", e.encoding, e.object, e.start, e.end, e.reason)
for enc, t in (("ascii", "café"), ("latin-1", "€uro"), ("cp1252", "日")):
    try: print(t.encode(enc))
    except UnicodeEncodeError as e: print(e, "|", e.object[e.start:e.end], e.reason)
print(b"\xff\xfe".decode("utf-8", "replace"), b"\xffabc".decode("utf-8", "ignore"), b"\xff".decode("utf-8", "backslashreplace"), "abc".encode("utf-8-sig"), b"\xef\xbb\xbfx".decode("utf-8-sig"), "hi".encode("utf-16"), "hi".encode("utf-32-be"), "rot".encode("idna") if False else "", __import__("codecs").encode("hello", "rot13"), __import__("codecs").decode("68656c6c6f", "hex"))
print(ascii("é\u2028😀'\""), repr("\u200d\ufeff\xad\u0378\ue000"), "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029".splitlines(), "a\x85b\u2028c".split(), "x\u3000y".split(), "\u2003x\u2003".strip() == "x", "١٢٣".isdigit(), int("١٢٣"), float("１.５"), "Ⅷ".lower(), "x²".isalnum(), "_é1".isidentifier(), "é1é".replace("é", "e"), "日本語".center(9, "＊"), f"{'日本':>6}|{'é':^5}|", "%5s|%-5s|" % ("é", "日"), "ñandú".capitalize(), "éa".find("a"), "日本語"[::-1], "日本語"[1], "👨‍👩‍👧"[0], len("👨‍👩‍👧"), [c for c in "e\u0301"], "a😀b".index("b"), "😀" in "a😀", "z😀".rjust(5, "😀"))
é = 1; ñandú, Σ = 2, 3; print(é + ñandú + Σ, "é" in globals(), sorted(k for k in globals() if not k.isascii()))
def zip_len(a, b): return [(x, y) for x, y in zip(a, b)]
print(zip_len("é日", "ab"), max("aéz日"), min("bé"), ord("é"), chr(233), chr(0x1F600), "".join(map(chr, range(945, 950))), list("αβγ"), {c: ord(c) for c in "éa"}, "αβγ".upper(), bytes("é", "utf8"), str(b"\xc3\xa9", "utf8"), "é".encode().hex(), bytes.fromhex("c3a9").decode(), "\u00e9".isalpha(), hash("é") == hash("é"), "é" * 3, "é" + "e", "É".lower() == "é")
