"""Background work of this room, where workers look for it when they start."""

from .letters import send_invitation

__all__ = ["send_invitation"]
