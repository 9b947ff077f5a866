package diag

var textsSource = map[string]text{}
