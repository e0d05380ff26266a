namespace EdgeAgent.Core.Configuration;

/// <summary>Finds the line of a JSON path; a path that is not there gets the line of its nearest ancestor.</summary>
internal sealed class LineIndex(ConfigNode root)
{
    public int LineOf(string path) => PlaceOf(path).Line;

    /// <summary>Null for a place in the configuration file itself.</summary>
    public string? FileOf(string path) => PlaceOf(path).File;

    private (string? File, int Line) PlaceOf(string path)
    {
        ConfigNode node = root;
        int line = root.Line;
        int position = 1;
        while (position < path.Length)
        {
            string? name = NextName(path, ref position, out int index);
            if (name is not null)
            {
                int at = node.Members.FindLastIndex(m => m.Name == name);
                if (at < 0)
                {
                    break;
                }

                line = node.Members[at].Line;
                node = node.Members[at].Value;
            }
            else if ((uint)index < (uint)node.Items.Count)
            {
                node = node.Items[index];
                line = node.Line;
            }
            else
            {
                break;
            }
        }

        return (node.File, line);
    }

    private static string? NextName(string path, ref int position, out int index)
    {
        index = -1;
        if (path[position] == '.')
        {
            int start = ++position;
            while (position < path.Length && path[position] is not ('.' or '['))
            {
                position++;
            }

            return path[start..position];
        }

        if (path.AsSpan(position).StartsWith("['"))
        {
            int start = position + 2;
            int end = path.IndexOf("']", start, StringComparison.Ordinal);
            end = end < 0 ? path.Length : end;
            position = Math.Min(path.Length, end + 2);
            return path[start..end];
        }

        int close = path.IndexOf(']', position);
        if (path[position] != '[' || close < 0 || !int.TryParse(path.AsSpan(position + 1, close - position - 1), out index))
        {
            index = -1;
        }

        position = close < 0 ? path.Length : close + 1;
        return null;
    }
}
