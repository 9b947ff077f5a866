package main

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestTheHeapGetsHugePages(t *testing.T) {
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage"); err != nil {
		t.Skip("this kernel has no transparent huge pages")
	}
	const size = 16 << 20
	before := advised(t)
	preferHugePages(size)
	if got := advised(t) - before; got < size-1<<20 {
		t.Errorf("%d bytes of memory may be huge pages, want %d", got, size)
	}
}

// advised returns how many bytes of this process's memory may be huge pages by
// advice (proc_pid_smaps(5): hg).
func advised(t *testing.T) (bytes int) {
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		key, value, _ := strings.Cut(s.Text(), ":")
		switch fields := strings.Fields(value); key {
		case "Size":
			if size, err = strconv.Atoi(fields[0]); err != nil {
				t.Fatal(err)
			}
		case "VmFlags":
			for _, flag := range fields {
				if flag == "hg" {
					bytes += size << 10
				}
			}
		}
	}
	return bytes
}
