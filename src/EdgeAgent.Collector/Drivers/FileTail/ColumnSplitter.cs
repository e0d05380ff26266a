using System.Text;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>Takes a line of separated values apart (RFC 4180, without line ends inside quotes).</summary>
internal static class ColumnSplitter
{
    public static string[] Split(string line, char separator)
    {
        if (!line.Contains('"'))
        {
            return [.. line.Split(separator).Select(column => column.Trim())];
        }

        var columns = new List<string>();
        var column = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                column.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == separator && !quoted)
            {
                columns.Add(column.ToString().Trim());
                column.Clear();
            }
            else
            {
                column.Append(c);
            }
        }

        columns.Add(column.ToString().Trim());
        return [.. columns];
    }
}
