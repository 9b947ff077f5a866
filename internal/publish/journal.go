package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"bantin/internal/digest"
)

// The journal lists what a commit does to the output, in its order. It is
// written and flushed after the stage was flushed and before the first rename,
// so a whole journal proves that every file it names is whole in the stage or
// has already been put in place, and the commit can be done again from its
// start, any number of times:
//
//	bantin-journal 1
//	from <digest of the manifest that stood before>
//	to <digest of the manifest that will stand>
//	put <number in the stage> <path>
//	del <path>
//	end <digest of all the lines before>
//
// The manifest itself is put last and not listed. A journal that is torn, or
// belongs to another manifest than the one that stands, proves nothing and is
// dropped with its stage: the first rename can't have happened.
const journalHeader = "bantin-journal 1\n"

type journal struct {
	from, to digest.Digest
	steps    []step
}

// step puts a staged file in place, or deletes the file at path.
type step struct {
	staged uint32 // number in the stage; 0 = delete
	path   string
}

// writeTo writes the journal.
func (j journal) writeTo(w io.Writer) error {
	s := newSealedWriter(w)
	if _, err := fmt.Fprintf(s, "%sfrom %s\nto %s\n", journalHeader, j.from, j.to); err != nil {
		return err
	}
	for _, step := range j.steps {
		if _, err := s.Write(appendStep(s.AvailableBuffer(), step)); err != nil {
			return err
		}
	}
	_, err := s.seal()
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
	text, err := unseal(data, journalHeader)
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
// Where it fails, journal and stage stay for another attempt.
func (o *Output) recover() error {
	data, err := os.ReadFile(o.real(journalName))
	if errors.Is(err, fs.ErrNotExist) {
		o.journaled = false
		return o.disk.removeAll(o.stage)
	}
	if err != nil {
		return err
	}
	m, err := readManifest(o.dir)
	if err != nil {
		return err
	}
	j, err := decodeJournal(data)
	if err != nil || m.digest != j.from && m.digest != j.to {
		err = o.dropStage()
	} else {
		err = o.rollForward(j, &m)
	}
	o.journaled = err != nil
	return err
}

// rollForward does a commit again from its start. m is the manifest that stands.
func (o *Output) rollForward(j journal, m *manifest) error {
	g := newGround(o.dir, m)
	left := j.steps[:0]
	for _, s := range j.steps {
		if s.staged != 0 {
			if _, err := os.Lstat(o.inStage(stagedName(s.staged))); errors.Is(err, fs.ErrNotExist) {
				continue // put in place already
			}
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

// dropStage forgets a commit that has not begun.
func (o *Output) dropStage() error {
	if err := o.disk.removeAll(o.real(journalName)); err != nil {
		return err
	}
	return o.disk.removeAll(o.stage)
}

// writeJournal makes j outlive a power cut. What it could not write whole is
// no journal.
func (o *Output) writeJournal(j journal) error {
	name := o.real(journalName)
	_, err := o.disk.create(name, j.writeTo)
	if err == nil {
		err = o.disk.fsync(name)
	}
	if err == nil {
		err = o.disk.fsync(o.dir)
	}
	if err != nil {
		return fmt.Errorf("write journal: %w", errors.Join(err, o.disk.removeAll(name)))
	}
	return nil
}

// stagedName is the name of a file with a number in a flat stage.
func stagedName(number uint32) string { return strconv.FormatUint(uint64(number), 10) }

// inStage is the system's name of a staged file.
func (o *Output) inStage(staged string) string {
	return filepath.Join(o.stage, filepath.FromSlash(staged))
}
