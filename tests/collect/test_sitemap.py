"""Sitemaps and feeds as sites serve them."""

from __future__ import annotations

import gzip

import pytest

from compliance.collect.sitemap import addresses


def test_sitemap_index_feed_and_atom() -> None:
    assert addresses(b"<urlset><url><loc> http://a/1 </loc></url></urlset>") == (["http://a/1"], [])
    assert addresses(b"<sitemapindex><sitemap><loc>http://a/s.xml</loc></sitemap></sitemapindex>") == (
        [],
        ["http://a/s.xml"],
    )
    assert addresses(b"<rss><channel><item><link>http://a/2</link></item></channel></rss>")[0] == ["http://a/2"]
    assert addresses(b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='http://a/3'/></entry></feed>")[
        0
    ] == ["http://a/3"]


def test_sitemap_that_begins_with_a_comment() -> None:
    body = b"<!--?xml version='1.0'?--><urlset><url><loc>http://a/1</loc></url></urlset>"
    assert addresses(body)[0] == ["http://a/1"]


def test_packed_sitemap() -> None:
    assert addresses(gzip.compress(b"<urlset><url><loc>http://a/1</loc></url></urlset>"))[0] == ["http://a/1"]


@pytest.mark.parametrize("body", [b"", b"<html>404", b"\x1f\x8bkaput", b"<urlset><url><loc>", b"\x00\xff"])
def test_broken_sitemaps_give_what_there_is(body: bytes) -> None:
    assert addresses(body) == ([], [])


def test_huge_packed_sitemap_is_bounded() -> None:
    body = gzip.compress(b"<urlset>" + b"<url><loc>http://a/</loc></url>" * 2_000_000)
    pages, _ = addresses(body)
    assert len(pages) == 2000


def test_external_entities_are_not_read() -> None:
    body = (
        b'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>http://a/&x;</loc></url></urlset>'
    )
    assert all("\n" not in p and len(p) <= len("http://a/&x;") for p in addresses(body)[0])
