"""Every outcome of the platforms' answers, asked for over loopback: there, missing, private, blocked, changed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from compliance.collect.settings import Settings
from compliance.collect.social import PLATFORMS, observe, window_start
from compliance.collect.social.asking import PER_ACCOUNT, Client, Limits, forbidden
from compliance.collect.social.routes import Ask, Keys, Reply, number
from compliance.collect.social.tokens import Tokens, load_tokens
from compliance.errors import UserError
from compliance.model.accounts import Completeness, Exists, Observed, Why
from compliance.model.site import AccountSeen
from compliance.model.status import Access, Channel
from tests.social.platforms import FIXTURES, Answer, Platforms, fixture, platforms

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
SECRETS = {"youtube": "k-youtube", "facebook": "k-facebook", "instagram": "k-instagram", "x": "k-x"}
UC = "UC3gRBswFkuteshdwMZAQafQ"
CODE = "0029VaAbCdEfGhIjKlMnOp12"
INVITE = "AbCdEfGhIjKlMnOpQrStUv"


def account(channel: str, identity: str, kind: str) -> AccountSeen:
    return AccountSeen(Channel(channel), f"https://{channel}.example/{identity}", "footer", kind, identity)


TELEGRAM = account("telegram", "pemdessukamaju", "username")
NOBODY = account("telegram", "nosuchdesa", "username")
YOUTUBE = account("youtube", "@desasukamaju", "handle")
TIKTOK = account("tiktok", "desasukamaju", "profile")
CHANNEL = account("whatsapp", CODE, "channel")
GROUP = account("whatsapp", INVITE, "group_invite")
FACEBOOK = account("facebook", "desasukamaju", "page_or_profile")
INSTAGRAM = account("instagram", "desa_sukamaju", "profile")
XUSER = account("x", "desasukamaju", "user")
PREVIEW = "t.me/s/pemdessukamaju"
PAGE = "www.youtube.com/@desasukamaju"
API = "www.googleapis.com/youtube/v3/channels?part=snippet,contentDetails,statistics&forHandle=%40desasukamaju"
GRAPH = "graph.facebook.com/v25.0/desasukamaju?fields=id,name,username,about,description,website,link,fan_count,is_published"
USER = "api.x.com/2/users/by/username/desasukamaju?user.fields=created_at,description,entities,protected,public_metrics,url"


def read(
    server: Platforms,
    seen: AccountSeen,
    *,
    tokens: dict[str, str] | None = None,
    keys: Keys | None = None,
    limits: Limits | None = None,
) -> tuple[Observed, list[Reply]]:
    """An account read as a run reads it, one request after another."""
    limits = replace(limits or Limits(), base=server.address, delay=0.0, keys=keys or Keys())
    client = Client(Settings(delay=0.0), Tokens(tokens or {}), limits)
    replies: list[Reply] = []
    try:
        while len(replies) < PER_ACCOUNT:
            ask = PLATFORMS[seen.channel].step(seen, replies, client.keys, window_start(NOW))
            if ask is None:
                break
            replies.append(client.ask(ask))
    finally:
        client.close()
    return observe(seen, replies, NOW), replies


def og(**said: str) -> Answer:
    return Answer(f"<html><head><title>{said.get('title', '')}</title></head><body>x</body></html>".encode())


def search(name: str) -> str:
    """The address that Business Discovery is asked under."""
    ask = PLATFORMS[Channel.INSTAGRAM].step(
        account("instagram", name, "profile"), [], Keys(frozenset({"instagram"}), "17841405309211844"), NOW
    )
    assert ask is not None
    return str(ask.url.removeprefix("https://"))


DISCOVERY = search("desa_sukamaju")
LONG = "<!-- " + "x" * 6_000 + " -->"
#: (account, answers, exists, why, tokens): the table "missing, private, blocked" of the platforms.
OUTCOMES: dict[str, tuple[AccountSeen, dict[str, Answer], str, str]] = {
    "telegram channel": (TELEGRAM, {PREVIEW: fixture("telegram/s_channel_ok.html"), f"{PREVIEW}?before=410": fixture("telegram/s_channel_ok.html")}, "yes", "ok"),
    "telegram missing": (NOBODY, {"t.me/s/nosuchdesa": Answer(status=302, to="https://t.me/nosuchdesa"), "t.me/nosuchdesa": fixture("telegram/username_missing.html")}, "unknown", "not_found_unconfirmed"),
    "telegram without preview": (TELEGRAM, {PREVIEW: Answer(status=302, to="https://t.me/pemdessukamaju"), "t.me/pemdessukamaju": fixture("telegram/channel_no_preview.html")}, "yes", "preview_disabled"),
    "telegram group": (TELEGRAM, {PREVIEW: Answer(status=302, to="https://t.me/pemdessukamaju"), "t.me/pemdessukamaju": fixture("telegram/group_page.html")}, "yes", "preview_disabled"),
    "telegram down": (TELEGRAM, {PREVIEW: Answer(b"x", 502)}, "unknown", "network"),
    "telegram limited": (TELEGRAM, {PREVIEW: Answer(b"x", 429)}, "unknown", "rate_limited"),
    "telegram empty": (TELEGRAM, {PREVIEW: Answer(b"")}, "unknown", "network"),
    "telegram changed": (TELEGRAM, {PREVIEW: Answer(b"<html><body>new look</body></html>")}, "unknown", "parse_changed"),
    "telegram not found status": (TELEGRAM, {PREVIEW: Answer(b"<html>404</html>", 404)}, "unknown", "parse_changed"),
    "youtube page": (YOUTUBE, {PAGE: fixture("youtube/page_ytinitialdata.html")}, "yes", "ok"),
    "youtube alert": (YOUTUBE, {PAGE: fixture("youtube/alerts_missing.json")}, "unknown", "not_found_unconfirmed"),
    "youtube page 404": (YOUTUBE, {PAGE: Answer(b"<html><head><title>404 Not Found</title></head><body><img src='https://www.youtube.com/img/logo.png'></body></html>", 404)}, "unknown", "not_found_unconfirmed"),
    "youtube consent": (YOUTUBE, {PAGE: Answer(status=302, to="https://consent.youtube.com/m?continue=x")}, "unknown", "consent"),
    "youtube consent page": (YOUTUBE, {PAGE: fixture("youtube/consent.html")}, "unknown", "consent"),
    "youtube traffic": (YOUTUBE, {PAGE: Answer(b"<html>Sorry, unusual traffic from your network</html>")}, "unknown", "challenge"),
    "youtube limited": (YOUTUBE, {PAGE: Answer(b"x", 429)}, "unknown", "rate_limited"),
    "youtube changed": (YOUTUBE, {PAGE: Answer(b"<html><script>var ytInitialData = {};</script></html>")}, "unknown", "parse_changed"),
    "youtube home": (YOUTUBE, {PAGE: Answer(status=302, to="https://www.youtube.com/"), "www.youtube.com/": Answer(b"<html>home</html>")}, "unknown", "parse_changed"),
    "tiktok profile": (TIKTOK, {"www.tiktok.com/@desasukamaju": fixture("tiktok/profile_ok.html")}, "yes", "ok"),
    "tiktok missing": (TIKTOK, {"www.tiktok.com/@desasukamaju": fixture("tiktok/profile_missing_10221.html")}, "unknown", "not_found_unconfirmed"),
    "tiktok private": (TIKTOK, {"www.tiktok.com/@desasukamaju": fixture("tiktok/profile_private_10222.html")}, "yes", "private"),
    "tiktok login": (TIKTOK, {"www.tiktok.com/@desasukamaju": Answer(status=302, to="https://www.tiktok.com/login?redirect=x"), "www.tiktok.com/login?redirect=x": Answer(b"<html>login</html>")}, "unknown", "login_wall"),
    "tiktok challenge, no second way": (TIKTOK, {"www.tiktok.com/@desasukamaju": fixture("tiktok/challenge_no_data.html"), "www.tiktok.com/oembed?url=https%3A%2F%2Fwww.tiktok.com%2F%40desasukamaju": fixture("tiktok/oembed_400.json", 400)}, "unknown", "challenge"),
    "tiktok challenge, embed knows": (TIKTOK, {"www.tiktok.com/@desasukamaju": fixture("tiktok/challenge_no_data.html"), "www.tiktok.com/oembed?url=https%3A%2F%2Fwww.tiktok.com%2F%40desasukamaju": fixture("tiktok/oembed_profile_200.json")}, "yes", "ok"),
    "tiktok region": (TIKTOK, {"www.tiktok.com/@desasukamaju": Answer((FIXTURES / "tiktok/profile_missing_10221.html").read_bytes().replace(b"10221", b"10231"))}, "unknown", "geo_blocked"),
    "whatsapp channel": (CHANNEL, {f"www.whatsapp.com/channel/{CODE}": fixture("whatsapp/channel_ok.html")}, "yes", "ok"),
    "whatsapp channel missing": (CHANNEL, {f"www.whatsapp.com/channel/{CODE}": fixture("whatsapp/channel_unavailable.html")}, "unknown", "not_found_unconfirmed"),
    "whatsapp other channel": (CHANNEL, {f"www.whatsapp.com/channel/{CODE}": Answer((FIXTURES / "whatsapp/channel_unavailable.html").read_bytes().replace(b"0029Va", b"0029Vb"))}, "unknown", "parse_changed"),
    "whatsapp trouble": (CHANNEL, {f"www.whatsapp.com/channel/{CODE}": Answer(b"<html><h1>Something went wrong</h1></html>")}, "unknown", "parse_changed"),
    "whatsapp challenge": (CHANNEL, {f"www.whatsapp.com/channel/{CODE}": og(title="Just a moment...")}, "unknown", "challenge"),
    "whatsapp limited": (CHANNEL, {f"www.whatsapp.com/channel/{CODE}": Answer(b"x", 429)}, "unknown", "rate_limited"),
    "whatsapp invite": (GROUP, {f"chat.whatsapp.com/{INVITE}": fixture("whatsapp/invite_valid.html")}, "yes", "ok"),
    "whatsapp invite reset": (GROUP, {f"chat.whatsapp.com/{INVITE}": fixture("whatsapp/invite_reset.html")}, "unknown", "not_found_unconfirmed"),
    "whatsapp short body": (GROUP, {f"chat.whatsapp.com/{INVITE}": Answer(b'<html><head><title>WhatsApp Group Invite</title><meta property="og:title" content=""></head></html>')}, "unknown", "parse_changed"),
    "whatsapp invite consent": (GROUP, {f"chat.whatsapp.com/{INVITE}": Answer(status=302, to="https://consent.whatsapp.com/x")}, "unknown", "consent"),
    "whatsapp number": (account("whatsapp", "+6281298765432", "number"), {}, "unknown", "kind_unsupported"),
    "facebook without token": (FACEBOOK, {}, "unknown", "token_missing"),
    "instagram without token": (INSTAGRAM, {}, "unknown", "token_missing"),
    "x without token": (XUSER, {}, "unknown", "token_missing"),
}  # fmt: skip
#: With tokens.
BY_API: dict[str, tuple[AccountSeen, dict[str, Answer], str, str]] = {
    "youtube channel": (YOUTUBE, {API: fixture("youtube/data_api_channel_200.json"), "www.googleapis.com/youtube/v3/playlistItems?part=snippet,contentDetails&maxResults=50&playlistId=UU3gRBswFkuteshdwMZAQafQ": Answer(b'{"items": []}')}, "yes", "ok"),
    "youtube none, and the page agrees": (YOUTUBE, {API: fixture("youtube/data_api_channel_missing.json"), PAGE: fixture("youtube/alerts_missing.json")}, "no", "not_found"),
    "youtube none, and the page does not say": (YOUTUBE, {API: fixture("youtube/data_api_channel_missing.json"), PAGE: Answer(b"x", 429)}, "unknown", "not_found_unconfirmed"),
    "youtube quota": (YOUTUBE, {API: fixture("youtube/data_api_403_quota.json", 403)}, "unknown", "rate_limited"),
    "youtube key": (YOUTUBE, {API: Answer(b'{"error": {"code": 400, "errors": [{"reason": "keyInvalid"}]}}', 400)}, "unknown", "token_invalid"),
    "youtube proxy": (YOUTUBE, {API: Answer(b"{}")}, "unknown", "parse_changed"),
    "facebook reviewed": (FACEBOOK, {GRAPH: fixture("facebook/graph_error_10_ppca.json", 400)}, "unknown", "permission_missing"),
    "facebook token": (FACEBOOK, {GRAPH: fixture("facebook/graph_error_190.json", 400)}, "unknown", "token_invalid"),
    "facebook not seen": (FACEBOOK, {GRAPH: fixture("facebook/graph_error_803.json", 404)}, "unknown", "permission_missing"),
    "facebook throttled": (FACEBOOK, {GRAPH: Answer(b'{"error": {"code": 4}}', 400)}, "unknown", "rate_limited"),
    "facebook changed": (FACEBOOK, {GRAPH: Answer(b"{}")}, "unknown", "parse_changed"),
    "facebook group": (account("facebook", "wargasukamaju", "group"), {}, "unknown", "kind_unsupported"),
    "instagram": (INSTAGRAM, {DISCOVERY: fixture("instagram/business_discovery_200.json")}, "yes", "ok"),
    "instagram personal": (INSTAGRAM, {DISCOVERY: Answer(b'{"error": {"code": 110, "error_subcode": 2207013}}', 400)}, "unknown", "kind_unsupported"),
    "instagram other answer": (INSTAGRAM, {DISCOVERY: fixture("instagram/web_profile_info_401.json", 401)}, "unknown", "login_wall"),
    "x user": (XUSER, {USER: fixture("x/v2_user.json")}, "yes", "ok"),
    "x none": (XUSER, {USER: fixture("x/v2_user_not_found.json")}, "unknown", "not_found_unconfirmed"),
    "x none by status": (XUSER, {USER: fixture("x/v2_user_not_found.json", 404)}, "unknown", "not_found_unconfirmed"),
    "x suspended": (XUSER, {USER: Answer(b'{"errors": [{"title": "Forbidden", "resource_type": "user", "detail": "User has been suspended: [x]."}]}')}, "unknown", "not_found_unconfirmed"),
    "x private": (XUSER, {USER: Answer((FIXTURES / "x/v2_user.json").read_bytes().replace(b'"protected": false', b'"protected": true'))}, "yes", "private"),
    "x limited": (XUSER, {USER: Answer(b"x", 429)}, "unknown", "rate_limited"),
    "x no credits": (XUSER, {USER: Answer(b'{"title": "CreditsDepleted"}', 402)}, "unknown", "permission_missing"),
    "x token": (XUSER, {USER: Answer(b'{"title": "Unauthorized"}', 401)}, "unknown", "token_invalid"),
}  # fmt: skip
DEFAULTS = Keys(instagram_operator="17841405309211844")


@pytest.mark.parametrize("case", OUTCOMES)
def test_outcomes_without_tokens(case: str) -> None:
    seen, answers, exists, why = OUTCOMES[case]
    with platforms(dict(answers)) as server:
        observed, _ = read(server, seen)
        assert (observed.exists.value, observed.why.value) == (exists, why)
        assert not any(forbidden(f"https://{p}") for p in server.paths())


@pytest.mark.parametrize("case", BY_API)
def test_outcomes_with_tokens(case: str) -> None:
    seen, answers, exists, why = BY_API[case]
    with platforms(dict(answers)) as server:
        observed, _ = read(server, seen, tokens=SECRETS, keys=DEFAULTS)
        assert (observed.exists.value, observed.why.value) == (exists, why)
        # A token travels in a header and in nothing else.
        assert not any(secret in path for path in server.paths() for secret in SECRETS.values())


def test_a_reviewed_app_is_believed_when_it_finds_nothing_twice() -> None:
    error = fixture("facebook/graph_error_803.json", 404)
    reply = Reply("https://graph.facebook.com/v25.0/desasukamaju", "facebook.node.public", "", 404, Access.NOT_FOUND, error.body, fetched_at="2026-11-24T01:00:00Z")  # fmt: skip
    later = replace(reply, fetched_at="2026-11-24T01:11:00Z")
    assert observe(FACEBOOK, [reply], NOW).why is Why.NOT_FOUND_UNCONFIRMED
    assert observe(FACEBOOK, [reply, later], NOW).exists is Exists.NO
    assert observe(FACEBOOK, [reply, replace(later, fetched_at="2026-11-24T01:09:00Z")], NOW).exists is Exists.UNKNOWN


def test_telegram_tells_name_links_posts_and_days() -> None:
    answers: dict[str, Answer | list[Answer]] = {PREVIEW: fixture("telegram/s_channel_ok.html"), f"{PREVIEW}?before=410": Answer(b"x", 500)}  # fmt: skip
    with platforms(answers) as server:
        observed, _ = read(server, TELEGRAM)
    assert (observed.name, observed.followers) == ("Pemdes Sukamaju", 1200)
    assert "https://sukamaju.desa.example" in observed.links
    assert observed.posts and all(p.url.startswith("https://t.me/pemdessukamaju/") for p in observed.posts)
    assert all(p.posted is not None and p.posted.tzinfo is not None for p in observed.posts)
    assert [p.posted for p in observed.posts] == sorted((p.posted for p in observed.posts if p.posted), reverse=True)


def test_posts_of_the_interfaces() -> None:
    uploads = "www.googleapis.com/youtube/v3/playlistItems?part=snippet,contentDetails&maxResults=50&playlistId=UU3gRBswFkuteshdwMZAQafQ"
    video = {"snippet": {"title": "APBDes 2026", "description": "Pendapatan Rp 1.500.000.000"}, "contentDetails": {"videoId": "abc", "videoPublishedAt": "2026-11-01T02:00:00Z"}}  # fmt: skip
    since = int(window_start(NOW).timestamp())
    node = json.dumps({"id": "946432998716566", "name": "Pemdes Sukamaju", "website": "desasukamaju.example"}).encode()
    tweets = f"api.x.com/2/users/2244994945/tweets?max_results=20&exclude=replies,retweets&start_time={window_start(NOW):%Y-%m-%dT%H:%M:%SZ}&tweet.fields=created_at"
    answers: dict[str, Answer | list[Answer]] = {
        API: fixture("youtube/data_api_channel_200.json"),
        uploads: Answer(json.dumps({"items": [video]}).encode()),
        GRAPH: Answer(node),
        f"graph.facebook.com/v25.0/946432998716566/published_posts?fields=message,created_time,permalink_url,full_picture&since={since}&limit=100": fixture("facebook/graph_published_posts.json"),
        DISCOVERY: fixture("instagram/business_discovery_200.json"),
        USER: fixture("x/v2_user.json"),
        tweets: fixture("x/v2_tweets.json"),
    }  # fmt: skip
    with platforms(answers) as server:
        found = {s.channel: read(server, s, tokens=SECRETS, keys=DEFAULTS)[0] for s in (YOUTUBE, FACEBOOK, INSTAGRAM, XUSER)}  # fmt: skip
    assert found[Channel.YOUTUBE].posts[0].url == "https://www.youtube.com/watch?v=abc"
    assert found[Channel.YOUTUBE].posts[0].text == "APBDes 2026\nPendapatan Rp 1.500.000.000"
    assert found[Channel.FACEBOOK].links == ("https://desasukamaju.example",)
    assert found[Channel.FACEBOOK].posts[0].text == "Realisasi APBDes semester I 2026"
    assert found[Channel.INSTAGRAM].posts[0].text == "APBDes 2026"
    assert found[Channel.INSTAGRAM].complete is Completeness.PARTIAL
    assert found[Channel.X].posts[0].url == "https://x.com/desasukamaju/status/1836000000000000001"
    assert all(o.method == "api" for o in found.values())


def test_youtube_feed_is_asked_for_only_when_opted_into_and_its_outage_says_nothing() -> None:
    feed = "www.youtube.com/feeds/videos.xml?channel_id=" + UC
    atom = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"><entry><yt:videoId>v1</yt:videoId><title>Musdes 2026</title><published>2026-11-02T03:00:00+00:00</published><media:group><media:description>Musyawarah desa</media:description></media:group></entry></feed>"""
    page = fixture("youtube/page_ytinitialdata.html")
    with platforms({PAGE: page, feed: Answer(atom, kind="text/xml")}) as server:
        assert not read(server, YOUTUBE)[0].posts
        assert feed not in server.paths()
        observed, _ = read(server, YOUTUBE, keys=Keys(rss=True))
        assert [p.text for p in observed.posts] == ["Musdes 2026\nMusyawarah desa"]
    for outage in (Answer(b"x", 404), Answer(b"x", 500), Answer(b"<html>error</html>")):
        with platforms({PAGE: page, feed: outage}) as server:
            assert read(server, YOUTUBE, keys=Keys(rss=True))[0].exists is Exists.YES


