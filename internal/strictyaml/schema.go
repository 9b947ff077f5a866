package strictyaml

import "encoding/json"

// schema is the part of a JSON Schema (draft 7, which editors know best) that
// tables need.
type schema struct {
	Schema      string             `json:"$schema,omitempty"`
	Title       string             `json:"title,omitempty"`
	Description string             `json:"description,omitempty"`
	Type        any                `json:"type,omitempty"` // a name or a list of names
	Enum        []any              `json:"enum,omitempty"`
	Pattern     string             `json:"pattern,omitempty"`
	Properties  map[string]*schema `json:"properties,omitempty"`
	Names       any                `json:"additionalProperties,omitempty"` // of an object: false, or the schema of each value
	Required    []string           `json:"required,omitempty"`
	Items       *schema            `json:"items,omitempty"`
	AnyOf       []*schema          `json:"anyOf,omitempty"`
	AllOf       []*schema          `json:"allOf,omitempty"`
	Examples    []string           `json:"examples,omitempty"`
}

// scalar is every type that other readers of YAML give to what is typed: all
// of it is text to us.
var scalar = []string{"string", "number", "boolean"}

// Schema returns the JSON Schema of a file whose root has the keys, with their
// descriptions in the language lang.
func Schema(title string, keys []Key, lang string) ([]byte, error) {
	root := object(keys, lang)
	root.Schema = "http://json-schema.org/draft-07/schema#"
	root.Title = title
	return json.MarshalIndent(root, "", "  ")
}

// object is the schema of a block with the keys.
func object(keys []Key, lang string) *schema {
	s := &schema{Type: "object", Properties: map[string]*schema{}, Names: false}
	for _, k := range keys {
		of := k.schema(lang)
		s.Properties[k.Name] = of
		for _, name := range k.Also {
			s.Properties[name] = of
		}
		switch {
		case !k.Required:
		case len(k.Also) == 0:
			s.Required = append(s.Required, k.Name)
		default:
			s.AllOf = append(s.AllOf, anyName(k))
		}
	}
	return s
}

// anyName demands that a required key be given under one of its names.
func anyName(k Key) *schema {
	s := &schema{AnyOf: []*schema{{Required: []string{k.Name}}}}
	for _, name := range k.Also {
		s.AnyOf = append(s.AnyOf, &schema{Required: []string{name}})
	}
	return s
}

// schema is the schema of the key's value. An optional key may stand without
// one.
func (k Key) schema(lang string) *schema {
	s := k.value(lang)
	if !k.Required && (s.Type != nil || s.AnyOf != nil || s.Enum != nil) {
		s = &schema{AnyOf: []*schema{s, {Type: "null"}}}
	}
	s.Description = k.About(lang)
	if k.Example != "" {
		s.Examples = []string{k.Example}
	}
	return s
}

func (k Key) value(lang string) *schema {
	switch k.Type {
	case TypeBool:
		return &schema{Type: "boolean"}
	case TypeInt:
		return &schema{Type: "integer"}
	case TypeURL:
		return &schema{Type: "string", Pattern: "^https?://"}
	case TypePath:
		return &schema{Type: "string"}
	case TypeTexts:
		return &schema{AnyOf: []*schema{{Type: scalar}, {Type: "array", Items: &schema{Type: scalar}}}}
	case TypeList:
		return &schema{Type: "array", Items: k.item(lang, k.Bare)}
	case TypeBlock:
		return object(k.Keys, lang)
	case TypeNames:
		return &schema{Type: "object", Names: &schema{AnyOf: []*schema{k.item(lang, false), {Type: "null"}}}}
	case TypeMap:
		return &schema{Type: "object"}
	case TypeAny:
		return &schema{}
	}
	s := &schema{Type: scalar}
	for _, value := range k.OneOf {
		s.Type = nil
		s.Enum = append(s.Enum, value)
	}
	return s
}

// item is what stands in a list or under a name: a text, or a block, which may
// be a text, too, if bare.
func (k Key) item(lang string, bare bool) *schema {
	text := &schema{Type: scalar}
	switch {
	case k.Keys == nil:
		return text
	case bare:
		return &schema{AnyOf: []*schema{object(k.Keys, lang), text}}
	}
	return object(k.Keys, lang)
}
