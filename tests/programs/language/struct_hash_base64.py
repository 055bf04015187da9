# struct, hashlib, base64, binascii, zlib.crc32, uuid, pickle, array, hmac, secrets lengths.
import struct, hashlib, base64, binascii, zlib, uuid, pickle, array, hmac, html, urllib.parse, copyreg
print(struct.pack("<IhB", 1, -2, 3), struct.unpack(">Hh", b"\x01\x02\xff\xfe"), struct.calcsize("3s2xI"), struct.pack("5s", b"ab"), struct.pack("<d", 1.5).hex(), struct.unpack("<f", struct.pack("<f", 0.1)), struct.pack("?", True), struct.pack("<q", -1), list(struct.iter_unpack("<H", b"\x01\x00\x02\x00")), struct.pack("p", b"") , struct.pack("4p", b"abc"), struct.pack("!2c", b"a", b"b"), struct.Struct("<BB").size, struct.unpack_from("<H", b"\x00\x01\x00", 1), struct.pack("<e", 1.5), struct.pack("@b", -1))
for f in (lambda: struct.pack("B", 256), lambda: struct.pack("B", "a"), lambda: struct.unpack("I", b"ab"), lambda: struct.pack("II", 1), lambda: struct.pack("z", 1), lambda: struct.pack("b", 200), lambda: struct.pack("f", "x"), lambda: struct.pack("s", "x"), lambda: struct.pack("<I", -1), lambda: struct.pack("c", b"ab"), lambda: struct.unpack_from("I", b"ab")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for n in ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b", "sha224", "blake2s", "sha384"): h = hashlib.new(n, b"hello"); print(n, h.hexdigest()[:20], h.digest_size, h.block_size, h.name)
h = hashlib.sha256(); h.update(b"a"); c = h.copy(); h.update(b"b"); print(h.hexdigest() == hashlib.sha256(b"ab").hexdigest(), c.hexdigest()[:8], hashlib.md5("é".encode()).hexdigest(), hmac.new(b"k", b"m", "sha256").hexdigest()[:16], hmac.compare_digest("a", "a"), hashlib.shake_128(b"x").hexdigest(4), sorted(hashlib.algorithms_guaranteed)[:3], repr(h)[:20])
for f in (lambda: hashlib.md5("str"), lambda: hashlib.new("nope"), lambda: hashlib.sha256(5), lambda: hmac.new("k", b"m", "md5")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(base64.b64encode(b"hello\xff\xfe"), base64.urlsafe_b64encode(b"\xfb\xff"), base64.b64decode("aGVsbG8="), base64.b32encode(b"hi"), base64.b16encode(b"hi"), base64.b85encode(b"hello"), base64.a85encode(b"hello"), base64.b64decode(b"aGk"[:4] + b"="), base64.encodebytes(b"x" * 60), base64.b32decode("NBUQ===="), base64.b85decode(b"Xk~0{Zv"), base64.standard_b64decode("+/8="), base64.b64encode(b"", b"-_"))
for f in (lambda: base64.b64decode("a"), lambda: base64.b64decode("a$b="), lambda: base64.b64decode("a$b=", validate=True), lambda: base64.b64encode("str"), lambda: base64.b32decode("1"), lambda: base64.b16decode("zz"), lambda: binascii.unhexlify("a"), lambda: binascii.unhexlify("zz"), lambda: base64.b64decode("é")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(binascii.hexlify(b"ab", ":"), zlib.crc32(b"hello"), zlib.adler32(b"hello"), binascii.crc32(b"x"), binascii.b2a_base64(b"x"))
u = uuid.UUID("12345678-1234-5678-1234-567812345678"); print(u, repr(u), u.hex, u.int, u.version, u.fields, u.bytes[:2], uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid3(uuid.NAMESPACE_URL, "x"), u == uuid.UUID(int=u.int), u < uuid.UUID(int=2**127), u.urn, u.variant, uuid.uuid4().version, uuid.NIL)
try: uuid.UUID("zz")
except ValueError as e: print(e)
class P:
    def __init__(s, x): s.x = x
    def __eq__(s, o): return s.x == o.x
    def __getstate__(s): return {"x": s.x, "tag": "st"}
for o in (1, -1, 2**70, 1.5, "é", b"b", [1, [2]], (1, 2, 3, 4), {"a": {1, 2}}, None, True, P(3), int, len, range(3), 1j, frozenset([1]), bytearray(b"x"), uuid.UUID, slice(1, 2)): q = pickle.loads(pickle.dumps(o)); print(type(q).__name__, q == o, len(pickle.dumps(o)), len(pickle.dumps(o, 2)))
print(pickle.dumps([1, "a"], 0), pickle.dumps({"k": (True, None)}), vars(pickle.loads(pickle.dumps(P(1)))))
for f in (lambda: pickle.dumps(lambda: 0), lambda: pickle.loads(b"x"), lambda: pickle.loads(b""), lambda: pickle.dumps(x for x in []), lambda: pickle.dumps(type("L", (), {})()), lambda: pickle.loads(b"\x80\x04K"), lambda: pickle.dumps(__import__("threading").Lock())):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
a = array.array("i", [1, 2, 3]); a.append(4); print(a, a[1:3], a.tobytes().hex(), a.itemsize, a.typecode, array.array("d", [1.5]), a.tolist(), array.array("u", "hi") if False else array.array("w", "hi"), a.index(3), a.byteswap(), a[0], array.array("b", b"ab"), a == array.array("i", a))
for f in (lambda: array.array("b", [200]), lambda: array.array("z"), lambda: array.array("i", ["a"]), lambda: array.array("i", [1.5])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(html.escape("<a href='x'>&"), html.unescape("&lt;&amp;&#39;&eacute;&#x41;"), urllib.parse.quote("a b/é?"), urllib.parse.unquote("a%20b%C3%A9+"), urllib.parse.urlencode({"a": 1, "b": "x y", "c": [1, 2]}, doseq=True), urllib.parse.urlparse("http://u:p@h.com:80/p/a;x?q=1#f"), urllib.parse.parse_qs("a=1&a=2&b="), urllib.parse.urljoin("http://a/b/c", "../d"), urllib.parse.urlsplit("//h/p").netloc, urllib.parse.quote_plus("a b&"), urllib.parse.parse_qsl("x=1&y=2"), urllib.parse.urlunsplit(("s", "n", "p", "q", "f")))