def test_titles_on_a_channels_page_are_posts_without_days() -> None:
    data = {
        "metadata": {"channelMetadataRenderer": {"title": "Desa Sukamaju", "externalId": UC}},
        "contents": [
            {"videoRenderer": {"videoId": "a1", "title": {"runs": [{"text": "APBDes 2026"}]}}},
            {"lockupViewModel": {"contentType": "LOCKUP_CONTENT_TYPE_VIDEO", "contentId": "b2", "metadata": {"lockupMetadataViewModel": {"title": {"content": "Musdes"}}}}},
        ],
    }  # fmt: skip
    body = f"<html><script>var ytInitialData = {json.dumps(data)};</script></html>".encode()
    with platforms({PAGE: Answer(body)}) as server:
        observed, _ = read(server, YOUTUBE)
    assert {p.text for p in observed.posts} == {"APBDes 2026", "Musdes"}
    assert all(p.posted is None for p in observed.posts) and not observed.whole


# -- rules -----------------------------------------------------------------------------------------------


def test_a_host_that_refuses_is_asked_no_more() -> None:
    with platforms({PREVIEW: Answer(b"x", 429)}) as server:
        client = Client(Settings(delay=0.0), Tokens(), Limits(delay=0.0, base=server.address))
        first = client.ask(Ask(f"https://{PREVIEW}", "telegram.preview"))
        second = client.ask(Ask("https://t.me/s/lain", "telegram.preview"))
        client.close()
        assert (first.status, second.access, second.detail) == (429, Access.RATE_LIMITED, "host stopped")
        assert server.paths() == [PREVIEW]


