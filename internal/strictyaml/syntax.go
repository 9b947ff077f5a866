package strictyaml

import "bantin/internal/diag"

func (b *block) explain() diag.List {
	return diag.List{diag.New(b.pos(1, 1), "yaml-syntax", "")}
}
