package diag

var textsSite = map[string]text{}
