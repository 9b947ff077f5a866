package search

import "testing"

func TestATableHoldsEveryPairOfItsBlocksAndFewOthers(t *testing.T) {
	all := samples(t, 600)
	var pairs [][]byte
	blocks := [][]sample{all[:300], all[300:301], all[301:400], all[400:]}
	for _, block := range blocks {
		var docs []*Words
		for _, s := range block {
			docs = append(docs, s.words())
		}
		pairs = append(pairs, MakeBlock(docs, nil).Pairs)
	}
	table, file := MakePairTable(pairs)
	if table.Rows != len(file.Data) || table.Rows&(table.Rows-1) != 0 {
		t.Fatalf("%d rows of %d bytes for %d blocks", table.Rows, len(file.Data), len(blocks))
	}
	has := func(first, second string, block int) bool {
		row := pairHash(hash(first), hash(second)) % uint32(table.Rows)
		return file.Data[row]&(128>>block) != 0
	}
	inVain, asked := 0, 0
	for b, block := range blocks {
		for _, s := range block {
			for _, field := range s.fields {
				for i := range field[:max(len(field)-1, 0)] {
					first, second := field[i].Value(), field[i+1].Value()
					if !has(first, second, b) {
						t.Fatalf("block %d has %q %q, its row does not say so", b, first, second)
					}
					asked++
					if has(first, "x"+second, b) {
						inVain++
					}
				}
			}
		}
	}
	if inVain*2 > asked {
		t.Errorf("%d of %d pairs that no block has are said to be there", inVain, asked)
	}
}
