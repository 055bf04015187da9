"""What a context gives of its variables are iterators."""
import contextvars

colour = contextvars.ContextVar("colour")
colour.set("red")
context = contextvars.copy_context()
for view in context.keys(), context.values(), context.items(), iter(context):
    print(type(view), iter(view) is view, hasattr(view, "__len__"), hasattr(view, "__length_hint__"))
print([variable.name for variable in context.keys()], list(context.values()))
items = context.items()
print(next(items)[1], next(items, "none"))
