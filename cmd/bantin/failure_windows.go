package main

import "syscall"

// denied is the key of the words for a refusal, which on Windows also meets whoever
// replaces a file that somebody has open.
const denied = "denied-or-open"

// systemCauses are what Windows answers by numbers of its own (System Error
// Codes, WinError.h).
var systemCauses = []systemCause{
	{syscall.Errno(19), "cause-read-only"},  // ERROR_WRITE_PROTECT
	{syscall.Errno(21), "cause-device"},     // ERROR_NOT_READY
	{syscall.Errno(32), "cause-busy"},       // ERROR_SHARING_VIOLATION
	{syscall.Errno(33), "cause-busy"},       // ERROR_LOCK_VIOLATION
	{syscall.Errno(39), "cause-disk-full"},  // ERROR_HANDLE_DISK_FULL
	{syscall.Errno(53), "cause-refused"},    // ERROR_BAD_NETPATH
	{syscall.Errno(64), "cause-cut"},        // ERROR_NETNAME_DELETED
	{syscall.Errno(112), "cause-disk-full"}, // ERROR_DISK_FULL
	{syscall.Errno(123), "cause-invalid"},   // ERROR_INVALID_NAME
	{syscall.Errno(145), "cause-full"},      // ERROR_DIR_NOT_EMPTY
	{syscall.Errno(183), "cause-there"},     // ERROR_ALREADY_EXISTS
	{syscall.Errno(206), "cause-long"},      // ERROR_FILENAME_EXCED_RANGE
	{syscall.Errno(1295), "cause-quota"},    // ERROR_DISK_QUOTA_EXCEEDED
}
