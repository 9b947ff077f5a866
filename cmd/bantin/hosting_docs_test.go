package main

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"bantin/internal/config"
	"bantin/internal/deploy"
	"bantin/internal/hosting"
	"bantin/internal/hosting/hostingtest"
	"bantin/internal/messages"
	"bantin/internal/testsize"
)

// hostingPage returns docs/hosting.md, read before a test changes its folder.
func hostingPage(t *testing.T) string {
	t.Helper()
	return ownFile(t, "docs/hosting.md")
}

// codeOf joins the code blocks of a language in a page.
func codeOf(page, lang string) string {
	var all strings.Builder
	for _, found := range regexp.MustCompile("(?ms)^```"+lang+"\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		all.WriteString(found[1])
	}
	return all.String()
}

func TestTheSettingsOfTheHostingPageAreUnderstood(t *testing.T) {
	text := "title: Xã\nbase_url: https://xa.example/\nid: xa.example,2026\n" + codeOf(hostingPage(t), "yaml")
	c, problems := config.Parse([]byte(text), config.File)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if !c.Hosting.Nginx || !c.Hosting.Precompress || !c.Hosting.HSTS || len(c.Gone) != 1 || len(c.Deploy) != 3 {
		t.Errorf("hosting %+v, gone %v, deploy %v", c.Hosting, c.Gone, c.Deploy)
	}
	for _, target := range c.Deploy {
		if _, err := deploy.ParseTarget(target.URL); err != nil {
			t.Errorf("%s: %v", target.URL, err)
		}
	}
}

func TestTheHostingPageNamesEveryHeader(t *testing.T) {
	page := hostingPage(t)
	for _, h := range (&hosting.Site{}).Security() {
		if !strings.Contains(page, "`"+h.Name) {
			t.Errorf("docs/hosting.md does not name %s", h.Name)
		}
	}
}

func TestEachSchemeThatSettingsMayNameIsToldAndDeployedTo(t *testing.T) {
	for _, lang := range messages.Codes() {
		words := messages.In(lang)
		for _, scheme := range config.DeploySchemes {
			example := regexp.MustCompile(`\b` + scheme + `://[^ ,]+`)
			for name, hint := range map[string]string{"bad-deploy": words.Problems["bad-deploy"].Hint, "target-hint": words.Terminal["target-hint"]} {
				if _, err := deploy.ParseTarget(example.FindString(hint)); err != nil {
					t.Errorf("%s: the hint of %s shows no place of %s: %v", lang, name, scheme, err)
				}
			}
			for name, text := range map[string]string{"the key deploy": words.Keys["site.deploy"], "the help of deploy": words.Commands["deploy"].Long, "docs/hosting.md": hostingPage(t)} {
				if !regexp.MustCompile(`\b` + scheme + `\b`).MatchString(text) {
					t.Errorf("%s: %s does not tell of %s", lang, name, scheme)
				}
			}
		}
	}
}

