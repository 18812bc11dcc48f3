"""Audits what a village publishes: collect once, judge many times, say why."""

__version__ = "0.1.0"
