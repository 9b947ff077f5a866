package main

import (
	"cmp"
	"io/fs"
	"math"
	"path"
	"runtime"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// preferHugePages asks the system for huge pages where the heap grows first, for
// size bytes (madvise(2), MADV_HUGEPAGE): many give none unasked, and first touching
// small ones takes up to half of the time of a build.
func preferHugePages(size int) {
	const piece = 1 << 20 // of one whole, all would be touched where a part was used before
	var pieces [][]byte   // addresses alone: only what was used before is touched
	for range size / piece {
		pieces = append(pieces, make([]byte, piece))
	}
	for _, p := range pieces {
		unix.Madvise(p, unix.MADV_HUGEPAGE)
	}
	runtime.GC() // that the heap has them
}

// availableMemory returns how many bytes this process can take, all if nothing says:
// the least of what the machine has left (proc(5): MemAvailable) and of what its
// control groups, each within the one above, may take (cgroups(7), both versions).
// A container sees its own group at the top, whatever path it is told.
func availableMemory(root fs.FS) int64 {
	least := int64(math.MaxInt64)
	read := func(name string, number func(text string) string) {
		text, err := fs.ReadFile(root, name)
		if n, parseErr := strconv.ParseInt(number(string(text)), 10, 64); err == nil && parseErr == nil {
			least = min(least, n)
		}
	}
	read("proc/meminfo", func(text string) string {
		_, line, _ := strings.Cut(text, "MemAvailable:")
		kilobytes, _, _ := strings.Cut(line, "kB")
		return cmp.Or(strings.TrimSpace(kilobytes), "?") + "000"
	})
	groups, _ := fs.ReadFile(root, "proc/self/cgroup")
	for line := range strings.Lines(string(groups)) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3) // number, controllers, path
		if len(fields) < 3 {
			continue
		}
		folder, file := "sys/fs/cgroup", "memory.max"
		if fields[1] == "memory" {
			folder, file = "sys/fs/cgroup/memory", "memory.limit_in_bytes"
		} else if fields[1] != "" {
			continue
		}
		for group := path.Clean("/" + fields[2]); ; group = path.Dir(group) {
			read(path.Join(folder, group, file), strings.TrimSpace)
			if group == "/" {
				break
			}
		}
	}
	return least
}
