"""Configuring logging from a dict."""

import importlib
import logging


def _resolve(name):
    """What a dotted name stands for."""
    parts = name.split(".")
    found = importlib.import_module(parts[0])
    for at, part in enumerate(parts[1:], 2):
        try:
            found = getattr(found, part)
        except AttributeError:
            importlib.import_module(".".join(parts[:at]))
            found = getattr(found, part)
    return found


class _Configuration:
    """A dict and the objects made of it so far."""

    def __init__(self, config):
        self.config = config
        self.made = {"formatters": {}, "filters": {}, "handlers": {}}

    def value(self, value):
        """A value, with `ext://` and `cfg://` followed."""
        if isinstance(value, str) and value.startswith("ext://"):
            return _resolve(value[6:])
        if isinstance(value, str) and value.startswith("cfg://"):
            found = self.config
            for part in value[6:].split("."):
                found = found[part]
            return found
        if isinstance(value, dict):
            return {key: self.value(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.value(item) for item in value]
        return value

    def custom(self, settings):
        """What the factory under `()` makes."""
        settings = self.value(settings)
        factory = settings.pop("()")
        if isinstance(factory, str):
            factory = _resolve(factory)
        attributes = settings.pop(".", {})
        made = factory(**settings)
        for name, value in attributes.items():
            setattr(made, name, value)
        return made

    def apply(self):
        version = self.config.get("version")
        if version is None:
            raise ValueError("dictionary doesn't specify a version")
        if version != 1:
            raise ValueError(f"Unsupported version: {version}")
        incremental = self.config.get("incremental", False)
        if incremental:
            from _loopscope import unsupported

            unsupported("logging.config.dictConfig with 'incremental'")
        logging._handlerList.clear()
        for kind, make in (("formatters", self.formatter), ("filters", self.filter)):
            for name, settings in self.config.get(kind, {}).items():
                self.made[kind][name] = self.attempt(kind[:-1], name, make, settings)
        for name in sorted(self.config.get("handlers", {})):
            settings = self.config["handlers"][name]
            handler = self.attempt("handler", name, self.handler, settings)
            handler.name = name
            self.made["handlers"][name] = handler
        self.loggers()

    def attempt(self, kind, name, make, *arguments):
        try:
            return make(*arguments)
        except Exception as error:
            raise ValueError(f"Unable to configure {kind} {name!r}") from error

    def formatter(self, settings):
        if "()" in settings:
            try:
                return self.custom(settings)
            except TypeError as error:
                if "'format'" not in str(error):
                    raise
            # The factory may be a subclass of Formatter, whose parameter has another name.
            settings = dict(settings)
            settings["fmt"] = settings.pop("format")
            return self.custom(settings)
        settings = self.value(settings)
        factory = _resolve(settings["class"]) if "class" in settings else logging.Formatter
        parts = [settings.get(name) for name in ("format", "datefmt")] + [settings.get("style", "%")]
        more = {"defaults": settings["defaults"]} if "defaults" in settings else {}
        return factory(*parts, settings.get("validate", True), **more)

    def filter(self, settings):
        return self.custom(settings) if "()" in settings else logging.Filter(settings.get("name", ""))

    def handler(self, settings):
        settings = dict(settings)
        formatter, level = settings.pop("formatter", None), settings.pop("level", None)
        filters = settings.pop("filters", ())
        if formatter is not None:
            formatter = self.made["formatters"][formatter]
        if "()" in settings:
            handler = self.custom(settings)
        else:
            factory = _resolve(settings.pop("class"))
            settings = self.value(settings)
            if "target" in settings:
                settings["target"] = self.made["handlers"][settings["target"]]
            attributes = settings.pop(".", {})
            handler = factory(**settings)
            for name, value in attributes.items():
                setattr(handler, name, value)
        if formatter:
            handler.setFormatter(formatter)
        if level is not None:
            handler.setLevel(level)
        for name in filters:
            handler.addFilter(self.made["filters"][name])
        return handler

    def loggers(self):
        named = self.config.get("loggers", {})
        disable = self.config.get("disable_existing_loggers", True)
        for name, logger in logging.root.manager.loggerDict.items():
            if isinstance(logger, logging.Logger) and name not in named:
                below = any(name.startswith(other + ".") for other in named)
                logger.disabled = disable and not below
        for name, settings in named.items():
            self.attempt("logger", name, self.logger, logging.getLogger(name), settings)
        if "root" in self.config:
            self.attempt("root logger", "", self.logger, logging.getLogger(), self.config["root"])

    def logger(self, logger, settings):
        if (level := settings.get("level")) is not None:
            logger.setLevel(logging._checkLevel(level))
        for handler in logger.handlers[:]:
            logger.removeHandler(handler)
        for name in settings.get("handlers", ()):
            logger.addHandler(self.made["handlers"][name])
        for name in settings.get("filters", ()):
            logger.addFilter(self.made["filters"][name])
        logger.disabled = False
        if (propagate := settings.get("propagate")) is not None:
            logger.propagate = propagate


class dictConfigClass:
    """The configurator that `dictConfig` uses."""

    def __init__(self, config):
        self._configuration = _Configuration(config)

    def configure(self):
        self._configuration.apply()


def dictConfig(config):
    """Configures logging from a dict."""
    dictConfigClass(config).configure()


def __getattr__(name):
    if name in ("fileConfig", "listen", "stopListening"):
        from _loopscope import unsupported

        unsupported(f"logging.config.{name}: programs have neither files nor networks")
    raise AttributeError(f"module 'logging.config' has no attribute {name!r}")