func TestEachErrorOfADeployIsToldWithWhatToDo(t *testing.T) {
	files, err := filepath.Glob("../../internal/deploy/*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\bError\{(?:ID: )?"([\w-]+)"`).FindAllSubmatch(src, -1) {
			found++
			id := string(m[1])
			hint := id + "-hint"
			if filepath.Base(name) == "target.go" {
				hint = "target-hint" // of an address that cannot be read
			}
			for _, lang := range messages.Codes() {
				if say(lang, id) == "" || say(lang, hint) == "" {
					t.Errorf("%s: the program has no words for %s, or for %s", lang, id, hint)
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("%d errors were found", found)
	}
}

func TestTheCommandsOfTheHostingPageWork(t *testing.T) {
	commands := codeOf(hostingPage(t), "sh")
	dir := t.TempDir()
	www := filepath.Join(dir, "www")
	for name, text := range map[string]string{
		"site.yaml":                 "title: Xã\nbase_url: https://xa.example/\nid: xa.example,2026\ndeploy:\n  chinh: file://" + filepath.ToSlash(www) + "\n  kho: file://" + filepath.ToSlash(www) + "\n",
		"content/tin-tuc/_index.md": "---\ntitle: Tin\n---\n",
		"content/tin-tuc/bai.md":    "---\ntitle: Bài\ndate: 1/2/2026\n---\n\nBài.\n",
	} {
		at := filepath.Join(dir, "site", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(filepath.Join(dir, "site"))
	for line := range strings.Lines(commands) {
		command, _, _ := strings.Cut(strings.TrimSpace(line), "#")
		args := strings.Fields(command)
		if len(args) < 2 || args[0] != "bantin" {
			t.Fatalf("%q is no command of ours", line)
		}
		var printed lines
		ctx, stop := context.WithCancel(t.Context())
		if slices.Contains(args, "--watch") { // it ends by Ctrl-C, once it has looked
			go func() {
				for ctx.Err() == nil && !strings.Contains(printed.String(), "đã đưa lên") {
					time.Sleep(10 * time.Millisecond)
				}
				stop()
			}()
		}
		code := run(ctx, &env{stdin: strings.NewReader(""), stdout: &printed, stderr: &printed, getenv: os.Getenv}, args[1:])
		if stop(); code != exitFine {
			t.Errorf("%s: %d\n%s", command, code, printed.String())
		}
	}
	if _, err := os.Stat(filepath.Join(www, "tin-tuc", "bai", "index.html")); err != nil {
		t.Error(err)
	}
}

func TestTheHostingPageTellsTheLimitsThatCheckKnows(t *testing.T) {
	page := hostingPage(t)
	for _, want := range []string{
		"`_redirects` " + messages.Number("en", hosting.MaxStaticRules) + " rules and " + strconv.Itoa(hosting.MaxDynamicRules) + " with `*`",
		messages.Number("en", hosting.MaxFiles) + " files", "`web.config` " + strconv.Itoa(hosting.MaxWebConfig/1000) + " KB",
		"from " + messages.Number("en", hosting.MaxHtaccessRules) + " on",
		"Content-Security-Policy: default-src 'self'",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("docs/hosting.md does not say %q", want)
		}
	}
	for _, h := range new(hosting.Site).Security() {
		if !strings.Contains(page, h.Name) {
			t.Errorf("docs/hosting.md does not name %s", h.Name)
		}
	}
}

// filesOf cuts code blocks into the files whose names stand in comments.
func filesOf(code string) map[string]string {
	files := map[string]string{}
	parts := regexp.MustCompile(`(?m)^# (/?[\w./-]+\.\w+)$`).FindAllStringSubmatchIndex(code, -1)
	for i, m := range parts {
		end := len(code)
		if i+1 < len(parts) {
			end = parts[i+1][0]
		}
		files[code[m[2]:m[3]]] = code[m[1]:end]
	}
	return files
}

func TestTheUnitsOfTheHostingPageAreThoseOfSystemd(t *testing.T) {
	units := filesOf(codeOf(hostingPage(t), "ini"))
	if len(units) != 3 {
		t.Fatalf("%d units", len(units))
	}
	testsize.Program(t, "systemd-analyze")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	args := []string{"verify", "--man=no", "--recursive-errors=no"}
	for name, text := range units {
		file := filepath.Join(dir, filepath.Base(name))
		text = strings.ReplaceAll(text, "ExecStart=bantin ", "ExecStart="+program+" ")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	if out, err := exec.Command("systemd-analyze", args...).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
	// A line that systemd does not know is told, so that this test can fail.
	wrong := filepath.Join(dir, "sai.service")
	if err := os.WriteFile(wrong, []byte("[Service]\nExecStrat=/bin/true\nExecStart=/bin/true\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, _ := exec.Command("systemd-analyze", "verify", "--man=no", wrong).CombinedOutput(); !strings.Contains(string(out), "ExecStrat") {
		t.Errorf("a wrong unit is let pass: %s", out)
	}
}

// docs/install.md and the packages put the program into two folders.
func TestServicesAndCronFindTheProgramWhereverItIsInstalled(t *testing.T) {
	page := hostingPage(t)
	if strings.Contains(codeOf(page, "ini"), "ExecStart=/") {
		t.Error("a service knows one folder alone")
	}
	path := regexp.MustCompile(`(?m)^PATH=(.*)$`).FindStringSubmatch(codeOf(page, "cron"))
	if path == nil {
		t.Fatal("cron is not told where the program is")
	}
	for _, folder := range []string{"/usr/local/bin", "/usr/bin"} {
		if !slices.Contains(strings.Split(path[1], ":"), folder) {
			t.Errorf("cron does not look in %s", folder)
		}
	}
}

func TestNginxServesWhatIsDeployedToAnotherFolder(t *testing.T) {
	d := newDeployed(t, "hosting: {nginx: true, precompress: true}\ngone: [/tin/da-go/]\n")
	etc := filepath.Join(hostingtest.Folder(t), "nginx")
	if err := os.Mkdir(etc, 0o755); err != nil {
		t.Fatal(err)
	}
	d.deploy()
	script := strings.NewReplacer(
		"ssh root@may.example ", "", "scp ", "cp ", "root@may.example:", "", "/srv/www/", filepath.ToSlash(d.www)+"/", "/etc/nginx/", filepath.ToSlash(etc)+"/",
	).Replace(codeOf(hostingPage(t), "shell-nginx"))
	c := exec.Command("sh", "-e", "-c", script)
	c.Dir = filepath.Join(d.dir, "site")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.RemoveAll(c.Dir); err != nil { // nothing there is needed
		t.Fatal(err)
	}
	address := hostingtest.Nginx(t, filepath.Dir(etc), "include "+etc+"/khehoa/http.conf;", "include "+etc+"/khehoa/site.conf;")
	for path, want := range map[string]int{"/tin/": 200, "/tin/tin-tuc/bai/": 200, "/tin/da-go/": 410, "/tin/khong-co/": 404} {
		response, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want || response.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("GET %s: %s, %v", path, response.Status, response.Header)
		}
	}
}

func TestTheWorkflowsOfTheHostingPageDeploy(t *testing.T) {
	files := filesOf(codeOf(hostingPage(t), "yml"))
	var github struct {
		On   map[string]any
		Jobs map[string]struct {
			RunsOn string `yaml:"runs-on"`
			Steps  []struct {
				Uses, Run string
				With, Env map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(files[".github/workflows/deploy.yml"]), &github); err != nil {
		t.Fatal(err)
	}
	var gitlab map[string]struct {
		Image, ResourceGroup string
		Script               []string
		BeforeScript         []string `yaml:"before_script"`
	}
	text, ok := files[".gitlab-ci.yml"]
	if err := yaml.Unmarshal([]byte(text), &gitlab); err != nil || !ok {
		t.Fatal(err)
	}
	var commands []string
	for _, job := range github.Jobs {
		if job.RunsOn == "" || len(github.On) != 2 {
			t.Errorf("%+v", github)
		}
		for _, step := range job.Steps {
			if (step.Uses == "") == (step.Run == "") {
				t.Errorf("step %+v", step)
			}
			if step.Run != "" {
				commands = append(commands, step.Run)
			}
		}
	}
	commands = append(commands, gitlab["deploy"].Script...)
	if len(commands) != 4 {
		t.Errorf("commands %q", commands)
	}
	d := newDeployed(t, "")
	www := filepath.ToSlash(filepath.Join(d.dir, "kho"))
	d.write("site.yaml", "title: Xã\nbase_url: https://xa.example/\nid: xa.example,2026\ndeploy: {kho: file://"+www+"}\n")
	for _, command := range commands {
		args := strings.Fields(command)
		if args[0] != "bin/bantin" {
			t.Fatalf("%q is no command of ours", command)
		}
		if code := run(t.Context(), d.env, append(args[1:], "-s", filepath.Join(d.dir, "site"))); code != exitFine {
			t.Errorf("%s: %d\n%s", command, code, d.out.String())
		}
	}
	if _, err := os.Stat(filepath.Join(d.dir, "kho", "tin-tuc", "bai", "index.html")); err != nil {
		t.Error(err)
	}
}

func TestTheContainerOfTheHostingPageBuildsTheProgram(t *testing.T) {
	testsize.SkipShort(t, "the go command builds the program")
	code := codeOf(hostingPage(t), "dockerfile")
	var command string
	for line := range strings.Lines(code) {
		if rest, ok := strings.CutPrefix(line, "RUN "); ok {
			command = strings.TrimSpace(rest)
		}
	}
	if command == "" || !strings.Contains(code, "FROM docker.io/library/golang:"+goVersion(t)+" AS build") {
		t.Fatal("no RUN line, or another Go than go.mod asks for")
	}
	if !strings.Contains(code, `CMD ["deploy", "chinh", "--watch"]`) {
		t.Error("the container does not watch")
	}
	testsize.SkipLong(t, "the go command compiles all modules once more, in another way")
	out := filepath.Join(t.TempDir(), "bantin")
	c := exec.Command("sh", "-c", strings.Replace(command, "-o /bantin", "-o "+out, 1))
	c.Dir = filepath.Join("..", "..")
	if output, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, output)
	}
	// FROM scratch: nothing is there but the program, so it must need nothing.
	version := exec.Command(out, "version")
	version.Env = []string{}
	if output, err := version.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	if linked, err := exec.Command("ldd", out).CombinedOutput(); err == nil && strings.Contains(string(linked), "=>") {
		t.Errorf("it needs libraries:\n%s", linked)
	}
}

// goVersion returns the version of Go that go.mod asks for, without the patch.
func goVersion(t *testing.T) string {
	t.Helper()
	return regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(ownFile(t, "go.mod"))[1]
}
