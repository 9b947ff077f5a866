package hosting

// The limits of hosts, as their documentation tells them.
const (
	MaxStaticRules  = 2000     // rules of _redirects without *, Cloudflare Pages; GitLab takes 1,000 of all
	MaxDynamicRules = 100      // rules of _redirects with *, Cloudflare Pages
	MaxFiles        = 20000    // files of a site, Cloudflare Pages
	MaxFileSize     = 25 << 20 // bytes of one file, Cloudflare Pages
	MaxWebConfig    = 250000   // bytes of web.config, IIS (MaxWebConfigFileSizeInKB)
	// MaxHtaccessRules is from where on .htaccess, which is read at every request,
	// slows a site: about 2 ms a request.
	MaxHtaccessRules = 2000
)

// Excess is a limit of a host that a site is beyond.
type Excess struct {
	Limit string // "static", "dynamic", "files", "web-config", "htaccess", "outside"; "size", of one file, is told by package build
	Count int
	Most  int
}

// Wanted says for which hosts limits are looked at.
type Wanted struct {
	Apache, IIS, Headers bool
	Static               bool // hosts of static sites, which count files
}

// Exceeded returns the limits that the site is beyond, with files in its output.
func (s *Site) Exceeded(wanted Wanted, files int) []Excess {
	var found []Excess
	check := func(isWanted bool, limit string, count, most int) {
		if isWanted && count > most {
			found = append(found, Excess{limit, count, most})
		}
	}
	static, dynamic, outside := 0, 0, 0
	for _, r := range s.Redirects {
		static++
		if r.Prefix && len(r.Query) == 0 {
			dynamic++
		}
		if _, ok := s.below(r.From); !ok {
			outside++
		}
	}
	check(wanted.Headers, "static", static, MaxStaticRules)
	check(wanted.Headers, "dynamic", dynamic, MaxDynamicRules)
	check(wanted.Static, "files", files, MaxFiles)
	check(wanted.Apache, "htaccess", len(s.Redirects)+len(s.Gone), MaxHtaccessRules)
	if wanted.IIS {
		check(true, "web-config", len(s.IIS().Data), MaxWebConfig)
	}
	check(wanted.Apache || wanted.IIS, "outside", outside, 0)
	return found
}
