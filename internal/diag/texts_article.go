package diag

var textsArticle = map[string]text{}
