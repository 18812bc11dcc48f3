"""Generated village websites whose every disclosure is known: whole-site truth for the accuracy lab.

Nothing here is imported by the product, and the product's vocabulary is not imported here: what the sites say comes
from the pool of documents under `pool/`, written by other hands than the matcher.
"""
