package main

import (
	"bufio"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
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

func TestTheMemoryOfTheMachineAndOfItsControlGroupsIsFound(t *testing.T) {
	const machine = "MemTotal: 1000 kB\nMemFree: 300 kB\nMemAvailable:   800 kB\nBuffers: 1 kB\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  int64
	}{
		"nothing known":          {nil, math.MaxInt64},
		"the machine":            {map[string]string{"proc/meminfo": machine}, 800_000},
		"an older kernel":        {map[string]string{"proc/meminfo": "MemTotal: 1000 kB\n"}, math.MaxInt64},
		"a unit, version 2":      {map[string]string{"proc/self/cgroup": "0::/system.slice/a.service\n", "sys/fs/cgroup/system.slice/a.service/memory.max": "500\n"}, 500},
		"the slice above it":     {map[string]string{"proc/self/cgroup": "0::/a.slice/b.service\n", "sys/fs/cgroup/a.slice/memory.max": "400\n", "sys/fs/cgroup/a.slice/b.service/memory.max": "max\n"}, 400},
		"a container of its own": {map[string]string{"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "300\n", "proc/meminfo": machine}, 300},
		"a container, version 1": {map[string]string{"proc/self/cgroup": "4:memory:/docker/0a1b\n3:cpu:/\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "200\n", "sys/fs/cgroup/memory.max": "100\n"}, 200},
		"no limit, version 1":    {map[string]string{"proc/self/cgroup": "4:memory:/\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n", "proc/meminfo": machine}, 800_000},
		"a group above the top":  {map[string]string{"proc/self/cgroup": "0::/../../a\nodd\n", "sys/fs/cgroup/a/memory.max": "600\n"}, 600},
	} {
		root := fstest.MapFS{}
		for path, text := range c.files {
			root[path] = &fstest.MapFile{Data: []byte(text)}
		}
		if got := availableMemory(root); got != c.want {
			t.Errorf("%s: %d bytes, want %d", name, got, c.want)
		}
	}
	if got := availableMemory(os.DirFS("/")); got < 10<<20 || got > 1<<50 {
		t.Errorf("of this machine: %d bytes", got)
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
