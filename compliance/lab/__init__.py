"""The accuracy lab: how well disclosures are recognised on pages whose answers are known.

Nothing in the product uses it; it measures the product, and two simpler ways of matching beside it.
"""
