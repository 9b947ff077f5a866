package docx

import (
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/importer"
)

// drawing appends pictures; the text of boxes goes behind the paragraph.
func (d *document) drawing(n *node, block *html.Node, boxes *[]*html.Node) {
	alt := ""
	if props := n.find("docPr"); props != nil {
		alt = props.attrs["descr"]
	}
	var visit func(n *node, depth int)
	visit = func(n *node, depth int) {
		if depth > maxDepth {
			return
		}
		for _, c := range n.children {
			id := ""
			switch c.name {
			case "blip":
				if id = c.attrs["embed"]; id == "" {
					id = c.attrs["link"]
				}
			case "imagedata":
				id = c.attrs["r:id"]
			case "chart", "relIds":
				d.item.Note("word-part", map[string]string{"chart": "chart", "relIds": "SmartArt"}[c.name])
			case "txbxContent":
				if inner := d.blocks(c); len(inner) > 0 {
					*boxes = append(*boxes, inner...)
					if !d.item.Has("text-box") {
						d.item.Note("text-box")
					}
				}
				continue
			}
			if target := d.links[id]; id != "" && target != "" {
				switch strings.ToLower(path.Ext(target)) {
				case ".emf", ".wmf":
					d.item.Note("emf", path.Base(target))
				default:
					img := importer.Element(atom.Img)
					importer.SetAttribute(img, "src", target)
					importer.SetAttribute(img, "alt", alt)
					block.AppendChild(img)
				}
			}
			visit(c, depth+1)
		}
	}
	visit(n, 0)
}
