"""Tests of common ground."""
