package site

// Address returns the URL that the article, page or section at path below
// content/ has, or will have once it is published, and whether it is published
// now; "" if there is none.
func (s *articles) Address(path string) (url string, live bool) {
	i, ok := s.articleOf(path)
	if !ok {
		return "", false
	}
	return s.entries[i].absolute(), s.entries[i].status == statusPublished && s.publishesFiles(i)
}
