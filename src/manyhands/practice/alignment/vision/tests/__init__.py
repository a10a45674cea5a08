"""Tests of overlaps and visions."""
