# What built-in functions say of keyword arguments that they do not know, with the name that was probably meant.
calls = """print(1, ends='')
sorted([1], keys=1)
[].sort(revers=True)
int('1', bas=3)
'a'.split(sepp=1)
sum([1], strt=1)
max([1], keyy=1)
'a'.encode(encodng='x')
zip([1], stict=True)
pow(1, 2, mode=3)
eval('1', globls={})
(5).to_bytes(lenght=2)
property(fgett=1)
round(1, nd=2)
enumerate([], begin=1)
list(seq=[1])
len(obj=[])
(lambda width, height: 0)(widht=1, height=2)"""
for call in calls.splitlines():
    try:
        print(call, "->", eval(call))
    except TypeError as err:
        print(call, "->", err)
