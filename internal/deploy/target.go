package deploy

import (
	"context"
	"net/url"
	"path"
	"path/filepath"
	"runtime"
	"strings"
)

// Target is where a site is deployed to.
type Target struct {
	Scheme string // "file", "s3" or "sftp"
	Folder string // of file: the folder on this machine; of sftp: the path there
	// Of s3: the bucket, the prefix of its keys with a slash behind it or "", and
	// the address of the store, "" for Amazon's.
	Bucket, Prefix, Endpoint, Region string
	User, Host                       string // of sftp; Host with its port
	// Twins says that precompressed copies are wanted there.
	Twins bool
}

// ParseTarget reads the URL of a target. The error is an *Error whose ID says what
// is wrong.
func ParseTarget(raw string) (Target, error) {
	u, err := url.Parse(raw)
	if err != nil || strings.Contains(raw, "#") { // a folder's name would end there
		return Target{}, &Error{ID: "bad-target", Args: []string{raw}}
	}
	query := u.Query()
	t := Target{Scheme: u.Scheme, Twins: u.Scheme != "s3"}
	allowed := map[string]bool{"twins": true}
	if u.Scheme == "s3" {
		allowed["endpoint"], allowed["region"] = true, true
	}
	for key := range query {
		if !allowed[key] {
			return t, &Error{ID: "bad-target-option", Args: []string{key}}
		}
	}
	switch query.Get("twins") {
	case "":
	case "yes":
		t.Twins = true
	case "no":
		t.Twins = false
	default:
		return t, &Error{ID: "bad-target-option", Args: []string{"twins=" + query.Get("twins")}}
	}
	if _, secret := u.User.Password(); secret || u.Scheme == "s3" && u.User != nil {
		return t, &Error{ID: "target-secret"}
	}
	switch u.Scheme {
	case "file":
		t.Folder = u.Path
		if runtime.GOOS == "windows" {
			t.Folder = strings.TrimPrefix(t.Folder, "/")
		}
		t.Folder = filepath.FromSlash(t.Folder)
		if u.Host != "" || !filepath.IsAbs(t.Folder) || filepath.Clean(t.Folder) == string(filepath.Separator) {
			return t, &Error{ID: "bad-target", Args: []string{raw}}
		}
	case "s3":
		t.Bucket, t.Prefix = u.Host, strings.Trim(u.Path, "/")
		if t.Prefix != "" {
			t.Prefix += "/"
		}
		t.Endpoint, t.Region = query.Get("endpoint"), query.Get("region")
		if e := t.Endpoint; e != "" && !strings.Contains(e, "://") {
			t.Endpoint = "https://" + e
		}
		if e, err := url.Parse(t.Endpoint); t.Bucket == "" || err != nil || t.Endpoint != "" && (e.Host == "" || e.Scheme != "https" && e.Scheme != "http") || e.User != nil {
			return t, &Error{ID: "bad-target", Args: []string{raw}}
		}
	case "sftp":
		t.User, t.Host, t.Folder = u.User.Username(), u.Host, strings.TrimSuffix(path.Join("/", u.Path), "/")
		if rest, ok := strings.CutPrefix(t.Folder, "/~/"); ok { // below the home folder
			t.Folder = rest
		}
		if u.Hostname() == "" || t.Folder == "" || t.Folder == "/~" {
			return t, &Error{ID: "bad-target", Args: []string{raw}}
		}
		if u.Port() == "" {
			t.Host += ":22"
		}
	default:
		return t, &Error{ID: "bad-target", Args: []string{raw}}
	}
	return t, nil
}

func open(ctx context.Context, opt Options) (store, error) {
	return stores[opt.Target.Scheme](ctx, opt)
}

// stores opens the store of each scheme.
var stores = map[string]func(context.Context, Options) (store, error){
	"file": openFolder,
	"s3":   openBucket,
	"sftp": openSFTP,
}
