package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bantin/internal/source"
)

// This file has the history of files where the site's folder lies in a git
// repository. The program git is called with arguments and never through a shell;
// no program that a repository names is run: it may be a stranger's.

// maxVersions is how many versions of a file are listed.
const maxVersions = 100

// gitPatience is how long git may take for one answer.
const gitPatience = 20 * time.Second

// git runs git in the site's folder and returns what it printed.
func (s *Server) git(ctx context.Context, input string, arguments ...string) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, gitPatience)
	defer stop()
	quiet := []string{
		"--literal-pathspecs", "--no-pager", "-c", "core.hooksPath=" + os.DevNull, "-c", "core.fsmonitor=false", "-c", "commit.gpgSign=false",
		"-c", "core.quotePath=false", "-c", "diff.external=", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "i18n.commitEncoding=UTF-8",
		"-c", "log.showSignature=false",
	}
	c := exec.CommandContext(ctx, "git", append(quiet, arguments...)...)
	c.Dir = s.opt.Dir
	// A repository named by the environment is not that of the site. What a partial clone lacks is not fetched.
	c.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "GIT_") }), "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "LC_ALL=C")
	c.Stdin = strings.NewReader(input)
	var out, told bytes.Buffer
	c.Stdout, c.Stderr = &out, &told
	if err := c.Run(); err != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(told.String()), "\n")
		return nil, fmt.Errorf("git %s: %w: %s", arguments[0], err, first)
	}
	return out.Bytes(), nil
}

// gitState tells whether there is a history: "ready"; "absent" in a repository
// without the program git; "refused" if git does not want to look at it; "programs" in
// one whose own settings name some that git can't be told to leave; "" outside of a
// repository.
func (s *Server) gitState(ctx context.Context) string {
	if !inRepository(s.opt.Dir) {
		return ""
	}
	if _, err := exec.LookPath("git"); err != nil {
		return "absent"
	}
	if out, err := s.git(ctx, "", "rev-parse", "--is-inside-work-tree"); err != nil || strings.TrimSpace(string(out)) != "true" {
		return "refused"
	}
	if s.namesPrograms(ctx) {
		return "programs"
	}
	return "ready"
}

// namesPrograms tells whether the settings of the repository itself, not those of its
// user, name filters or hooks to be run, for which git has no option that turns all off.
func (s *Server) namesPrograms(ctx context.Context) bool {
	out, err := s.git(ctx, "", "config", "--show-scope", "--name-only", "-z", "--get-regexp", `^(filter\..*\.(clean|process|smudge)|hook\..*\.command)$`)
	var exit *exec.ExitError
	if err != nil {
		return !errors.As(err, &exit) || exit.ExitCode() != 1 // 1: there is none
	}
	for scope := range strings.SplitSeq(string(out), "\x00") {
		if scope == "local" || scope == "worktree" {
			return true
		}
	}
	return false
}

// inRepository tells whether a folder or one above it has a .git.
func inRepository(dir string) bool {
	dir, err := filepath.Abs(dir)
	for err == nil {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return true
		}
		above := filepath.Dir(dir)
		if above == dir {
			break
		}
		dir = above
	}
	return false
}

// version is a file as a commit has it.
type version struct {
	Commit string `json:"commit"`
	Time   string `json:"time"` // ISO 8601
	Author string `json:"author"`
	Title  string `json:"title"` // of the commit
	path   string // of the file then, in the repository
}

// versions lists the versions of an article, the newest first, those under earlier
// names too.
func (s *Server) versions(ctx context.Context, name string) ([]version, error) {
	if s.gitState(ctx) != "ready" {
		return nil, refuse("no-git")
	}
	out, err := s.git(ctx, "", "log", "--follow", fmt.Sprintf("-n%d", maxVersions), "-z", "--name-only", "--format=%x01%H%x00%aI%x00%an%x00%s", "--", source.OnDisk(s.opt.Dir, name))
	if err != nil {
		return nil, err
	}
	var list []version
	for part := range strings.SplitSeq(string(out), "\x01") {
		fields := strings.Split(strings.TrimRight(part, "\x00"), "\x00") // the title may be empty
		if len(fields) == 5 {                                            // else it is a merge, which has no path
			list = append(list, version{fields[0], fields[1], fields[2], fields[3], strings.TrimPrefix(fields[4], "\n")})
		}
	}
	return list, nil
}

