"""What happened, room by room; `stage.SCENES` puts it in order of days. Every module beside this one is a part of it."""

import importlib
import pkgutil

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
