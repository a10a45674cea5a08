"""Tests of values, ground rules and breach reports."""
