"""Pages about decisions. A view finds, calls one action, and renders; it decides nothing."""