@pytest.mark.parametrize("status", [200, 500])
def test_robots_is_read_live_and_obeyed(status: int) -> None:
    with platforms({PREVIEW: fixture("telegram/s_channel_ok.html")}) as server:
        server.robots["t.me"] = Answer(b"User-agent: *\nDisallow: /s/\n", status, "text/plain")
        observed, _ = read(server, TELEGRAM)
        assert observed.why is Why.ROBOTS_DISALLOWED
        assert server.paths() == []


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/desa",
        "https://m.facebook.com/plugins/page.php?href=x",
        "https://www.instagram.com/desa/",
        "https://x.com/desa",
        "https://syndication.twitter.com/srv/timeline-profile/screen-name/desa",
        "https://www.tiktok.com/embed/@desa",
        "https://www.youtube.com/results?search_query=desa",
        "https://www.youtube.com/youtubei/v1/browse",
    ],
)
def test_what_is_never_asked_for(url: str) -> None:
    assert forbidden(url)
    with platforms({}) as server:
        client = Client(Settings(delay=0.0), Tokens(), Limits(delay=0.0, base=server.address))
        with pytest.raises(AssertionError):
            client.ask(Ask(url, "none"))
        client.close()
        assert server.asked == []


def test_every_request_is_honest_and_keeps_no_cookie() -> None:
    with platforms({PREVIEW: fixture("telegram/s_channel_ok.html"), f"{PREVIEW}?before=410": fixture("telegram/s_channel_ok.html")}) as server:  # fmt: skip
        read(server, TELEGRAM)
        for _, headers in server.asked:
            assert headers["user-agent"].startswith("desa-compliance/") and "cookie" not in headers
        assert len(server.paths()) <= PER_ACCOUNT


