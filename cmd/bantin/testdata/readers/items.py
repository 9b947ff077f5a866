"""Prints what feedparser reads at a URL as JSON."""
import calendar
import json
import sys

import feedparser

feed = feedparser.parse(sys.argv[1])
print(json.dumps({
    "bozo": bool(feed.bozo),
    "version": feed.version,
    "title": feed.feed.title,
    "language": feed.feed.language,
    "self": [link.href for link in feed.feed.links if link.rel == "self"],
    "items": [
        {
            "id": e.id,
            "title": e.title,
            "link": e.link,
            "date": calendar.timegm(e.published_parsed),
            "updated": calendar.timegm(e.updated_parsed),
            "text": e.content[0].value,
            "authors": [a.name for a in e.get("authors", [])],
            "categories": [t.term for t in e.get("tags", [])],
            "enclosures": [[x.href, x.type, int(x.length)] for x in e.enclosures],
        }
        for e in feed.entries
    ],
}))
