"""Tests of closed talks."""
