package config

import (
	"cmp"
	"io/fs"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"bantin/internal/diag"
	"bantin/internal/language"
	"bantin/internal/lazyregexp"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

func setLanguage(d *decoder, n *node, c *Config) {
	if code := languageCode(d, n.Pos, d.Filled(n), "bad-language/meant"); code != "" {
		c.Language = code
	}
}

// languageCode returns a code that is one, "" for what is not. meant is the problem
// of one that is spelt otherwise, with a hint to paste.
func languageCode(d *decoder, pos diag.Pos, code, meant string) string {
	canonical := cmp.Or(language.Canonical(code), language.Meant(code))
	switch {
	case canonical == code:
		return code
	case canonical == "":
		d.Report(pos, "bad-language", code)
	default:
		d.Report(pos, meant, code, canonical)
	}
	return ""
}

func setTimezone(d *decoder, n *node, c *Config) {
	name := d.Filled(n)
	if name == "" {
		return
	}
	loc, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		d.Report(n.Pos, "bad-timezone", name)
		return
	}
	c.Location = loc
}

// setInt sets value to the whole number n, and leaves it as it is when n is none.
func setInt(d *decoder, n *node, value *int, least, most int) {
	before := len(d.Problems)
	if i := d.Int(n, least, most); len(d.Problems) == before {
		*value = i
	}
}

func email(d *decoder, n *node) string {
	text := d.Filled(n)
	if text == "" {
		return ""
	}
	if isMailbox(text) {
		return text
	}
	// Often it was copied from a link, with what a message is to begin with.
	bare, _, _ := strings.Cut(text, "?")
	if len(bare) > len("mailto:") && strings.EqualFold(bare[:len("mailto:")], "mailto:") {
		bare = bare[len("mailto:"):]
	}
	if isMailbox(bare) {
		d.Report(n.Pos, "bad-email/near", d.Key(), text, bare)
	} else {
		d.Report(n.Pos, "bad-email", d.Key(), text)
	}
	return ""
}

// mailbox is the form of an e-mail address without what means something else
// in a link (RFC 6068, section 2) or in a list of addresses.
var mailbox = lazyregexp.New(`^[^\s@?&#%/:;,"<>()\[\]\\]+@(?:[\pL\pM0-9](?:[\pL\pM0-9-]*[\pL\pM0-9])?\.)+[\pL\pM][\pL\pM0-9-]*$`)

func isMailbox(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && mailbox().MatchString(text)
}

func absoluteURL(d *decoder, n *node) string {
	u := d.URL(n)
	if u == nil {
		return ""
	}
	return u.String()
}

// address reads an absolute URL or a path from the host's root.
func address(d *decoder, n *node) string {
	if n.Kind == strictyaml.Scalar && strings.HasPrefix(n.Text, "/") && !strings.HasPrefix(n.Text, "//") {
		if d.HasStrayEnd(n) {
			return ""
		}
		return n.Text
	}
	return absoluteURL(d, n)
}

// staticFile reads the path of a file of static/.
func staticFile(d *decoder, n *node) Text {
	path := d.Filled(n)
	if path == "" {
		return Text{}
	}
	if name := strings.TrimPrefix(path, "/"); !fs.ValidPath(name) || strings.ContainsAny(name, `\:`) {
		d.Report(n.Pos, "bad-static-file", d.Key())
		return Text{}
	}
	return Text{Value: path, Pos: n.Pos}
}

// slug reads what may stand in a URL.
func slug(d *decoder, n *node) string {
	typed := d.Filled(n)
	switch folded := vietnamese.Slug(typed); {
	case typed == folded:
		return typed
	case folded == "":
		d.Report(n.Pos, "bad-slug", typed)
	default:
		d.Report(n.Pos, "bad-slug/near", typed, d.Key()+": "+folded)
	}
	return ""
}