// getVersions lists the versions of an article.
func (s *Server) getVersions(r *http.Request) (any, error) {
	name, err := isArticle(r.URL.Query().Get("path"))
	if err != nil {
		return nil, err
	}
	list, err := s.versions(r.Context(), name)
	return orEmpty(list), err
}

// getVersion opens a version of an article, which the client shows beside the
// present one; nothing is written.
func (s *Server) getVersion(r *http.Request) (any, error) {
	at := r.URL.Query().Get("path")
	name, err := isArticle(at)
	if err != nil {
		return nil, err
	}
	list, err := s.versions(r.Context(), name)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(v version) bool { return v.Commit == r.URL.Query().Get("commit") })
	if i < 0 {
		return nil, fs.ErrNotExist
	}
	src, err := s.git(r.Context(), "", "cat-file", "blob", list[i].Commit+":"+list[i].path)
	if err != nil {
		return nil, err
	}
	if len(src) > source.MaxArticleSize {
		return nil, source.ErrTooLarge
	}
	return map[string]any{"opened": open(at, src, s.keysOf(at)), "file": strings.Join(split(src), "\n")}, nil
}

// commit commits the files of an article, and those that the desk changed, as far as
// they differ from the last commit. It returns the commit's short name, "" if nothing
// differs. What else lies in the folder, or waits for a commit, is left as it is.
func (s *Server) commit(ctx context.Context, at, title string) (name string, err error) {
	own, err := s.own(at)
	if err != nil {
		return "", err
	}
	records, err := s.journal.Records()
	if err != nil {
		return "", err
	}
	for _, r := range records {
		own = append(own, r.Paths...)
	}
	for i, name := range own {
		own[i] = source.OnDisk(s.opt.Dir, name)
	}
	slices.Sort(own)
	prefix, err := s.git(ctx, "", "rev-parse", "--show-prefix")
	if err != nil {
		return "", err
	}
	status, err := s.git(ctx, "", append([]string{"status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--"}, slices.Compact(own)...)...)
	if err != nil {
		return "", err
	}
	var changed []string
	for line := range strings.SplitSeq(string(status), "\x00") {
		if len(line) > 3 {
			changed = append(changed, strings.TrimPrefix(line[3:], strings.TrimSpace(string(prefix))))
		}
	}
	if len(changed) == 0 {
		return "", nil
	}
	if _, err := s.git(ctx, "", append([]string{"add", "--all", "--"}, changed...)...); err != nil {
		return "", err
	}
	if _, err := s.git(ctx, title+"\n", append([]string{"commit", "--quiet", "--no-verify", "--cleanup=verbatim", "--file=-", "--only", "--"}, changed...)...); err != nil {
		return "", err
	}
	short, err := s.git(ctx, "", "rev-parse", "--short", "HEAD")
	return strings.TrimSpace(string(short)), err
}

// commitRelease commits a release, if it is asked for and site.yaml lets it, and tells what came of it:
// the commit, or why there is none. What is published is published all the same.
func (s *Server) commitRelease(ctx context.Context, q *release, title string) (name, failed string) {
	if !q.Commit || !s.settings().Desk.Commit || s.gitState(ctx) != "ready" {
		return "", ""
	}
	name, err := s.commit(ctx, q.Path, title)
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) && strings.Contains(err.Error(), "Please tell me who you are") || strings.Contains(err.Error(), "Author identity unknown") {
			return "", "who"
		}
		return "", err.Error()
	}
	return name, ""
}
