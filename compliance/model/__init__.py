"""The domain's words. No input or output, and nothing of ours is imported."""
