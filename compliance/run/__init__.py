"""Collects and judges one village."""
