package render

import "fmt"

// data renders the views that are not HTML pages.
func (r *Renderer) data(view any) ([]byte, error) {
	return nil, fmt.Errorf("no writer for %T", view)
}
