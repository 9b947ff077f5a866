package build

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const hostingSettings = "title: Bản tin xã\nbase_url: https://xa.example/\nid: xa.example,2026\nhosting: {nginx: true, caddy: true, apache: true, iis: true, headers: true}\ngone: [/da-bo/]\n"

func TestServersAreToldOfEveryOldAddress(t *testing.T) {
	s := newSite(t, minimal(map[string]string{
		"site.yaml":                     hostingSettings,
		"content/tin-tuc/co-cu.md":      "---\ntitle: Có địa chỉ cũ\ndate: 3/2/2026\naliases: [/cu/, '/tin.aspx?id=7']\n---\n\nBài.\n",
		"content/tin-tuc/het-han.md":    "---\ntitle: Hết hạn\ndate: 3/2/2026\nexpires: 4/2/2026\naliases: [/cu-het-han/]\n---\n\nBài.\n",
		"content/tin-tuc/ban-nhap.md":   "---\ntitle: Nháp\ndate: 3/2/2026\ndraft: true\naliases: [/cu-nhap/]\n---\n\nBài.\n",
		"content/tin-tuc/hen-gio.md":    "---\ntitle: Hẹn giờ\ndate: 3/2/2027\n---\n\nBài.\n",
		"content/tin-tuc/bai-thuong.md": "---\ntitle: Bài thường\ndate: 3/2/2026\n---\n\nBài.\n",
	}))
	report := s.build()
	if len(report.Reload) != 2 {
		t.Errorf("commands to reload: %q", report.Reload)
	}
	texts := map[string]string{}
	for _, name := range []string{
		"public/.htaccess", "public/web.config", "public/_headers",
		".bantin/hosting/nginx/redirects.map", ".bantin/hosting/nginx/redirects-1.map", ".bantin/hosting/nginx/gone.map",
		".bantin/hosting/caddy/redirects.caddy", ".bantin/hosting/caddy/redirects-1.caddy", ".bantin/hosting/caddy/gone.caddy",
	} {
		data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
		s.must(err)
		texts[name] = string(data)
	}
	for name, wanted := range map[string][]string{
		"public/.htaccess":                        {"^cu/$", "tin\\.aspx", "^da-bo/$", "^tin-tuc/het-han/$"},
		"public/web.config":                       {"^cu/$", "tin\\.aspx", "^da-bo/$", "^tin-tuc/het-han/$"},
		".bantin/hosting/nginx/redirects.map":     {`"/cu/"`, `"/cu"`},
		".bantin/hosting/nginx/redirects-1.map":   {`"/tin.aspx?7"`},
		".bantin/hosting/nginx/gone.map":          {`"/da-bo/"`, `"/tin-tuc/het-han/"`},
		".bantin/hosting/caddy/redirects.caddy":   {`"/cu/"`},
		".bantin/hosting/caddy/gone.caddy":        {`/da-bo/`, `/tin-tuc/het-han/`},
		".bantin/hosting/caddy/redirects-1.caddy": {`/tin`},
	} {
		for _, w := range wanted {
			if !strings.Contains(texts[name], w) {
				t.Errorf("%s says nothing of %s:\n%s", name, w, texts[name])
			}
		}
	}
	for name, text := range texts {
		for _, secret := range []string{"nhap", "hen-gio", "cu-het-han", "bai-thuong"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells of %s", name, secret)
			}
		}
	}
	if report = s.build(); len(report.Written) != 0 || len(report.Reload) != 0 {
		t.Errorf("without news %q were written, and %q is to be done", report.Written, report.Reload)
	}
	s.write("site.yaml", strings.Replace(hostingSettings, "apache: true, iis: true, headers: true", "apache: false", 1))
	s.build()
	for _, name := range []string{".htaccess", "web.config", "_headers"} {
		if _, err := os.Stat(filepath.Join(s.opt.Output, name)); err == nil {
			t.Errorf("%s stands though nobody wants it", name)
		}
	}
}

func TestAServerFileOfTheSiteIsNotReplaced(t *testing.T) {
	s := newSite(t, minimal(map[string]string{"site.yaml": hostingSettings, "static/web.config": "<configuration/>\n"}))
	report, err := New(s.opt).Build(t.Context())
	s.must(err)
	if !report.Problems.HasErrors() || report.Problems[0].Code() != "url-collision" {
		t.Errorf("problems: %v", report.Problems)
	}
}