// word is a key of paths.
func word(name string, of func(*Paths) *string) strictyaml.Field[Paths] {
	return strictyaml.Field[Paths]{
		Key: key{Name: name},
		Set: func(d *decoder, n *node, p *Paths) {
			s := slug(d, n)
			if s != "" && strings.Trim(s, "0123456789") == "" {
				d.Report(n.Pos, "bad-slug/number", s)
				return
			}
			*of(p) = s
		},
	}
}

// checkPaths reports words of paths that stand for two things.
func checkPaths(d *decoder, p Paths, given *node) {
	if given == nil {
		return
	}
	words := p.Words()
	// Words that were given come last: they are the ones that can be changed.
	slices.SortStableFunc(words, func(a, b PathWord) int {
		return place(given.Get(a.Key)) - place(given.Get(b.Key))
	})
	keyOf := map[string]string{}
	for _, w := range words {
		if other, twice := keyOf[w.Word]; twice {
			d.Report(given.Get(w.Key).Pos, "same-word", w.Word, other)
			continue
		}
		keyOf[w.Word] = w.Key
	}
}

// place orders nodes of one block by their place; nil comes first.
func place(n *node) int {
	if n == nil {
		return 0
	}
	return n.Pos.Line<<16 + n.Pos.Col
}

var colour = lazyregexp.New(`^#([0-9a-f]{3}|[0-9a-f]{6})$`)

func setAccent(d *decoder, n *node, t *Theme) {
	typed := d.Filled(n)
	accent := strings.ToLower(typed)
	switch {
	case typed == "":
	case colour().MatchString(accent):
		t.Accent = accent
	case colour().MatchString("#" + accent):
		d.Report(n.Pos, "bad-colour", typed, "#"+accent)
	default:
		d.Report(n.Pos, "bad-colour", typed, "#1f6f54")
	}
}

func setCounter(d *decoder, n *node, c *Config) {
	typed := d.Filled(n)
	inner := strings.Trim(typed, "/")
	switch {
	case typed == "":
	case strings.Contains(typed, "://") || strings.HasPrefix(typed, "//"):
		if right := counterURL(typed); right == typed {
			c.Counter = typed
		} else {
			d.Report(n.Pos, "bad-counter/host", right)
		}
	case !fs.ValidPath(inner) || inner == "." || strings.ContainsAny(inner, "?#:"):
		d.Report(n.Pos, "bad-counter", "/dem/")
	case typed != "/"+inner+"/":
		d.Report(n.Pos, "bad-counter", "/"+inner+"/")
	default:
		c.Counter = typed
	}
}

// counterURL returns the address of a counter on another host that was most likely
// meant: pages on https may ask no other, and what is asked is put behind its slash.
func counterURL(typed string) string {
	_, rest, _ := strings.Cut(typed, "//")
	u, err := url.Parse("https://" + rest)
	if err != nil {
		return "https://dem.example/"
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil || host == "" || strings.ContainsAny(host, `;,'"*`) {
		return "https://dem.example/"
	}
	if u.Port() != "" {
		host += ":" + u.Port()
	}
	return (&url.URL{Scheme: "https", Host: host, Path: strings.TrimRight(u.Path, "/") + "/"}).String()
}

func setHubs(d *decoder, n *node, notify *Notify) {
	items := []*node{n}
	if n.Kind != strictyaml.Scalar {
		items = atMost(d, d.List(n), itemPlace, maxHubs)
	}
	for _, item := range items {
		u := d.URL(item)
		switch {
		case u == nil:
		case u.User != nil || u.Fragment != "":
			d.Report(item.Pos, "bad-hub", (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawQuery: u.RawQuery}).String())
		case !slices.Contains(notify.Hubs, u.String()):
			notify.Hubs = append(notify.Hubs, u.String())
		}
	}
}

// indexNowKey is what the IndexNow protocol allows as a key.
var indexNowKey = lazyregexp.New(`^[A-Za-z0-9-]{8,128}$`)

