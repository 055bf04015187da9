"""An abstract class keeps none of the classes that it was asked about."""
import abc, gc, weakref, collections.abc
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
def make():
    class Sq(Shape):
        def area(self): return 1
    class Other: pass
    Shape.register(Other)
    class Stranger: pass
    print(isinstance(Sq(), Shape), issubclass(Other, Shape), isinstance(Other(), Shape), isinstance(Stranger(), Shape), isinstance(Stranger(), collections.abc.Sized))
    return weakref.ref(Sq), weakref.ref(Other), weakref.ref(Stranger)
refs = make()
gc.collect()
print([r() for r in refs])
@Shape.register
class Late: pass
print(issubclass(Late, Shape), Shape.__subclasses__())