def test_a_days_answer_comes_from_the_cache(tmp_path: Path) -> None:
    with platforms({PREVIEW: fixture("telegram/s_channel_ok.html")}) as server:
        limits = Limits(cache=tmp_path / "cache")
        first, _ = read(server, TELEGRAM, limits=limits)
        second, replies = read(server, TELEGRAM, limits=limits)
        assert first == second and server.paths() == [PREVIEW]
        assert replies[0].fetched_at
        kept = next((tmp_path / "cache").iterdir())
        assert kept.stat().st_mode & 0o077 == 0
        kept.write_text("{", encoding="utf-8")
        assert read(server, TELEGRAM, limits=limits)[0] == first and len(server.paths()) == 2


def test_a_refusal_is_not_kept(tmp_path: Path) -> None:
    with platforms({PREVIEW: [Answer(b"x", 500), fixture("telegram/s_channel_ok.html")]}) as server:
        limits = Limits(cache=tmp_path / "cache")
        assert read(server, TELEGRAM, limits=limits)[0].why is Why.NETWORK
        assert read(server, TELEGRAM, limits=limits)[0].exists is Exists.YES


def test_a_budget_stops_before_it_is_exceeded() -> None:
    with platforms({USER: fixture("x/v2_user.json")}) as server:
        observed, replies = read(server, XUSER, tokens=SECRETS, limits=Limits(x_dollars=0.05))
        assert observed.exists is Exists.YES and not observed.posts
        assert [r.access for r in replies] == [Access.OK, Access.BUDGET_SKIPPED]
        assert server.paths() == [USER]
        assert read(server, YOUTUBE, tokens=SECRETS, limits=Limits(youtube_units=0))[0].why is Why.BUDGET


