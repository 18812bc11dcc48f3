"""The accounts of a village as the checks see them: what was observed, whose they are, and what their posts show."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from compliance.archive.snapshot import Snapshot
from compliance.collect.social import PICTURE, account_key, observe, records_of, replies_of
from compliance.collect.social.routes import Reply
from compliance.match.accounts import SHORT
from compliance.match.matcher import Matcher
from compliance.match.owners import ownership_of, plain, same_name, same_site
from compliance.match.site import Frame
from compliance.model.accounts import (
    WIB,
    WINDOW_DAYS,
    Attested,
    Completeness,
    Exists,
    Observed,
    Ownership,
    Post,
    Why,
)
from compliance.model.document import Block, Document
from compliance.model.evidence import Disclosure, Record
from compliance.model.site import AccountSeen, AccountView
from compliance.model.status import Region
from compliance.run.attested import attestations

#: Lines of a post that are matched, and letters of its first line that make a title.
_LINES, _TITLE = 200, 160


class Accounts:
    """The accounts that a site claims, with the replies that a snapshot keeps. `pictures`: those of posts, as recognised."""

    def __init__(self, snapshot: Snapshot, seen: Sequence[AccountSeen], pictures: Mapping[str, Document]) -> None:
        self._snapshot = snapshot
        self._seen = seen
        self._pictures = pictures
        self._replies = replies_of(snapshot)

    def views(
        self, matcher: Matcher, names: list[str], host: str, as_of: date
    ) -> tuple[tuple[AccountView, ...], dict[str, list[Disclosure]]]:
        """The accounts with what is known of them on a day, and by topic what their posts disclose.

        Posts of an account that says it is somebody else's show nothing of this village, and neither do posts after the
        day.
        """
        attested = attestations(self._snapshot.folder)
        at = datetime.combine(as_of, time.max, WIB)
        views: list[AccountView] = []
        found: dict[str, list[Disclosure]] = defaultdict(list)
        for account in self._seen:
            kept = self._replies.get(account_key(account), [])
            observed = observe(account, kept, at) if kept else _unasked(account)
            posts = tuple(p for p in observed.posts if p.posted is None or p.posted <= at)
            observed = _as_seen(replace(observed, posts=posts), kept, as_of)
            view = _view(account, observed, names, host, at, self._pictures)
            shown: dict[str, list[Disclosure]] = defaultdict(list)
            for post in posts if view.ownership is not Ownership.CONTRADICTED else ():
                if _DENIES.search(post.text):
                    continue
                for document in documents_of(post, self._pictures.get(post.url)):
                    for disclosure in matcher.match(document, Frame(frozenset()), names):
                        if disclosure.disclosed:
                            shown[disclosure.topic].append(_as_post(disclosure, post, account))
            for topic, disclosures in shown.items():
                found[topic] += disclosures
            view = replace(view, topics=tuple(sorted(shown)))
            views.append(_with_attestation(view, attested.get(account_key(account), []), names, host, at))
        return tuple(views), dict(found)

    def records(self, posts: Mapping[str, list[Disclosure]]) -> dict[str, Record]:
        """The record that holds each post which shows something: the platform's reply, or the post's picture."""
        found: dict[str, Record] = {}
        pictured = {r.link_text: r for r in self._snapshot.records if r.role == PICTURE}
        kept = [(r, self._snapshot.body(r)) for r in records_of(self._snapshot)] if posts else []
        for url in {d.url for disclosures in posts.values() for d in disclosures}:
            mark = url.rsplit("/", 1)[-1].rsplit("=", 1)[-1].encode()
            holder = pictured.get(url) or next((r for r, body in kept if mark in body), None)
            if holder is not None:
                found[url] = holder
        return found


def _as_seen(observed: Observed, kept: Sequence[Reply], as_of: date) -> Observed:
    """What was seen on one day says nothing of the silence of a later one, nor of a window that began earlier."""
    days = [m.astimezone(WIB).date() for r in kept if (m := r.moment) is not None]
    if not days or abs((as_of - max(days)).days) <= 1:
        return observed
    complete = Completeness.PARTIAL if observed.complete is Completeness.FULL else observed.complete
    return replace(observed, complete=complete, whole=observed.whole and as_of < max(days))


def documents_of(post: Post, picture: Document | None = None) -> list[Document]:
    """A post as documents: its text, whose title or first line is the heading, and its recognised picture."""
    found = [_text_of(post)] if post.text.strip() or post.title else []
    if picture is not None and picture.blocks:
        found.append(replace(picture, url=post.url, posted=_day(post)))
    return found


def _day(post: Post) -> date | None:
    return post.posted.astimezone(WIB).date() if post.posted is not None else None


def _text_of(post: Post) -> Document:
    """Hashtags are words of the title, letters that only look like letters are letters, and a line of several amounts is
    several rows."""
    text = plain(post.text)
    tags = " ".join(dict.fromkeys(_tag(m[1]) for m in _HASHTAG.finditer(text)))
    lines = [x.strip() for x in _HASHTAG.sub(lambda m: _tag(m[1]), text).split("\n") if x.strip()][:_LINES]
    first = (plain(post.title) or (lines[0] if lines else ""))[:_TITLE]
    blocks = [Block("heading", first, Region.MAIN, level=1)] if first else []
    for line in lines:
        parts = _AMOUNTS.split(line) if line.count("Rp") > 1 else [line]
        blocks += [Block("text", p.strip(), Region.MAIN) for p in parts if p.strip() and p.strip() != first]
    return Document(post.url, "html", f"{first} {tags}".strip()[:_TITLE], tuple(blocks), posted=_day(post))


def _tag(text: str) -> str:
    """The words of a hashtag: "APBDes2026" gives "APBDes 2026"."""
    return re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])|_", " ", text)


_HASHTAG = re.compile(r"#(\w{2,60})")
#: Between one amount and the next label of a line.
_AMOUNTS = re.compile(
    r"(?<=[\d)%])\s*[;,|•·]\s+(?=[^\d\s])|(?<=[\d)%])\.?\s+(?:dan\s+)?(?=[A-Za-z][A-Za-z ]{2,30} Rp)|:\s+(?=[A-Za-z][A-Za-z ]{2,30} Rp)"
)
#: A post that denies what it repeats.
_DENIES = re.compile(r"\b(?:hoa?x|hoaks|pesan palsu|berita bohong|tidak benar)\b", re.I)


def _unread(post: Post, picture: Document | None) -> bool:
    """Whether something of a post was not read: a file or film, a picture that was not recognised, a text cut short."""
    seen = not post.pictures or (len(post.pictures) == 1 and _legible(picture))
    return post.carries or not seen or not (post.text.strip() or post.pictures) or post.text.count("\n") >= _LINES


def _legible(picture: Document | None) -> bool:
    return picture is not None and picture.ocr and bool(picture.blocks)


def _as_post(disclosure: Disclosure, post: Post, account: AccountSeen) -> Disclosure:
    day = _day(post)
    return replace(
        disclosure,
        url=post.url,
        channel=account.channel,
        medium="post",
        posted=day.isoformat() if day else None,
        region=Region.MAIN,
        target="",
    )


def _unasked(account: AccountSeen) -> Observed:
    """Nothing was asked: the platform has no route for it, a token is missing, or accounts were left out."""
    if account.kind == SHORT:
        return Observed(Exists.UNKNOWN, Why.SHORT_LINK_UNRESOLVED)
    told = observe(account, [], datetime.now(UTC))
    return Observed(Exists.UNKNOWN, told.why if told.why is not Why.PARSE_CHANGED else Why.NOT_ASKED, told.method)


def _view(
    account: AccountSeen,
    observed: Observed,
    names: list[str],
    host: str,
    at: datetime,
    pictures: Mapping[str, Document],
) -> AccountView:
    days = [d.isoformat() for p in observed.posts if (d := _day(p)) is not None]
    since = at - timedelta(days=WINDOW_DAYS)
    # What a post linked on the site tells is a lower bound; an id of a day to come tells nothing.
    linked = account.last_post if account.last_post and account.last_post <= at.date().isoformat() else None
    last = max([*days, *([linked] if linked else [])], default=None)
    complete = observed.complete
    if complete is Completeness.NONE and linked:
        complete = Completeness.LOWER_BOUND
    read = observed.exists is Exists.YES and bool(observed.name or observed.about or observed.links)
    back = any(same_site(u, host) for u in observed.links)
    counted = sum(p.posted is not None and p.posted >= since for p in observed.posts)
    same = same_name(observed, account, names) if read else None
    return AccountView(
        seen=account,
        observed=observed,
        ownership=ownership_of(back, names, observed, account),
        links_back=back if read else None,
        same_name=same,
        last_post=last,
        posts_in_window=counted if observed.posts or complete is Completeness.FULL else None,
        completeness=complete,
        silent=sum(not p.text.strip() and not _legible(pictures.get(p.url)) for p in observed.posts),
        unread=sum(_unread(p, pictures.get(p.url)) for p in observed.posts),
    )


def _with_attestation(
    view: AccountView, made: Sequence[Attested], names: list[str], host: str, at: datetime
) -> AccountView:
    """What a person signed for holds where the machine saw nothing, until its last day; a look soon after the day of
    judgement (a form filled in for this snapshot) counts too. The latest look that holds counts.

    "Not there" is believed with a screenshot only; of what was not seen nothing else is taken.
    """
    as_of = at.date()
    latest = (as_of + timedelta(days=WINDOW_DAYS)).isoformat()
    valid = [a for a in made if as_of.isoformat() <= a.until and a.on <= latest]
    if not valid:
        return view
    attested = max(valid, key=lambda a: a.on)
    view = replace(view, attested=attested)
    if view.observed.exists is not Exists.UNKNOWN or attested.result == _UNSEEN:
        return view
    if attested.result != _THERE:
        gone = Exists.NO if attested.sha256 else Exists.UNKNOWN
        return replace(view, observed=replace(view.observed, exists=gone, method="manual"))
    observed = replace(
        view.observed,
        exists=Exists.YES,
        why=Why.OK,
        method="manual",
        name=view.observed.name or attested.name,
        about=view.observed.about or attested.about,
    )
    back = view.links_back if view.links_back is not None else attested.links_back
    last = attested.last_post if attested.last_post <= as_of.isoformat() else ""
    return replace(
        view,
        observed=observed,
        ownership=ownership_of(bool(back), names, observed, view.seen),
        links_back=back,
        same_name=view.same_name
        if view.same_name is not None or not observed.name
        else same_name(observed, view.seen, names),
        last_post=max([x for x in (view.last_post, last) if x], default=None),
        posts_in_window=view.posts_in_window if view.posts_in_window is not None else attested.posts,
        completeness=Completeness.LOWER_BOUND if last else view.completeness,
        topics=tuple(sorted({*view.topics, *attested.topics})),
    )


#: Results of the form.
_THERE, _UNSEEN = "ada", "tidak terlihat"
