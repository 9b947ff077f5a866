package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"time"
)

// sample is one measurement: what a process cost, and how many output files it
// left new, changed or gone.
type sample struct {
	usage
	files int
}

// table gathers the samples of everything that is measured, in the order in
// which each was first measured.
type table struct{ rows []row }

type row struct {
	name    string
	samples []sample
}

func (t *table) add(name string, s sample) {
	i := slices.IndexFunc(t.rows, func(r row) bool { return r.name == name })
	if i < 0 {
		i = len(t.rows)
		t.rows = append(t.rows, row{name: name})
	}
	t.rows[i].samples = append(t.rows[i].samples, s)
}

// median returns the median sample of a row, each figure by itself.
func (t *table) median(name string) (sample, bool) {
	for _, r := range t.rows {
		if r.name == name {
			return r.median(), true
		}
	}
	return sample{}, false
}

func (r row) median() sample {
	return sample{
		usage: usage{
			Wall: medianOf(r.samples, func(s sample) time.Duration { return s.Wall }),
			User: medianOf(r.samples, func(s sample) time.Duration { return s.User }),
			Sys:  medianOf(r.samples, func(s sample) time.Duration { return s.Sys }),
			Peak: medianOf(r.samples, func(s sample) int64 { return s.Peak }),
		},
		files: medianOf(r.samples, func(s sample) int { return s.files }),
	}
}

// medianOf returns the median of one figure of the samples: of an even number,
// the lower of the two in the middle.
func medianOf[T int | int64 | time.Duration](samples []sample, figure func(sample) T) T {
	figures := make([]T, len(samples))
	for i, s := range samples {
		figures[i] = figure(s)
	}
	slices.Sort(figures)
	return figures[(len(figures)-1)/2]
}

// ratio is what one row costs in units of another.
type ratio struct {
	what     string
	row, per string
	figure   func(sample) float64
}

func wallOf(s sample) float64   { return s.Wall.Seconds() }
func userOf(s sample) float64   { return s.User.Seconds() }
func cpuOf(s sample) float64    { return s.cpu().Seconds() }
func memoryOf(s sample) float64 { return float64(s.Peak) }

// ratios returns those that docs/benchmarks.md has aims for, and those of one
// article more against Hugo.
func ratios() []ratio {
	return []ratio{
		{"user CPU", bantinClean, floorCommand, userOf},
		{"CPU", bantinClean, hugoClean, cpuOf},
		{"wall", bantinClean, hugoClean, wallOf},
		{"peak memory", bantinClean, hugoClean, memoryOf},
		{"CPU", bantinAdd, hugoAdd, cpuOf},
		{"wall", bantinAdd, hugoAdd, wallOf},
		{"wall", bantinNoop, bantinClean, wallOf},
		{"wall", bantinEdit, bantinClean, wallOf},
		{"wall", bantinAdd, bantinClean, wallOf},
		{"CPU", bantinAdd, bantinClean, cpuOf},
		{"wall", bantinAddFirst, bantinClean, wallOf},
		{"peak memory", bantinAdd, bantinClean, memoryOf},
	}
}

// write prints the heading, the medians and the ratios as Markdown.
func (t *table) write(w io.Writer, heading string) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n\n", heading)
	b.WriteString("| | wall s | user s | sys s | peak MB | files |\n|---|---:|---:|---:|---:|---:|\n")
	for _, r := range t.rows {
		m := r.median()
		fmt.Fprintf(&b, "| %s | %.3f | %.3f | %.3f | %.0f | %d |\n",
			r.name, m.Wall.Seconds(), m.User.Seconds(), m.Sys.Seconds(), float64(m.Peak)/1e6, m.files)
	}
	b.WriteString("\n| ratio | of | | % |\n|---|---|---:|---:|\n")
	for _, q := range ratios() {
		if value, ok := t.ratio(q); ok {
			fmt.Fprintf(&b, "| %s / %s | %s | %.3g | %.1f |\n", q.row, q.per, q.what, value, 100*value)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// ratio returns the value of q; false where one of its rows was not measured.
func (t *table) ratio(q ratio) (float64, bool) {
	above, ok := t.median(q.row)
	if !ok {
		return 0, false
	}
	below, ok := t.median(q.per)
	if !ok || q.figure(below) == 0 {
		return 0, false
	}
	return q.figure(above) / q.figure(below), true
}
