"""Tests of links and paper."""
