"""How messages name classes that are defined in functions, and the texts of properties."""


def main():
    class Circle:
        __slots__ = ("radius", "_area")

        @property
        def area(self):
            "The first text."
            return 3

        @area.getter
        def area(self):
            "The second text."
            return 4

        plain = property(lambda self: 1, doc="given")
        empty = property()

    class Documented(property):
        "Of the class."

    class Square:
        @Documented
        def side(self):
            "Of the getter."
            return 1

        quiet = Documented(lambda self: 2)

        @side.setter
        def side(self, value):
            self.__dict__["kept"] = value

    print(Circle.area.__doc__, Circle.plain.__doc__, Circle.area.__name__, Circle.empty.__doc__)
    print(Square.side.__doc__, Square.quiet.__doc__, Square().side)
    circle = Circle()
    for attempt in (
        lambda: setattr(circle, "area", 1),
        lambda: delattr(circle, "area"),
        lambda: circle.empty,
        lambda: setattr(circle, "empty", 1),
        lambda: circle.radius,
        lambda: delattr(circle, "radius"),
        lambda: circle.nothing,
        lambda: setattr(circle, "nothing", 1),
        lambda: circle(),
        lambda: circle[0],
        lambda: circle + 1,
        lambda: len(circle),
        lambda: iter(circle),
        lambda: Circle(1),
        lambda: circle < circle,
        lambda: Circle.nothing,
    ):
        try:
            attempt()
        except (AttributeError, TypeError) as error:
            print(type(error).__name__, error)


main()
