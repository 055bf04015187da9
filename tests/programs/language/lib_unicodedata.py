"""Characters and their properties, and texts without accents."""
import json
import unicodedata as u

for form in ("NFC", "NFD", "NFKC", "NFKD"):
    print(form, ascii(u.normalize(form, "café ﬁ ½ ① Å ｆｕｌｌ")), u.is_normalized(form, "café"))


def plain(text):
    return "".join(c for c in u.normalize("NFKD", text) if not u.combining(c))


print(plain("Crème Brûlée, São Paulo, Ærøskøbing, Žižek, ñandú"))
print(u.normalize("NFKD", "Łódź naïve").encode("ascii", "ignore").decode())
for c in "aA1 _-(«»’€+^©\n\u0301\u200b\u2028٣½ǅʰ中\ue000":
    print(ascii(c), u.category(c), u.combining(c), u.decimal(c, None), u.numeric(c, None))
for c in "aÉ€☃ß½":
    print(c, u.name(c))
print(u.name("\n", "nameless"), u.lookup("greek small letter alpha"), u.digit("²"), u.digit("7"))
for call in (lambda: u.name("\n"), lambda: u.category("ab"), lambda: u.category(1), lambda: u.name("ab"), lambda: u.decimal("x"),
             lambda: u.numeric("x"), lambda: u.digit("x"), lambda: u.normalize("NF", "x")):
    try:
        print(call())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print("é☃ \x07".encode("ascii", "namereplace"))
print(list(json.JSONEncoder().iterencode({"a": [1, {"b": None}], "c": "x", "d": {}, "e": [], 3: True})))
print(list(json.JSONEncoder(indent=2).iterencode({"a": [1, {"b": [2.0]}], "c": "x"})))
