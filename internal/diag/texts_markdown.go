package diag

var textsMarkdown = map[string]text{}
