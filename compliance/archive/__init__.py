"""Snapshots on disk: one WARC, one manifest, one head."""
