package site

// Address returns the URL that the article, page or section at path below
// content/ has, or will have once it is published, and whether it is published
// now; "" if there is none.
func (t *kinship) Address(path string) (url string, live bool) {
	s := t.self
	for _, s := range s.siblings() {
		if i, ok := s.articleOf(path); ok {
			return s.entries[i].absolute(), s.entries[i].status == statusPublished && s.publishesFiles(i)
		}
	}
	return "", false
}
