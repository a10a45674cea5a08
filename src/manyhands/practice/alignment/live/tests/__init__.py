"""Tests of live rounds."""
