//go:build !windows

package main

import "syscall"

// systemCauses are what systems of this kind alone answer.
var systemCauses = []systemCause{{syscall.EDQUOT, "cause-quota"}, {syscall.ETXTBSY, "cause-busy"}, {syscall.ESTALE, "cause-cut"}}

// denied is the key of the words for a refusal.
const denied = "denied"
