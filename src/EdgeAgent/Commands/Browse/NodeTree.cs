namespace EdgeAgent.Commands.Browse;

/// <summary>Prints nodes as an indented tree.</summary>
internal static class NodeTree
{
    private const int ValueLengthMax = 60;

    public static void Write(TextWriter output, NodeWalk walk, int space)
    {
        foreach (BrowsedNode root in walk.Roots)
        {
            Write(output, root, space);
        }
        output.WriteLine($"{walk.Nodes.Count} nodes, {walk.Nodes.Count(node => node.IsVariable)} of them variables.");
    }

    private static void Write(TextWriter output, BrowsedNode node, int space)
    {
        if (!node.Holds(space))
        {
            return;
        }
        string line = $"{new string(' ', 2 * node.Level)}{node.Name}  [{node.Id}]";
        output.WriteLine(node.IsVariable ? $"{line}  {ValueOf(node)}" : line);
        foreach (BrowsedNode child in node.Children)
        {
            Write(output, child, space);
        }
    }

    private static string ValueOf(BrowsedNode node)
    {
        if (node.Value.Status.IsBad)
        {
            return node.Value.Status.ToString();
        }
        string text = node.Value.Value.ToString().ReplaceLineEndings(" ");
        return $"{node.Value.Value.Type} = {(text.Length > ValueLengthMax ? text[..ValueLengthMax] + "…" : text)}";
    }
}
