using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>Makes readings of lines.</summary>
internal sealed class LineReader(FileTailPlan plan)
{
    private readonly char _separator = plan.Settings.Separator == "\\t" ? '\t' : plan.Settings.Separator[0];
    private readonly TimeSpan _offset = TimeSpan.FromHours(plan.Settings.UtcOffsetHours);

    /// <summary>Takes a header in.</summary>
    public string[] Header(ReadOnlySpan<byte> line) => ColumnSplitter.Split(plan.Encoding.GetString(line).TrimStart('\uFEFF'), _separator);

    /// <summary>The columns or groups of a line; null when the pattern does not match it.</summary>
    public Func<string, string?>? Open(string line, string[]? columns)
    {
        if (plan.Pattern is { } pattern)
        {
            Match match = pattern.Match(line);
            return match.Success ? name => match.Groups[name] is { Success: true } group ? group.Value : null : null;
        }

        string[] values = ColumnSplitter.Split(line, _separator);
        return name =>
        {
            int index = name.StartsWith('#') ? int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture) - 1 : Array.IndexOf(columns ?? [], name);
            return index >= 0 && index < values.Length ? values[index] : null;
        };
    }

    /// <summary>The time of a line, or that of its reading; false when it has none that can be right.</summary>
    public bool TryTime(Func<string, string?> line, long nowTicks, long readTicks, out long ticks)
    {
        ticks = readTicks;
        if (plan.Settings.Time.Count == 0)
        {
            return true;
        }

        string text = string.Join(' ', plan.Settings.Time.Select(line));
        long found;
        if (plan.Settings.TimeFormat is { } format)
        {
            if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
            {
                return false;
            }

            found = time.Ticks - DateTime.UnixEpoch.Ticks - _offset.Ticks;
        }
        else if (!TimeText.TryParse(Encoding.UTF8.GetBytes(text), _offset, out found))
        {
            return false;
        }

        bool isPlausible = TimeText.IsPlausible(found, nowTicks);
        ticks = isPlausible ? found : readTicks;
        return isPlausible;
    }

    /// <summary>Adds a reading for each cell that says something.</summary>
    /// <returns>The device that the line is of; -1 when it is nobody's.</returns>
    public int Add(ReadingBatch into, Func<string, string?> line, long ticks)
    {
        for (int device = 0; device < plan.TailDevices.Count; device++)
        {
            if (plan.TailDevices[device].Settings.Column is { } column && line(column) != plan.TailDevices[device].Settings.Value)
            {
                continue;
            }

            foreach (FileTailTag tag in plan.TailDevices[device].Tags)
            {
                if (line(tag.Column) is not { } text)
                {
                    into.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
                }
                else if (text.Length > 0)
                {
                    TagValue.AddText(into, tag.Id, tag.Kind, ticks, Encoding.UTF8.GetBytes(text));
                }
            }

            return device;
        }

        return -1;
    }
}
