"""Prints the items in newsboat's cache as JSON; with --read, marks them read."""
import json
import sqlite3
import sys

cache = sqlite3.connect(sys.argv[1])
if "--read" in sys.argv:
    cache.execute("UPDATE rss_item SET unread = 0")
    cache.commit()
rows = cache.execute("SELECT guid, title, url, pubDate, unread, content FROM rss_item WHERE deleted = 0 ORDER BY pubDate DESC")
print(json.dumps([
    {"id": guid, "title": title, "link": url, "date": date, "unread": bool(unread), "text": text}
    for guid, title, url, date, unread, text in rows
]))