# -- tokens ----------------------------------------------------------------------------------------------


def test_tokens_come_from_environment_or_a_private_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("YOUTUBE_KEY", "FACEBOOK_TOKEN", "INSTAGRAM_TOKEN", "X_TOKEN", "TOKENS_FILE"):
        monkeypatch.delenv(f"COMPLIANCE_{name}", raising=False)
    path = tmp_path / "tokens.toml"
    path.write_text('youtube = "rahasia-satu"\nx = "rahasia-dua"\n', encoding="utf-8")
    path.chmod(0o644)
    with pytest.raises(UserError, match="chmod 600"):
        load_tokens(path)
    path.chmod(0o600)
    monkeypatch.setenv("COMPLIANCE_X_TOKEN", "dari-lingkungan")
    found = load_tokens(path)
    assert found.names == {"youtube", "x"}
    assert found.header("x", "Authorization") == ("Authorization", "Bearer dari-lingkungan")
    assert "rahasia" not in repr(found) and found.hide("a rahasia-satu b") == "a *** b"


@pytest.mark.parametrize(
    "text", ['youtub = "a"', "youtube = 1", "youtube = rahasia", 'youtube = "a\\nb"', 'youtube = ""']
)
def test_a_wrong_file_of_tokens_is_refused_without_telling_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tokens.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(UserError) as error:
        load_tokens(path)
    assert "rahasia" not in str(error.value)


