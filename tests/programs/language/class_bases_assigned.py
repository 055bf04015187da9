"""Classes whose bases are replaced."""
class Base: pass
class A(Base):
    def hi(self): return 'A'
class B(Base):
    def hi(self): return 'B'
    def only(self): return 'only B'
class C(A):
    pass
class D(C):
    pass
c, d = C(), D()
print(c.hi(), d.hi(), C.__bases__)
C.__bases__ = (B,)
print(c.hi(), d.hi(), d.only(), D.__mro__, A.__subclasses__(), B.__subclasses__())
C.__bases__ = (B, A)
print(C.__mro__, isinstance(c, A), issubclass(D, A))
class Plain: pass
class Error(Exception): pass
for cls, value in [(C, 1), (C, ()), (C, (1,)), (B, (D,)), (C, (C,)), (Plain, (A,)), (int, (A,)), (C, (int,)), (C, (bool,)), (C, (A, A)), (Error, (A,)), (C, (object,))]:
    try:
        cls.__bases__ = value
        print(cls.__mro__)
    except TypeError as error:
        print(error)
print(C.__bases__, C.__base__)
