"""Query parameters that say where a reader came from and leave the page the same.

Some names always do (utm_source, fbclid). Others name a page on one site and a referrer on the next, so their value or
the host decides: `ref=bo.example` names the linking host, `ref=main` a branch; `r=1abc` tracks on Substack only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, quote, urlencode

MAX_PARAMETERS = 100  # addresses with more lose their query: they are data, not pages

# Advertising, newsletters, analytics and sessions.
ALWAYS = re.compile(
    r"^(?:utm_\w+|utm|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|li_fat_id|yclid|ysclid|_openstat|"
    r"mc_[ce]id|ml_subscriber(?:_hash)?|mkt_tok|vero_(?:id|conv)|oly_(?:enc|anon)_id|ck_subscriber_id|bsft_\w+|"
    r"igshid?|_hs\w+|hsctatracking|__hs\w+|__s|_ga|_gl|wt_mc|wt_zmc|at_(?:medium|campaign|custom\d)|s_kwcid|s_cid|"
    r"(?:pk|mtm|piwik|matomo)_(?:campaign|kwd|keyword|source|medium|content|cid|group|placement)|"
    r"ref_(?:src|url)|referrer|referer|share|shared?_(?:from|via|source)|sharedid|replytocom|cmpid|ncid|xtor|"
    r"spm|scm|from_?source|share_(?:token|source)|depth_\d+-utm_source|amp|outputtype|"
    r"phpsessid|jsessionid|aspsessionid\w*|sessionid|cfid|cftoken)$",
    re.IGNORECASE,
)
REFERRER_NAMES = frozenset({"ref", "source", "src", "from", "via", "rel", "cmp", "campaign"})
HOST_NAME = re.compile(r"^(?:https?://)?(?:[a-z0-9_-]{1,63}\.){1,8}[a-z]{2,24}(?:/.{0,300})?$", re.IGNORECASE)
CHANNEL = re.compile(
    r"^(?:rss|atom|feed|email|e-?mail|mail|newsletter|twitter|facebook|fb|linkedin|reddit|mastodon|bluesky|threads|"
    r"instagram|pinterest|telegram|whatsapp|slack|discord|youtube|hn|hackernews|hacker_?news|lobsters|producthunt|google|"
    r"medium|substack|share|social|homepage|sidebar|footer|header|nav)(?:[-_.]{1,8}[\w.-]{0,100})?$",
    re.IGNORECASE,
)
FILE_LIKE = re.compile(r"\.(?:html?|php|md|txt|pdf|png|jpe?g|js|css|json|xml|py|rs|go|c|h)$", re.IGNORECASE)
SUBSTACK_POST = re.compile(r"^/p/[^/]+/?$")
BLOGGER_POST = re.compile(r"^/(?:\d{4}/\d{1,2}/[^/]+\.html|p/[^/]+\.html|search(?:/.*)?)?$")


def _names_a_referrer(value: str) -> bool:
    """Whether a value is the host or the channel that a reader came from."""
    return bool(CHANNEL.match(value)) or (bool(HOST_NAME.match(value)) and not FILE_LIKE.search(value))


def _is_substack(host: str, path: str, names: frozenset[str]) -> bool:
    """Whether an address is a post of Substack; on a domain of the writer's own, its path and `r` tell."""
    own = "r" in names or "publication_id" in names or "isFreemail" in names
    return host.endswith(".substack.com") or (own and bool(SUBSTACK_POST.match(path)))


SUBSTACK_NOISE = frozenset(
    ["r", "s", "source", "publication_id", "post_id", "isFreemail", "triedRedirect", "showWelcomeOnShare"]
)
PROVIDER_NOISE: Mapping[str, frozenset[str]] = {"medium.com": frozenset({"source", "gi"})}
Rule = Callable[[str, str], bool]


def _rule(host: str, path: str, names: frozenset[str]) -> Rule:
    """Whether a parameter, given its name and value, leaves the page of this host and path the same."""
    noise = SUBSTACK_NOISE if _is_substack(host, path, names) else frozenset[str]()
    for provider, own in PROVIDER_NOISE.items():
        if host == provider or host.endswith(f".{provider}"):
            noise |= own
    blogger = host.endswith(".blogspot.com") or bool(BLOGGER_POST.match(path))

    def is_noise(name: str, value: str) -> bool:
        if ALWAYS.match(name) or name in noise:
            return True
        if name.lower() in REFERRER_NAMES and _names_a_referrer(value):
            return True
        if name == "m" and value in ("0", "1"):  # Blogger's layout for telephones
            return blogger
        return name == "nb" and "share" in names  # WordPress adds nb=1 to its sharing links

    return is_noise


def without_tracking(host: str, path: str, query: str) -> str:
    """A query without the parameters that leave the page the same, in one spelling.

    Args:
        host: lower case, as in the address.
        path: path of the address.
        query: the part behind the question mark; "" gives "".
    """
    if not query or query.count("&") >= MAX_PARAMETERS:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MAX_PARAMETERS)
    is_noise = _rule(host, path, frozenset(name for name, _ in pairs))
    kept = [(name, value) for name, value in pairs if not is_noise(name, value)]
    return urlencode(kept, quote_via=quote, errors="surrogatepass")
