package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"bantin/internal/digest"
	"bantin/internal/strictfs"
)

// The journal lists what a commit does to the output, in its order. It is
// written and flushed after the staging folder was flushed and before the first rename,
// so a whole journal proves that every file it names is whole in the staging folder or
// has already been put in place, and the commit can be done again from its
// start, any number of times:
//
//	bantin-journal 1
//	from <digest of the manifest that stood before>
//	to <digest of the manifest that will stand>
//	put <number in the staging folder> <path>
//	del <path>
//	end <digest of all the lines before>
//
// New files come first, then changed ones, then deletions (see Class). The
// manifest itself is put last and not listed; it is "manifest" in the staging folder, and
// before it is put, what was deleted is flushed. So while it is in the staging folder, the
// manifest that stands has every path that is deleted, and the staged one every
// path that is put; once it has been put, all deletions are done. A journal that
// says otherwise is not ours. One that is torn, or belongs to another manifest
// than the one that stands, proves nothing and is dropped with its staging folder: the
// first rename can't have happened.
const journalHeader = "bantin-journal 1\n"

type journal struct {
	from, to digest.Digest
	steps    []step
}

// step puts a staged file in place, or deletes the file at path.
type step struct {
	staged uint32 // number in the staging folder; 0 = delete
	path   string
}

// writeTo writes the journal.
func (j journal) writeTo(w io.Writer) error {
	s := newChecksumWriter(w)
	if _, err := fmt.Fprintf(s, "%sfrom %s\nto %s\n", journalHeader, j.from, j.to); err != nil {
		return err
	}
	for _, step := range j.steps {
		if _, err := s.Write(appendStep(s.AvailableBuffer(), step)); err != nil {
			return err
		}
	}
	_, err := s.finish()
	return err
}

// appendStep adds the line of s.
func appendStep(b []byte, s step) []byte {
	if s.staged == 0 {
		b = append(b, "del "...)
	} else {
		b = append(b, "put "...)
		b = strconv.AppendUint(b, uint64(s.staged), 10)
		b = append(b, ' ')
	}
	b = append(b, s.path...)
	return append(b, '\n')
}

func decodeJournal(data []byte) (journal, error) {
	text, err := checkedLines(data, journalHeader)
	if err != nil {
		return journal{}, err
	}
	from, text, _ := strings.Cut(text, "\n")
	to, text, _ := strings.Cut(text, "\n")
	var j journal
	var ok1, ok2 bool
	j.from, ok1 = digest.Parse(strings.TrimPrefix(from, "from "))
	j.to, ok2 = digest.Parse(strings.TrimPrefix(to, "to "))
	if !ok1 || !ok2 {
		return journal{}, errDamaged
	}
	for line := range strings.Lines(text) {
		s, err := decodeStep(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return journal{}, err
		}
		j.steps = append(j.steps, s)
	}
	return j, nil
}

func decodeStep(line string) (step, error) {
	var s step
	verb, path, _ := strings.Cut(line, " ")
	switch verb {
	case "put":
		var number string
		number, path, _ = strings.Cut(path, " ")
		n, err := strconv.ParseUint(number, 10, 32)
		if err != nil || n == 0 {
			return step{}, errDamaged
		}
		s.staged = uint32(n)
	case "del":
	default:
		return step{}, errDamaged
	}
	if checkPath(path) != nil {
		return step{}, errDamaged
	}
	s.path = path
	return s, nil
}

// recover finishes or drops what an interrupted build left in the output.
// Where it fails, the journal and the staging folder stay for another attempt.
func (o *Output) recover() error {
	data, _, err := readChecksummed(o.out, journalName, journalHeader)
	if errors.Is(err, fs.ErrNotExist) {
		if err := o.dropStaging(); err != nil {
			return err
		}
		o.journaled = false
		return nil
	}
	if err != nil {
		return err
	}
	m, err := readManifest(o.out)
	if err != nil {
		return err
	}
	j, err := decodeJournal(data)
	if err != nil || m.digest != j.from && m.digest != j.to {
		err = o.dropJournal()
	} else {
		err = o.rollForward(j, &m)
	}
	o.journaled = err != nil
	return err
}

