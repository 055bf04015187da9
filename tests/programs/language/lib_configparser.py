"""Configuration files: sections, references between options, errors."""
import configparser, io, sys
TEXT = """
# comment
[DEFAULT]
ServerAliveInterval = 45
Compression = yes
CompressionLevel: 9
ForwardX11 = yes

[forge.example]
User = hg
; other
[topsecret.server.example]
Port = 50022
ForwardX11 = no
multi = first
    second

    third
empty =
path = %(home)s/lib
home = /usr
percent = 10%%
flag
"""
def t(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__mro__[1].__name__, type(e).__name__, repr(str(e)))
c = configparser.ConfigParser(allow_no_value=True)
c.read_string(TEXT)
print(c.sections(), 'forge.example' in c, 'DEFAULT' in c, len(c))
top = c['topsecret.server.example']
print(dict(top))
print(top['port'], top.getint('Port'), top.getboolean('ForwardX11'), top.get('nope', 'fb'), top.getfloat('CompressionLevel'))
print(top['path'], repr(top['flag']), repr(top['empty']), repr(top['multi']), top['percent'])
t(lambda: top['nope']); t(c.get, 'nosec', 'x'); t(c.get, 'forge.example', 'nope'); t(c.get, 'forge.example', 'nope', fallback=3)
t(c.getint, 'forge.example', 'User'); t(c.getboolean, 'forge.example', 'User')
print(c.get('topsecret.server.example', 'path', raw=True), c.get('topsecret.server.example', 'path', vars={'home': '/x'}))
c.set('forge.example', 'new', 'v'); c.add_section('extra'); c['extra']['a'] = '1'; c['more'] = {'k': 'v', 'n': 5}
t(c.add_section, 'extra'); t(c.add_section, 'DEFAULT'); t(c.set, 'nosec', 'a', 'b'); t(c.set, 'extra', 'a', 5); t(c.set, 'extra', 'a', '5%')
print(c.options('extra'), c.items('more'), c.has_section('more'), c.has_option('more', 'k'), c.has_option('more', 'zz'))
out = io.StringIO(); c.write(out); print(out.getvalue())
out = io.StringIO(); c.write(out, space_around_delimiters=False); print(out.getvalue())
print(c.remove_option('more', 'k'), c.remove_section('more'), c.remove_section('more'))
for bad in ("[a]\nx=1\nx=2\n", "[a]\n[a]\n", "x=1\n", "[a]\nnovalue\n", "[a]\n=1\n", "[a\n"):
    p = configparser.ConfigParser()
    t(p.read_string, bad)
p = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
p.read_string("[Common]\nhome_dir: /Users\nlib: /Library\n[Paths]\nmy: ${Common:home_dir}/x\nd = $${}\nloc = ${my}/y\nbad = ${nope}\nbad2 = ${No:x}\nb3 = ${a\n")
print(p['Paths']['my'], p['Paths']['d'], p['Paths']['loc']); t(lambda: p['Paths']['bad']); t(lambda: p['Paths']['bad2']); t(lambda: p['Paths']['b3'])
r = configparser.RawConfigParser(); r.optionxform = str
r.read_dict({'S': {'Key': 'Val', 'N': 3, 'None': None}}); print(dict(r['S']), r.items('S'))
q = configparser.ConfigParser(interpolation=None, delimiters=('=',), comment_prefixes=('#',), inline_comment_prefixes=(';',), default_section='common', converters={'list': lambda v: v.split(',')})
q.read_string("[common]\nz=0\n[a]\nx:y = 1,2 ; c\n")
print(q['a'].getlist('x:y'), q.getlist('a', 'x:y'), q.defaults(), list(q), q['a'].name, q['a'])
i = configparser.ConfigParser(); i.read_string("[a]\nx=%(y)s\ny=%(x)s\nz=%(w)s\nb=%b\n")
for o in 'xzb': t(i.get, 'a', o)
print([s for s in c], c.default_section, list(c['topsecret.server.example'].keys()))
del c['extra']['a']; print(dict(c['extra']) == c.defaults(), c['extra'].get('a')); t(lambda: c['zz'])
c.popitem(); print(c.sections()); c.clear(); print(c.sections(), c.defaults())
print(configparser.ConfigParser(defaults={'a': '1'}).defaults(), c.getboolean('DEFAULT', 'zz', fallback=True))
print(sorted(configparser.ConfigParser.BOOLEAN_STATES))
print(configparser.__all__)
