"""Pages about plans. A view finds, calls one action, and renders; it decides nothing."""
