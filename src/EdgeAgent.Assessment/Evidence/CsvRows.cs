using System.Text;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Reads the tables that <see cref="EvidenceCsv"/> writes.</summary>
internal static class CsvRows
{
    public static IEnumerable<string[]> Read(string text)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false, any = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            any = true;
            if (quoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c == ',')
            {
                Take(cells, cell);
            }
            else if (c == '\n')
            {
                Take(cells, cell);
                yield return [.. cells];
                cells.Clear();
                any = false;
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        if (any)
        {
            Take(cells, cell);
            yield return [.. cells];
        }
    }

    private static void Take(List<string> cells, StringBuilder cell)
    {
        string text = cell.ToString();
        // The mark that keeps a spreadsheet from running a cell as a formula is no part of it.
        cells.Add(text.Length > 1 && text[0] == '\'' && text[1] is '=' or '+' or '-' or '@' or '\t' ? text[1..] : text);
        cell.Clear();
    }
}
