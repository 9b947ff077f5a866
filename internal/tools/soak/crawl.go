package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// linked fits an address that a page, a feed or a sitemap names.
var linked = regexp.MustCompile(`(?:href|src)="([^"#]+)|<(?:loc|link)>([^<]+)<`)

// ends are the last letters of files that are whole.
var ends = map[string]string{".html": ">", ".xml": ">", ".opml": ">", ".json": "}]"}

// deadLink is one that the site of the soak has of its own.
const deadLink = siteRoot + "/khong-co-trang-nay/"

// crawl reads a site from its home page, its feed and its sitemap on, again and
// again until ctx ends. Whatever is published meanwhile and whoever is killed,
// nothing may lead to what is not there, and no file may be cut off. A preview
// that is down answers nothing, which is no fault.
func (l *life) crawl(ctx context.Context, name, address string) {
	for ctx.Err() == nil {
		seen := map[string]bool{}
		queue := [][2]string{{siteRoot + "/", ""}, {siteRoot + "/rss.xml", ""}, {siteRoot + "/sitemap.xml", ""}} // what is visited, and what led there
		for len(queue) > 0 && ctx.Err() == nil {
			at, from := queue[0][0], queue[0][1]
			queue = queue[1:]
			if seen[at] {
				continue
			}
			seen[at] = true
			data, status := l.get(ctx, address+at)
			if status == http.StatusNotFound && from != "" && l.isDead(ctx, address, at, from) {
				l.found(fmt.Sprintf("%s: %s is not there, and %s leads to it", name, at, from))
			}
			if status != http.StatusOK {
				continue
			}
			file := at
			if strings.HasSuffix(file, "/") {
				file += "index.html"
			}
			for ending, end := range ends {
				if strings.HasSuffix(file, ending) && !endsIn(data, end) {
					l.found(fmt.Sprintf("%s: %s is cut off after %d bytes", name, at, len(data)))
				}
			}
			for link := range linksIn(at, data) {
				queue = append(queue, [2]string{link, at})
			}
		}
	}
}

// endsIn tells whether data ends in one of some letters, blanks aside.
func endsIn(data []byte, letters string) bool {
	data = bytes.TrimSpace(data)
	return len(data) > 0 && strings.IndexByte(letters, data[len(data)-1]) >= 0
}

// isDead tells whether a link is really dead: what is not there may have gone
// with the link to it, or have come back since.
func (l *life) isDead(ctx context.Context, address, at, from string) bool {
	for range 5 {
		data, status := l.get(ctx, address+from)
		if status != http.StatusOK || !linksIn(from, data)[at] {
			return false
		}
		if _, status := l.get(ctx, address+at); status != http.StatusNotFound {
			return false
		}
	}
	return ctx.Err() == nil
}

// linksIn returns the paths of the site that a file names.
func linksIn(at string, data []byte) map[string]bool {
	found := map[string]bool{}
	base := &url.URL{Path: at}
	for _, m := range linked.FindAllSubmatch(data, -1) {
		u, err := url.Parse(strings.ReplaceAll(string(m[1])+string(m[2]), "&amp;", "&"))
		if err != nil || u.Scheme != "" && u.Scheme != "https" && u.Scheme != "http" || u.Host != "" && u.Host != siteHost && !strings.HasPrefix(u.Host, "127.0.0.1:") {
			continue
		}
		if to := base.ResolveReference(&url.URL{Path: u.Path, RawPath: u.RawPath}).EscapedPath(); strings.HasPrefix(to, siteRoot+"/") && to != deadLink {
			found[to] = true
		}
	}
	return found
}
