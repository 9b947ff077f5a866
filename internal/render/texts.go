package render

import "text/template/parse"

// eachText calls visit with the key of every call {{t "key" …}} below n whose
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

func eachTextOfCommand(n *parse.CommandNode, visit func(*parse.StringNode)) {
	for i, arg := range n.Args {
		if key, ok := arg.(*parse.StringNode); ok && i == 1 && n.Args[0].String() == "t" {
			visit(key)
		}
		eachText(arg, visit)
	}
}