// rollForward does a commit again from its start. m is the manifest that stands.
func (o *Output) rollForward(j journal, m *manifest) error {
	if err := o.openStaging(); err != nil {
		return err
	}
	next, err := o.nextManifest(j, m)
	if err != nil {
		return err
	}
	g := newPreflight(o.out, m)
	g.findRecased(m.without(next), next.without(m))
	left := j.steps[:0]
	for _, s := range j.steps {
		switch {
		case !j.isOurs(s, m, next):
			return o.foreignJournal()
		case s.staged == 0 && next == m, s.staged != 0 && !o.isStaged(s.staged):
			continue // done already
		case s.staged != 0:
			if err := g.check(s.path); err != nil {
				return err
			}
		}
		left = append(left, s)
	}
	if _, err := o.apply(left, g); err != nil {
		return err
	}
	return o.finish(left)
}

// openStaging opens the staging folder, if it is there, and looks whether it is ours.
func (o *Output) openStaging() error {
	staging, err := o.out.Folder.Folder(stagingName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if o.staging, err = openItself(staging); err != nil {
		return err
	}
	return o.staging.CheckAll(isStaged)
}

// nextManifest returns the manifest that waits in the staging folder; m, which stands,
// if it has been put.
func (o *Output) nextManifest(j journal, m *manifest) (*manifest, error) {
	if o.staging == nil || !o.staging.isThere(stagedManifest) {
		if m.digest != j.to {
			return nil, o.foreignJournal()
		}
		return m, nil
	}
	data, sum, err := readChecksummed(o.staging, stagedManifest, manifestHeader)
	if err != nil {
		return nil, err
	}
	next := &manifest{digest: sum}
	if next.decode(data) != nil || sum != j.to {
		return nil, o.foreignJournal()
	}
	return next, nil
}

// isOurs tells whether a commit from the manifest m to the manifest next may
// have the step s.
func (j journal) isOurs(s step, m, next *manifest) bool {
	if s.staged != 0 {
		return next.has(s.path)
	}
	return !next.has(s.path) && (m.has(s.path) || next == m && j.from != j.to)
}

func (o *Output) foreignJournal() error {
	return &strictfs.Error{Path: o.out.Path(journalName), Fault: strictfs.Foreign}
}

// dropJournal forgets a commit that has not begun, or has ended.
func (o *Output) dropJournal() error {
	if err := o.disk.removeIfThere(o.out, journalName); err != nil {
		return err
	}
	return o.dropStaging()
}

// dropStaging removes the staging folder of a build that was killed, or has ended.
func (o *Output) dropStaging() error {
	if err := o.staging.Close(); err != nil {
		return err
	}
	o.staging = nil
	return o.disk.removeFolder(o.out, stagingName, isStaged)
}

// writeJournal makes j outlive a power cut. What it could not write whole is
// no journal.
func (o *Output) writeJournal(j journal) error {
	_, err := o.disk.create(o.out, journalName, j.writeTo)
	if err == nil {
		err = o.disk.fsync(o.out, journalName)
	}
	if err == nil {
		err = o.disk.fsync(o.out, ".")
	}
	if err != nil {
		return fmt.Errorf("write journal: %w", errors.Join(err, o.disk.removeIfThere(o.out, journalName)))
	}
	return nil
}

// stagedName is the name of a file with a number in a flat staging folder.
func stagedName(number uint32) string { return strconv.FormatUint(uint64(number), 10) }

// isStaged tells whether a flat staging folder may hold that.
func isStaged(name string, d fs.DirEntry) bool {
	number, err := strconv.ParseUint(name, 10, 32)
	isNumber := err == nil && number > 0 && stagedName(uint32(number)) == name
	return !d.IsDir() && (isNumber || name == stagedManifest)
}

// isStaged tells whether the file with that number waits in the staging folder.
func (o *Output) isStaged(number uint32) bool {
	return o.staging != nil && o.staging.isThere(stagedName(number))
}
