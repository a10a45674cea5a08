"""How a command gets the house ready, once, before it does anything."""

import gc


def load_house() -> None:
    """Load settings and rooms, as `django.setup` does; nothing if that has been done.

    Nearly all that loading makes, stays. Python would look through it for rubbish some hundred times meanwhile, an
    eighth of the start; it looks again afterwards, and only at what is new.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        import django
        from django.apps import apps

        if not apps.ready:
            django.setup()
            gc.freeze()
    finally:
        if looks:
            gc.enable()
