package diag

var textsConfig = map[string]text{}
