using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using CsvHelper.Configuration;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Catalogue;

/// <summary>Reads a 采集点表 from a CSV file; README.md beside this file documents the columns.</summary>
public static class PointTableCsv
{
    private const int FileBytesMax = 64 * 1024 * 1024;
    private const int RowsMax = 1_000_000;
    private const int CellCharsMax = 2000;

    private static readonly (string Header, string Other, bool Required)[] Columns =
    [
        ("网关", "agent", false), ("设备", "device", true), ("测点", "tag", true), ("用途", "purpose", false), ("信号", "signal", false),
        ("业务环节", "scenes", false), ("运行值", "running", false), ("使用单位", "users", false),
    ];

    private static readonly Dictionary<string, (SceneSignal Signal, bool IsGoodCount)> Signals = new(StringComparer.OrdinalIgnoreCase)
    {
        ["产量"] = (SceneSignal.Count, false), ["count"] = (SceneSignal.Count, false),
        ["合格数"] = (SceneSignal.Count, true), ["good-count"] = (SceneSignal.Count, true),
        ["工艺参数"] = (SceneSignal.Parameter, false), ["parameter"] = (SceneSignal.Parameter, false),
        ["运行状态"] = (SceneSignal.State, false), ["state"] = (SceneSignal.State, false),
        ["设备报警"] = (SceneSignal.Alarm, false), ["alarm"] = (SceneSignal.Alarm, false),
        ["累计能耗"] = (SceneSignal.Energy, false), ["energy"] = (SceneSignal.Energy, false),
        ["质量检测"] = (SceneSignal.Measurement, false), ["measurement"] = (SceneSignal.Measurement, false),
        ["安全报警"] = (SceneSignal.SafetyAlarm, false), ["safety-alarm"] = (SceneSignal.SafetyAlarm, false),
        ["出入库"] = (SceneSignal.Stock, false), ["stock"] = (SceneSignal.Stock, false),
    };

    /// <summary>The Chinese word for a kind of signal.</summary>
    public static string Label(SceneSignal signal, bool isGoodCount = false) => Signals.First(s => s.Value == (signal, isGoodCount)).Key;

    /// <summary>Reads a file by its path; that it cannot be read is a problem like others.</summary>
    public static (PointTable? Table, IReadOnlyList<LedgerProblem> Problems) ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length > FileBytesMax
                ? (null, [new LedgerProblem(0, "", "", "is too large", $"at most {FileBytesMax / 1024 / 1024} MiB")])
                : Read(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, [new LedgerProblem(0, "", "", $"cannot be read: {e.Message}", "a CSV file")]);
        }
    }

    /// <summary>Reads the whole file or reports everything that is wrong with it.</summary>
    public static (PointTable? Table, IReadOnlyList<LedgerProblem> Problems) Read(ReadOnlySpan<byte> file)
    {
        if (LedgerText.Decode(file).Text is not { } text)
        {
            return (null, [new LedgerProblem(0, "", "", "is not text", "a CSV file in UTF-8 or GB18030, as a spreadsheet saves it")]);
        }

        List<LedgerProblem> problems = [];
        List<PlannedPoint> points = [];
        HashSet<(string, string, string)> seen = [];
        CsvConfiguration format = new(CultureInfo.InvariantCulture)
        {
            Delimiter = LedgerText.Separator(text).ToString(), IgnoreBlankLines = false, MaxFieldSize = CellCharsMax * 8, BadDataFound = null,
        };
        using StringReader reader = new(text);
        using CsvParser parser = new(reader, format);
        try
        {
            int[]? place = parser.Read() ? ReadHeader(parser.Record ?? [], problems) : null;
            while (place is not null && parser.Read() && points.Count < RowsMax)
            {
                string[] cells = Array.ConvertAll(parser.Record ?? [], c => c.Trim());
                if (!Array.TrueForAll(cells, c => c.Length == 0) && ReadRow(parser.Row, cells, place, problems) is { } point)
                {
                    if (seen.Add((point.Agent, point.Device, point.Tag)))
                    {
                        points.Add(point);
                    }
                    else
                    {
                        problems.Add(new LedgerProblem(point.Row, "测点", point.Tag, "stands in the table twice", "each point once"));
                    }
                }
            }
        }
        catch (MaxFieldSizeException)
        {
            problems.Add(new LedgerProblem(parser.Row, "", "", "has a cell without end", "every opening quotation mark to be closed"));
        }

        return problems.Count > 0 ? (null, problems) : (new PointTable(points, Convert.ToHexStringLower(SHA256.HashData(file))), []);
    }

    private static int[]? ReadHeader(string[] headers, List<LedgerProblem> problems)
    {
        int[] place = new int[Columns.Length];
        Array.Fill(place, -1);
        for (int i = 0; i < headers.Length; i++)
        {
            int column = Array.FindIndex(Columns, c => c.Header == headers[i].Trim() || c.Other.Equals(headers[i].Trim(), StringComparison.OrdinalIgnoreCase));
            if (column < 0 || place[column] >= 0)
            {
                problems.Add(new LedgerProblem(1, $"{i + 1}", headers[i].Trim(), column < 0 ? "is not a known header" : "stands twice", $"one of {string.Join(", ", Columns.Select(c => c.Header))}"));
            }
            else
            {
                place[column] = i;
            }
        }

        problems.AddRange(Columns.Where((c, i) => c.Required && place[i] < 0).Select(c => new LedgerProblem(1, c.Header, "", "is missing", $"a column {c.Header}")));
        return problems.Count == 0 ? place : null;
    }

    private static PlannedPoint? ReadRow(int row, string[] cells, int[] place, List<LedgerProblem> problems)
    {
        int before = problems.Count;
        string Cell(int column) => place[column] >= 0 && place[column] < cells.Length ? cells[place[column]] : "";
        void Problem(int column, string problem, string expected) => problems.Add(new LedgerProblem(row, Columns[column].Header, LedgerCell.Show(Cell(column)), problem, expected));
        for (int i = 0; i < Columns.Length; i++)
        {
            string cell = Cell(i);
            if (Columns[i].Required && cell.Length == 0)
            {
                Problem(i, "is empty", "a name as in the agent's configuration");
            }
            else if (cell.Length > CellCharsMax || cell.Any(char.IsControl))
            {
                Problem(i, "is too long or holds control characters", $"one line of at most {CellCharsMax} characters");
            }
        }

        (SceneSignal Signal, bool IsGoodCount) signal = default;
        bool hasSignal = Cell(4).Length > 0;
        if (hasSignal && !Signals.TryGetValue(Cell(4), out signal))
        {
            Problem(4, "is not a known signal", $"empty, or one of {string.Join(", ", Signals.Keys.Where(k => k[0] > 127))}");
        }

        List<double> running = [];
        foreach (string value in Split(Cell(6)))
        {
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            {
                running.Add(number);
            }
            else
            {
                Problem(6, "is no number", "values at which the machine runs, with ; between them");
            }
        }

        return problems.Count > before ? null : new PlannedPoint(
            row, Cell(0), Cell(1), Cell(2), Cell(3).Length > 0 ? Cell(3) : Cell(4), hasSignal ? signal.Signal : null, signal.IsGoodCount, Split(Cell(5)), running, Split(Cell(7)));
    }

    private static string[] Split(string cell) => cell.Split([';', '；', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
