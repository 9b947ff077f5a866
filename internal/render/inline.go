package render

import (
	"html/template"
	"text/template/parse"
)

// eachText calls visit with the key of every call {{t "key" …}}, {{plural "key" …}} below n whose
// key is written out. A key that is put together from values is not seen.
func eachText(n parse.Node, visit func(key *parse.StringNode)) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil { // a branch without {{else}}
			return
		}
		for _, child := range n.Nodes {
			eachText(child, visit)
		}
	case *parse.ActionNode:
		eachText(n.Pipe, visit)
	case *parse.TemplateNode:
		eachText(n.Pipe, visit)
	case *parse.IfNode:
		eachTextOfBranch(&n.BranchNode, visit)
	case *parse.RangeNode:
		eachTextOfBranch(&n.BranchNode, visit)
	case *parse.WithNode:
		eachTextOfBranch(&n.BranchNode, visit)
	case *parse.PipeNode:
		if n == nil { // {{template "x"}} without data
			return
		}
		for _, command := range n.Cmds {
			eachText(command, visit)
		}
	case *parse.CommandNode:
		eachTextOfCommand(n, visit)
	}
}

func eachTextOfBranch(n *parse.BranchNode, visit func(*parse.StringNode)) {
	eachText(n.Pipe, visit)
	eachText(n.List, visit)
	eachText(n.ElseList, visit)
}

// keyAt says which argument of a function is the key of a text.
var keyAt = map[string]int{"t": 1, "plural": 1, "forms": 2}

func eachTextOfCommand(n *parse.CommandNode, visit func(*parse.StringNode)) {
	for i, arg := range n.Args {
		if key, ok := arg.(*parse.StringNode); ok && keyAt[n.Args[0].String()] == i && i > 0 {
			visit(key)
		}
		eachText(arg, visit)
	}
}

// inlineTexts puts the text itself in place of every action {{t "key"}} below
// list, escaped for HTML, which is right between tags and in quoted
// attributes. A page has a dozen of these, and each would cost two calls by
// reflection for a text that is the same on every page.
func (m messages) inlineTexts(list *parse.ListNode) {
	if list == nil {
		return
	}
	for i, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if text, ok := m[textKey(n)]; ok {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(template.HTMLEscapeString(text))}
			}
		case *parse.IfNode:
			m.inlineTextsOfBranch(&n.BranchNode)
		case *parse.RangeNode:
			m.inlineTextsOfBranch(&n.BranchNode)
		case *parse.WithNode:
			m.inlineTextsOfBranch(&n.BranchNode)
		}
	}
}

func (m messages) inlineTextsOfBranch(n *parse.BranchNode) {
	m.inlineTexts(n.List)
	m.inlineTexts(n.ElseList)
}

// textKey returns the key of an action that is {{t "key"}} and nothing more,
// else "".
func textKey(n *parse.ActionNode) string {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 {
		return ""
	}
	args := n.Pipe.Cmds[0].Args
	if len(args) != 2 || args[0].String() != "t" {
		return ""
	}
	key, ok := args[1].(*parse.StringNode)
	if !ok {
		return ""
	}
	return key.Text
}
