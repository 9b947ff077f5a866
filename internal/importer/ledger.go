package importer

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// LedgerFile is the file of the site that remembers what was imported, so that a
// second run adds what is new and touches nothing else.
const LedgerFile = "import.csv"

// maxLedger is its largest size in bytes.
const maxLedger = 256 << 20

// ledgerHeader names its columns: the format and the item's identity there; the
// article's path below the site's folder; the digests of the item at the source
// and of the file as they were when it was written (the first 128 bits of
// SHA-256, in hexadecimal); the old addresses that lead to it, with spaces
// between.
var ledgerHeader = []string{"id", "path", "source", "article", "urls"}

// entry is a row of the ledger.
type entry struct {
	id, path        string
	source, article string
	urls            string
}

type ledger struct {
	rows    []entry
	byID    map[string]int
	changed bool
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16])
}

// readLedger reads a ledger. One that was edited into something else is an
// error: to go on would import everything twice.
func readLedger(src []byte) (*ledger, error) {
	l := &ledger{byID: map[string]int{}}
	if len(bytes.TrimSpace(src)) == 0 {
		return l, nil
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))))
	head, err := r.Read()
	if err != nil || !slices.Equal(head, ledgerHeader) {
		return nil, fmt.Errorf("read %s: its first line must be %s", LedgerFile, strings.Join(ledgerHeader, ","))
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return l, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", LedgerFile, err)
		}
		l.add(entry{row[0], row[1], row[2], row[3], row[4]})
	}
}

func (l *ledger) add(e entry) {
	if i, known := l.byID[e.id]; known {
		l.rows[i] = e
		return
	}
	l.byID[e.id] = len(l.rows)
	l.rows = append(l.rows, e)
}

func (l *ledger) find(id string) (entry, bool) {
	i, ok := l.byID[id]
	if !ok {
		return entry{}, false
	}
	return l.rows[i], true
}

// write writes the ledger, sorted by path and identity, so that two runs give
// the same file.
func (l *ledger) write(w io.Writer) error {
	rows := slices.Clone(l.rows)
	slices.SortFunc(rows, func(a, b entry) int {
		if c := strings.Compare(a.path, b.path); c != 0 {
			return c
		}
		return strings.Compare(a.id, b.id)
	})
	out := csv.NewWriter(w)
	if err := out.Write(ledgerHeader); err != nil {
		return err
	}
	for _, e := range rows {
		if err := out.Write([]string{e.id, e.path, e.source, e.article, e.urls}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