# -- damage ----------------------------------------------------------------------------------------------


def _cut(body: bytes, draw: random.Random) -> bytes:
    return body[: draw.randrange(len(body))]


def _flip(body: bytes, draw: random.Random) -> bytes:
    damaged = bytearray(body)
    for _ in range(draw.randint(1, 40)):
        damaged[draw.randrange(len(damaged))] = draw.randrange(256)
    return bytes(damaged)


def _drop(body: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(body))
    return body[:start] + body[start + draw.randint(1, 400) :]


def _mix(body: bytes, draw: random.Random) -> bytes:
    other = draw.choice(sorted(p for p in FIXTURES.rglob("*") if p.is_file())).read_bytes()
    at = draw.randrange(len(body))
    return body[:at] + other[draw.randrange(len(other)) :]


DAMAGE: tuple[Callable[[bytes, random.Random], bytes], ...] = (_cut, _flip, _drop, _mix)
LOOKS = [
    (TELEGRAM, "telegram.preview", "https://t.me/s/pemdessukamaju", "telegram/s_channel_ok.html"),
    (TELEGRAM, "telegram.preview", "https://t.me/pemdessukamaju", "telegram/channel_no_preview.html"),
    (YOUTUBE, "youtube.page", "https://www.youtube.com/@desasukamaju", "youtube/page_ytinitialdata.html"),
    (YOUTUBE, "youtube.channels", "https://www.googleapis.com/x", "youtube/data_api_channel_200.json"),
    (TIKTOK, "tiktok.page", "https://www.tiktok.com/@desasukamaju", "tiktok/profile_ok.html"),
    (CHANNEL, "whatsapp.channel", f"https://www.whatsapp.com/channel/{CODE}", "whatsapp/channel_ok.html"),
    (GROUP, "whatsapp.invite", f"https://chat.whatsapp.com/{INVITE}", "whatsapp/invite_valid.html"),
    (FACEBOOK, "facebook.node.public", "https://graph.facebook.com/x", "facebook/graph_published_posts.json"),
    (INSTAGRAM, "instagram.discovery", "https://graph.facebook.com/y", "instagram/business_discovery_200.json"),
    (XUSER, "x.user", "https://api.x.com/2/users/by/username/desasukamaju", "x/v2_user.json"),
]


