package deploy

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"bantin/internal/vietnamese"
)

// obstacles are files that cannot stand at a target beside those of the output: a file
// where that has a folder, one in a folder where that has a file, and one of the output by
// another spelling, of which the value is how the output spells it. Many buckets are
// folders of a disk, so they are the same for all targets.
type obstacles map[string]string

// findObstacles returns the obstacles among going, which is not in the output.
func (d *deployment) findObstacles(ctx context.Context, going []string) (obstacles, error) {
	found := d.obstaclesAmong(going, vietnamese.FoldCase)
	if len(found) == 0 {
		return nil, nil
	}
	if folds, err := d.foldsCase(ctx); folds || err != nil {
		return found, err
	}
	return d.obstaclesAmong(going, func(name string) string { return name }), nil
}

// obstaclesAmong is findObstacles where names of one key are one file.
func (d *deployment) obstaclesAmong(going []string, key func(string) string) obstacles {
	if len(going) == 0 {
		return nil
	}
	files, below := map[string][]string{}, map[string][]string{} // by the keys of files, and of folders above them
	for _, name := range going {
		at := key(name)
		files[at] = append(files[at], name)
		for folder := parentOf(at); folder != ""; folder = parentOf(folder) {
			below[folder] = append(below[folder], name)
		}
	}
	found := obstacles{}
	for name := range d.local {
		at := key(name)
		for _, twin := range files[at] {
			found[twin] = name
		}
		for _, inside := range below[at] {
			found[inside] = ""
		}
		for folder := parentOf(at); folder != ""; folder = parentOf(folder) {
			for _, file := range files[folder] {
				found[file] = ""
			}
		}
	}
	return found
}

// parentOf returns the folder of a key, "" for none.
func parentOf(key string) string { return key[:max(0, strings.LastIndexByte(key, '/'))] }

// foldsCase tells whether names that differ in case alone are one file at the target,
// as on Windows and macOS: then what is ours there is found by a name that nobody gave.
func (d *deployment) foldsCase(ctx context.Context) (bool, error) {
	for _, key := range []string{rootKey, lockKey} {
		_, err := d.get(ctx, strings.ToUpper(key))
		if !errors.Is(err, fs.ErrNotExist) {
			return err == nil, err
		}
	}
	return false, nil
}
