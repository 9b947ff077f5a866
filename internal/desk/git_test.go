package desk

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"bantin/internal/edits"
	"bantin/internal/testsize"
)

// repository is a desk whose site lies in a folder of a git repository, which would
// run a program at each step if it were let.
func repository(t *testing.T) *at {
	t.Helper()
	testsize.Program(t, "git")
	t.Setenv("GIT_DIR", filepath.Join(t.TempDir(), "another")) // as in a hook that started bantin
	t.Setenv("HOME", t.TempDir())
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\ndraft: true\n---\n\nMột.\n", "content/tin-tuc/b.md": sample})
	d.run("init", "-q")
	hook := "#!/bin/sh\ntouch " + filepath.Join(d.dir, "hook-ran") + "\n"
	for _, name := range []string{"pre-commit", "post-commit", "commit-msg", "prepare-commit-msg", "fsmonitor"} {
		d.write(".git/hooks/"+name, hook)
		if err := os.Chmod(filepath.Join(d.dir, ".git/hooks", name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	d.run("config", "core.fsmonitor", filepath.Join(d.dir, ".git/hooks/fsmonitor"))
	d.run("config", "diff.external", filepath.Join(d.dir, ".git/hooks/fsmonitor"))
	d.run("config", "log.showSignature", "true")
	d.run("config", "gpg.program", filepath.Join(d.dir, ".git/hooks/fsmonitor"))
	d.desk.opt.Build = func(context.Context, io.Writer) error { return nil }
	return d
}

func (d *at) run(arguments ...string) string {
	d.Helper()
	c := exec.Command("git", append([]string{"-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "user.name=Mai", "-c", "user.email=mai@xa.example"}, arguments...)...)
	c.Dir = d.dir
	c.Env = append(os.Environ(), "GIT_DIR="+filepath.Join(d.dir, ".git"), "GIT_WORK_TREE="+d.dir)
	out, err := c.CombinedOutput()
	if err != nil {
		d.Fatalf("git %v: %v: %s", arguments, err, out)
	}
	return string(out)
}

func (d *at) publish(name, do string, commit bool) string {
	d.Helper()
	digest := edits.Digest([]byte(d.read("content/" + name)))
	return d.ask("POST", "/api/publish", strings.NewReader(fmt.Sprintf(`{"path":%q,"digest":%q,"do":%q,"date":"","text":"","target":"","commit":%v}`, name, digest, do, commit)), nil).Body.String()
}

func TestEachPublishIsACommitOfItsOwnFiles(t *testing.T) {
	d := repository(t)
	if answer := d.publish("tin-tuc/a.md", "build", true); !strings.Contains(answer, `"commit_failed":"who"`) {
		t.Errorf("git does not know who: %s", answer)
	}
	d.run("reset", "-q")
	d.run("config", "user.name", "Mai")
	d.run("config", "user.email", "mai@xa.example")
	d.run("add", "content/tin-tuc/b.md", "site.yaml")
	d.run("commit", "-qm", "đầu")
	d.write("content/tin-tuc/b.md", "của người khác, chưa xong")
	d.write("cho.txt", "chờ")
	d.run("add", "cho.txt")
	answer := d.publish("tin-tuc/a.md", "publish", true)
	if !strings.Contains(answer, `"commit_failed":""`) || strings.Contains(answer, `"commit":""`) {
		t.Fatalf("got %s", answer)
	}
	if got := d.run("show", "--name-only", "--format=%s", "HEAD"); got != "Đăng: Bài\n\ncontent/tin-tuc/a.md\n" {
		t.Errorf("the commit is %q", got)
	}
	if got := d.run("status", "--porcelain", "cho.txt", "content/tin-tuc/b.md"); got != "A  cho.txt\n M content/tin-tuc/b.md\n" {
		t.Errorf("what others do was touched: %q", got)
	}
	if answer := d.publish("tin-tuc/a.md", "unpublish", false); !strings.Contains(answer, `"commit":""`) || strings.TrimSpace(d.run("rev-list", "--count", "HEAD")) != "2" {
		t.Errorf("nobody asked for a commit: %s", answer)
	}
	d.write("site.yaml", d.read("site.yaml")+"desk:\n  commit: false\n")
	if answer := d.publish("tin-tuc/a.md", "publish", true); !strings.Contains(answer, `"commit":"","commit_failed":""`) || strings.TrimSpace(d.run("rev-list", "--count", "HEAD")) != "2" {
		t.Errorf("site.yaml wants no commits: %s", answer)
	}
	if got := d.get("/api/site", 200)["commits"]; got != false {
		t.Errorf("the desk offers a commit that site.yaml does not want: %v", got)
	}
	if _, err := os.Stat(filepath.Join(d.dir, "hook-ran")); err == nil {
		t.Error("a program that the repository names was run")
	}
}

// Names whose letters are taken apart are git's, too; a file is used by who names it so or so.
func TestNamesThatAreTakenApartHaveAHistory(t *testing.T) {
	d := repository(t)
	name := func(form norm.Form) string { return form.String("tin-tuc/lễ hội/index.md") }
	d.write("content/"+name(norm.NFD), "---\ntitle: Lễ\ndate: 1/2/2026\ndraft: true\n---\n\nMột.\n")
	d.write("content/"+norm.NFD.String("tin-tuc/lễ hội/ảnh.png"), "x")
	d.write("content/tin-tuc/b.md", "---\ntitle: Bài\ndate: 1/2/2026\n---\n\n![]("+norm.NFD.String("<lễ hội/ảnh.png>")+")\n")
	d.run("config", "user.name", "Mai")
	d.run("config", "user.email", "mai@xa.example")
	digest := edits.Digest([]byte(d.read("content/" + name(norm.NFD))))
	d.post("/api/publish", map[string]any{"path": name(norm.NFC), "digest": digest, "do": "publish", "date": "", "text": "", "target": "", "commit": true}, 200)
	if w := d.ask("GET", "/api/versions?path="+url.QueryEscape(name(norm.NFC)), nil, nil); !strings.Contains(w.Body.String(), `"title":"Đăng: Lễ"`) {
		t.Errorf("got %s", w.Body)
	}
	if answer := d.post("/api/remove-file", map[string]any{"Path": name(norm.NFC), "Name": "ảnh.png"}, http.StatusUnprocessableEntity); answer["code"] != "used" {
		t.Errorf("got %v", answer)
	}
}

func TestAnEarlierVersionIsFoundUnderItsEarlierName(t *testing.T) {
	d := repository(t)
	body := strings.Repeat("Một dòng dài như nhau trong cả hai bản.\n", 20)
	d.write("content/tin-tuc/cũ và.md", "---\ntitle: Cũ\ndate: 1/2/2026\n---\n"+body)
	d.run("add", ".")
	d.run("commit", "-qm", "một")
	d.run("mv", "content/tin-tuc/cũ và.md", "content/tin-tuc/moi.md")
	d.run("commit", "-qm", "đổi tên")
	d.write("content/tin-tuc/moi.md", "---\ntitle: Mới\r\ndate: 1/2/2026\n---\n"+body)
	d.run("commit", "-qam", "; touch x")
	d.write("a-dir/.keep", "")
	w := d.ask("GET", "/api/versions?path=tin-tuc/moi.md", nil, nil)
	var list []struct{ Commit, Author, Title string }
	d.unmarshal(w.Body.Bytes(), &list)
	if len(list) != 3 || list[0].Title != "; touch x" || list[2].Title != "một" || list[0].Author != "Mai" {
		t.Fatalf("got %s", w.Body)
	}
	before := d.get("/api/version?path=tin-tuc/moi.md&commit="+list[2].Commit, 200)
	if v := before["opened"].(map[string]any)["values"].(map[string]any); v["title"] != "Cũ" || !strings.Contains(before["file"].(string), body) {
		t.Errorf("got %v", v)
	}
	for _, commit := range []string{"HEAD", "--output=x", strings.Repeat("0", 40), ""} {
		if w := d.ask("GET", "/api/version?path=tin-tuc/moi.md&commit="+url.QueryEscape(commit), nil, nil); w.Code == 200 {
			t.Errorf("%q is a version", commit)
		}
	}
	if w := d.ask("GET", "/api/versions?path=../site.yaml", nil, nil); w.Code == 200 {
		t.Error("a file that is no article has versions")
	}
	if d.exists("hook-ran") {
		t.Error("a program that the repository names was run")
	}
}

func TestAVersionNeedsNoWords(t *testing.T) {
	d := repository(t)
	d.run("add", ".")
	d.run("commit", "-qm", "một")
	d.write("content/tin-tuc/a.md", sample)
	d.run("commit", "-qam", "", "--allow-empty-message")
	var list []struct{ Commit, Title string }
	d.unmarshal(d.ask("GET", "/api/versions?path=tin-tuc/a.md", nil, nil).Body.Bytes(), &list)
	if len(list) != 2 || list[0].Title != "" || list[1].Title != "một" {
		t.Fatalf("got %v", list)
	}
	if now := d.get("/api/version?path=tin-tuc/a.md&commit="+list[0].Commit, 200); now["file"] != sample {
		t.Errorf("got %v", now["file"])
	}
}

func TestNoProgramOfAStrangersRepositoryIsRun(t *testing.T) {
	d := repository(t)
	d.run("add", "content")
	d.run("commit", "-q", "-m", "một")
	evil := filepath.Join(d.dir, ".git/hooks/fsmonitor")
	notRun := func(what string) {
		t.Helper()
		if d.exists("hook-ran") {
			t.Fatalf("%s runs a program that the repository names", what)
		}
	}

	signed := strings.Replace(d.run("cat-file", "commit", "HEAD"), "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----\n\n", 1)
	d.write(".git/signed", signed)
	d.run("update-ref", "HEAD", strings.TrimSpace(d.run("hash-object", "-t", "commit", "-w", ".git/signed")))
	var versions []version
	if d.unmarshal(d.ask("GET", "/api/versions?path=tin-tuc/a.md", nil, nil).Body.Bytes(), &versions); len(versions) != 1 {
		t.Fatalf("versions %v", versions)
	}
	notRun("a signed commit")

	for key, value := range map[string]string{
		"core.repositoryFormatVersion": "1", "extensions.partialClone": "o", "remote.o.promisor": "true", "remote.o.url": "ssh://xa.example/kho", "core.sshCommand": evil,
	} {
		d.run("config", key, value)
	}
	blob := strings.TrimSpace(d.run("rev-parse", "HEAD:content/tin-tuc/a.md"))
	if err := os.Remove(filepath.Join(d.dir, ".git/objects", blob[:2], blob[2:])); err != nil {
		t.Fatal(err)
	}
	d.ask("GET", "/api/version?path=tin-tuc/a.md&commit="+versions[0].Commit, nil, nil)
	notRun("a version that has to be fetched")

	d.run("config", "--global", "filter.own.clean", "cat")
	if got := d.get("/api/site", 200)["git"]; got != "ready" {
		t.Errorf("filters of the user: %q", got)
	}
	d.write(".git/info/attributes", "* filter=theirs\n")
	for _, key := range []string{"filter.theirs.clean", "filter.theirs.process", "hook.theirs.command"} {
		d.run("config", key, evil)
		if got := d.get("/api/site", 200)["git"]; got != "programs" {
			t.Errorf("%s: %q", key, got)
		}
		d.run("config", "--unset", key)
	}
	d.run("config", "filter.theirs.clean", evil)
	d.publish("tin-tuc/a.md", "publish", true)
	notRun("a commit")
}

func TestASiteWithoutGitSaysSo(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample})
	if got := d.get("/api/site", 200)["git"]; got != "" && !inRepository(filepath.Dir(d.dir)) {
		t.Errorf("outside of a repository: %q", got)
	}
	d.write(".git/HEAD", "x")
	t.Setenv("PATH", "")
	if got := d.get("/api/site", 200)["git"]; got != "absent" {
		t.Errorf("without the program: %q", got)
	}
	d.answer(d.ask("GET", "/api/versions?path=tin-tuc/a.md", nil, nil), http.StatusUnprocessableEntity)
}