def test_of_a_thousand_damaged_answers_none_says_no() -> None:
    draw = random.Random(2026)
    told: set[Why] = set()
    for number_ in range(1_000):
        seen, route, url, name = LOOKS[number_ % len(LOOKS)]
        body = draw.choice(DAMAGE)((FIXTURES / name).read_bytes(), draw)
        status = draw.choice([200, 200, 200, 404, 403, 500])
        looks = [Reply(url, route, url, status, Access.OK if status == 200 else Access.NOT_FOUND, body, fetched_at=(NOW + timedelta(minutes=20 * i)).isoformat()) for i in (0, 1)]  # fmt: skip
        observed = observe(seen, looks, NOW)
        assert observed.exists is not Exists.NO, (name, body[:200])
        told.add(observed.why)
    assert Why.PARSE_CHANGED in told and Why.OK in told


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.2K", 1200), ("1 234", 1234), ("8,3 rb", 8300), ("1.204", 1204), ("12", 12), (37, 37), ("", None), (None, None), (True, None), ("x", None)],
)  # fmt: skip
def test_counts(text: object, value: int | None) -> None:
    assert number(text) == value


def test_the_pause_between_requests_is_a_promise_that_only_a_stand_in_may_shorten() -> None:
    from compliance.cli.config import Config
    from compliance.cli.running import Asked, client_of

    real = client_of(Asked("https://x.example", []), Config(), Settings(delay=0.0))
    stand_in = client_of(Asked("https://x.example", []), Config(social_base="http://127.0.0.1:1"), Settings())
    assert real is not None and real.limits.delay == 5.0 and PER_ACCOUNT == 3
    assert stand_in is not None and stand_in.limits.delay == 0.0
    assert client_of(Asked("https://x.example", [], accounts=False), Config(), Settings()) is None
    real.close()
    stand_in.close()