func setIndexNow(d *decoder, n *node, notify *Notify) {
	key := d.Filled(n)
	switch {
	case key == "":
	case !indexNowKey().MatchString(key):
		d.Report(n.Pos, "bad-indexnow")
	default:
		notify.IndexNow = key
	}
}

func setWidths(d *decoder, n *node, i *Images) {
	var widths []int
	before := len(d.Problems)
	for _, item := range atMost(d, d.List(n), itemPlace, maxWidths) {
		width := d.Int(item, 16, 8192)
		if len(d.Problems) > before {
			return
		}
		if len(widths) > 0 && width <= widths[len(widths)-1] {
			d.Report(item.Pos, "widths-order", strconv.Itoa(width), strconv.Itoa(widths[len(widths)-1]), inOrder(append(widths, width)))
			return
		}
		widths = append(widths, width)
	}
	if len(widths) > 0 {
		i.Widths = widths
	}
}

func inOrder(widths []int) string {
	slices.Sort(widths)
	var texts []string
	for _, width := range slices.Compact(widths) {
		texts = append(texts, strconv.Itoa(width))
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

func setGlossary(d *decoder, n *node, c *Config) {
	for _, e := range atMost(d, d.Names(n), entryPlace, maxGlossary) {
		if expansion := namedText(d, e); expansion != "" {
			c.Glossary = append(c.Glossary, Abbreviation{Short: e.Key, Expansion: expansion})
		}
	}
}

var severities = map[string]diag.Severity{"off": diag.Off, "warning": diag.Warning, "error": diag.Error}

func setChecks(d *decoder, n *node, c *Config) {
	codes := diag.Warnings()
	c.Checks = make(map[string]diag.Severity)
	for _, e := range d.Names(n) {
		if !slices.Contains(codes, e.Key) {
			if near := strictyaml.Nearest(e.Key, codes); near != "" {
				d.Report(e.Pos, "unknown-check/near", e.Key, near)
			} else {
				d.Report(e.Pos, "unknown-check", e.Key, strings.Join(codes, ", "))
			}
			continue
		}
		typed := namedText(d, e)
		severity, ok := severities[typed]
		if typed != "" && !ok {
			d.Report(e.Value.Pos, "bad-choice", e.Key, typed, "off, warning, error")
		}
		if ok {
			c.Checks[e.Key] = severity
		}
	}
}

// namedText reads the value of one of the site's own names, a text.
func namedText(d *decoder, e strictyaml.Entry) (text string) {
	d.Within(e.Key, func() {
		if e.Value.Kind == strictyaml.Null {
			d.Empty(e.Pos)
		} else {
			text = d.Filled(e.Value)
		}
	})
	return text
}

// extra reads the site's own keys.
func extra(d *decoder, n *node) map[string]any {
	if n.Kind != strictyaml.Map {
		d.Names(n)
		return nil
	}
	return n.Any().(map[string]any)
}

// setDeploy reads the places to which the site is deployed.
func setDeploy(d *decoder, n *node, c *Config) {
	for _, e := range atMost(d, d.Names(n), entryPlace, maxDeploy) {
		typed := namedText(d, e)
		if typed == "" {
			continue
		}
		u, err := url.Parse(typed)
		stray := false
		d.Within(e.Key, func() { stray = d.HasStrayEnd(e.Value) })
		switch {
		case stray:
			continue
		case err != nil || strings.Contains(typed, "#") || !slices.Contains(DeploySchemes, u.Scheme) || u.Host+u.Path == "" || u.Scheme == "s3" && u.User != nil:
			d.Report(e.Value.Pos, "bad-deploy", e.Key, typed)
			continue
		case strings.Contains(e.Key, "://"):
			d.Report(e.Pos, "bad-deploy/name", e.Key)
			continue
		}
		if _, secret := u.User.Password(); secret {
			d.Report(e.Value.Pos, "bad-deploy/secret", e.Key)
			continue
		}
		c.Deploy = append(c.Deploy, DeployTarget{Name: e.Key, URL: typed})
	}
}
