package article

import (
	"cmp"
	"slices"

	"bantin/internal/diag"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// fate is what becomes of a key in an article that translates another one.
type fate uint8

const (
	// sharedKey keys are those of the original alone.
	sharedKey fate = iota + 1
	// fallbackKey keys are the translation's, or the original's if it has none.
	fallbackKey
	// ownKey keys are the translation's alone.
	ownKey
	// eitherKey: the translation may narrow what the original says, never widen it.
	eitherKey
)

// fates is the one table of what a translation shares with its original.
var fates = map[string]fate{
	"title": ownKey, "lead": ownKey, "description": ownKey, "slug": ownKey, "aliases": ownKey, "corrections": ownKey,

	"id": sharedKey, "date": sharedKey, "event": sharedKey, "agreement": sharedKey,
	"pinned": sharedKey, "search": sharedKey, "weight": sharedKey, "permalink": sharedKey,

	"draft": eitherKey, "expires": eitherKey, // gone is gone in all languages

	"updated": fallbackKey, "author": fallbackKey, "organization": fallbackKey, "tags": fallbackKey,
	"image": fallbackKey, "gallery": fallbackKey, "attachments": fallbackKey, "extra": fallbackKey,
}

// IsShared tells whether a key is the original's in all languages, so that a translation
// has no word in it.
func IsShared(key string) bool { return fates[key] == sharedKey }

// noteShared notes the keys of an article in another language that belong to
// its original, if it has one, and those that must not come before its date.
func (f *front) noteShared(root *strictyaml.Node) {
	if f.Language == "" {
		return
	}
	for _, e := range root.Entries {
		name := keyName(e.Key)
		switch {
		case e.Value.Kind == strictyaml.Null:
		case fates[name] == sharedKey:
			o := f.optional()
			o.Shared = append(o.Shared, TextAt(e.Key, e.Pos))
		case name == "updated" || name == "expires":
			o := f.optional()
			o.Dated = append(o.Dated, TextAt(e.Key, e.Value.Pos))
		}
	}
}

// CheckDates reports what a translation says to be before the date that it has from
// its original, as checkOrder does for a date of its own.
func (a *Article) CheckDates(date vietnamese.Date) diag.List {
	var problems diag.List
	for _, key := range a.Optional().Dated {
		updated, expires := a.Optional().Updated, a.Optional().Expires
		switch name := keyName(key.Value); {
		case name == "updated" && updated.Before(date) && !updated.Before(a.Date):
			problems = append(problems, diag.New(a.At(key), "date-order/updated", updated.String(), date.String(), key.Value))
		case name == "expires" && endsBefore(expires, date) && !endsBefore(expires, a.Date):
			problems = append(problems, diag.New(a.At(key), "date-order/expires", expires.String(), date.String(), key.Value))
		}
	}
	return problems
}

// keyName returns the name of a key that is given under another one.
func keyName(typed string) string {
	for _, key := range slices.Concat(newsKeys.Keys(), sectionKeys.Keys()) {
		if slices.Contains(key.Also, typed) {
			return key.Name
		}
	}
	return typed
}

// Translate returns the article a as the translation of another one: with what
// the two share, and with the original's where a has nothing of its own. What
// comes from the original has no line. The two are left as they are.
func (a *Article) Translate(original *Article) *Article {
	t, o := *a, original.Optional()
	mine := *a.Optional()
	t.ID, t.Date, t.Event, t.Agreement = inherited(original.ID), original.Date, nil, nil
	t.Pinned, t.NoSearch, t.Weight = original.Pinned, original.NoSearch, original.Weight
	mine.PinnedUntil, mine.Permalink = o.PinnedUntil, o.Permalink
	mine.OriginalIn = original.Language
	t.Draft = a.Draft || original.Draft
	if mine.Expires.IsZero() || !o.Expires.IsZero() && o.Expires.End().Before(mine.Expires.End()) {
		mine.Expires = o.Expires
	}
	if original.Event != nil {
		event := *original.Event
		event.Organizer = inherited(event.Organizer)
		t.Event = &event
	}
	if original.Agreement != nil {
		g := *original.Agreement
		g.Number, g.Document, g.Amends = inherited(g.Number), inherited(g.Document), inherited(g.Amends)
		g.Parties = inheritedList(g.Parties)
		t.Agreement = &g
	}
	if len(a.Authors) == 0 {
		t.Authors = inheritedList(original.Authors)
	}
	if a.Organization.Value == "" {
		t.Organization = inherited(original.Organization)
	}
	if len(a.Tags) == 0 {
		t.Tags = inheritedList(original.Tags)
	}
	if original.Image != nil {
		image := translateImage(a.Image, original.Image)
		t.Image = &image
	}
	if mine.Updated.IsZero() {
		mine.Updated, mine.Original = o.Updated, true
	}
	mine.Gallery = translateList(mine.Gallery, o.Gallery, translateImage)
	mine.Attachments = translateList(mine.Attachments, o.Attachments, translateAttachment)
	if mine.Extra == nil {
		mine.Extra = o.Extra
	}
	t.optional = &mine
	return &t
}

// OwnUpdated returns the last change of substance that an article tells itself,
// not as its original does.
func (a *Article) OwnUpdated() vietnamese.Date {
	if o := a.Optional(); !o.Original {
		return o.Updated
	}
	return vietnamese.Date{}
}

// inherited returns a value that stands in another file.
func inherited(t Text) Text { return Text{Value: t.Value} }

func inheritedList(list []Text) []Text {
	texts := make([]Text, len(list))
	for i, t := range list {
		texts[i] = inherited(t)
	}
	return texts
}

// translateList returns the translation of a list: the original's, each with what
// the translation says of the one in its place, and what it adds; or, of files of
// its own alone, those.
func translateList[T any](list, original []T, translate func(mine, original *T) T) []T {
	if len(original) == 0 {
		return list
	}
	var all []T
	for i := range max(len(list), len(original)) {
		var mine, theirs *T
		if i < len(list) {
			mine = &list[i]
		}
		if i < len(original) {
			theirs = &original[i]
		}
		all = append(all, translate(mine, theirs))
	}
	return all
}

// translateImage returns a picture with the words of its translation.
func translateImage(mine, original *Image) Image {
	switch {
	case original == nil:
		return *mine
	case mine == nil:
		image := *original
		image.File = inherited(image.File)
		image.AltForeign, image.CaptionForeign = image.Alt != "", image.Caption != ""
		return image
	case mine.File.Value != "":
		return *mine
	}
	image := *mine
	image.File = inherited(original.File)
	image.Alt, image.Credit = cmp.Or(mine.Alt, original.Alt), cmp.Or(mine.Credit, original.Credit)
	image.Caption = cmp.Or(mine.Caption, original.Caption)
	image.AltForeign = mine.Alt == "" && original.Alt != ""
	image.CaptionForeign = mine.Caption == "" && original.Caption != ""
	return image
}

func translateAttachment(mine, original *Attachment) Attachment {
	switch {
	case original == nil:
		return *mine
	case mine == nil:
		return Attachment{inherited(original.File), original.Title, original.Title != ""}
	case mine.File.Value != "":
		return *mine
	}
	return Attachment{inherited(original.File), cmp.Or(mine.Title, original.Title), mine.Title == "" && original.Title != ""}
}

// IsDated tells whether it is for the article as it stands in its file to say when
// it is published: a page never does, a translation only if it has no original.
func (a *Article) IsDated() bool {
	return a.Kind == News && (a.Language == "" || !a.Date.IsZero())
}

// IsInherited tells whether a value of a translation is its original's.
func (t Text) IsInherited() bool { return t.Line == 0 && t.Value != "" }

// MissingKey returns a key that an article of its own must give and this one,
// which was read as a translation, does not; "" if it gives all.
func (a *Article) MissingKey() string {
	hasNone := func(i Image) bool { return i.File.Value == "" }
	switch o := a.Optional(); {
	case a.Kind == News && a.Date.IsZero():
		return "date"
	case a.Image != nil && hasNone(*a.Image), slices.ContainsFunc(o.Gallery, hasNone),
		slices.ContainsFunc(o.Attachments, func(t Attachment) bool { return t.File.Value == "" }):
		return "file"
	}
	return ""
}
