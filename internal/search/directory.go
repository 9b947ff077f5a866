package search

// directoryShards returns into how many files a directory of n words is cut, by
// a word's hash.
func directoryShards(n int) uint32 {
	switch {
	case n <= 10_000:
		return 4
	case n <= 30_000:
		return 8
	}
	return 16
}

// Directory says for each word which of the older blocks hold it, so that a
// rare word costs no look into blocks without it. vocabularies are those of the
// blocks from the oldest on, without the newest.
func Directory(vocabularies [][]string) [][]byte {
	type word struct {
		name   string
		blocks []uint32
	}
	var all []word
	merge(vocabularies, func(name string, blocks []uint32) { all = append(all, word{name, blocks}) })
	shards := make([][]word, directoryShards(len(all)))
	for _, w := range all {
		s := &shards[hash(w.name)%uint32(len(shards))]
		*s = append(*s, w)
	}
	files := make([][]byte, len(shards))
	for i, words := range shards {
		b := []byte{formatVersion}
		b = appendUvarint(b, len(vocabularies))
		b = appendUvarint(b, len(words))
		last := ""
		for _, w := range words {
			b = appendName(b, last, w.name)
			last = w.name
		}
		bits := newBitWriter(b)
		for _, w := range words {
			bits.subset(w.blocks, uint32(len(vocabularies)))
		}
		files[i] = bits.align()
	}
	return files
}

// merge calls do with each word of sorted vocabularies, in order, and the
// numbers of those that hold it.
func merge(vocabularies [][]string, do func(name string, in []uint32)) {
	next := make([]int, len(vocabularies))
	for {
		name, found := "", false
		for i, v := range vocabularies {
			if next[i] < len(v) && (!found || v[next[i]] < name) {
				name, found = v[next[i]], true
			}
		}
		if !found {
			return
		}
		var in []uint32
		for i, v := range vocabularies {
			if next[i] < len(v) && v[next[i]] == name {
				in = append(in, uint32(i))
				next[i]++
			}
		}
		do(name, in)
	}
}
