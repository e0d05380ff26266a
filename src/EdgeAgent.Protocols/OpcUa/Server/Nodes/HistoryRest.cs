using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Protocols.OpcUa.Services.History;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>The kept values that a question asks for, as far as they have not been given yet.</summary>
internal sealed class HistoryRest
{
    // OPC 10000-11 §6.4.3: stands where a bounding value is wanted and there is none.
    private const uint BadBoundNotFound = 0x80D7_0000;

    private readonly DataValue[] _values;
    private int _next;

    private HistoryRest(DataValue[] values) => _values = values;

    public bool IsDone => _next == _values.Length;

    /// <summary>Selects from the start on, or backwards where the end comes first or there is no start; the end itself is left out.</summary>
    public static bool TrySelect(HistoryRing ring, RawHistoryDetails details, [NotNullWhen(true)] out HistoryRest? rest)
    {
        bool hasStart = details.Start != default;
        bool hasEnd = details.End != default;
        rest = null;
        if ((!hasStart && !hasEnd) || (!(hasStart && hasEnd) && details.ValuesPerNodeMax == 0))
        {
            return false;
        }
        bool isBackward = !hasStart || (hasEnd && details.End < details.Start);
        DataValue[] values = isBackward ? Backward(ring, details, hasStart, hasEnd) : Forward(ring, details, hasEnd);
        // Without both ends the number of values is what ends the answer.
        int count = hasStart && hasEnd ? values.Length : (int)Math.Min(details.ValuesPerNodeMax, (uint)values.Length);
        rest = new HistoryRest(values[..count]);
        return true;
    }

    public DataValue[] Take(int countMax)
    {
        int count = Math.Min(countMax, _values.Length - _next);
        DataValue[] part = _values[_next..(_next + count)];
        _next += count;
        return part;
    }

    private static DataValue[] Forward(HistoryRing ring, RawHistoryDetails details, bool hasEnd)
    {
        int first = ring.FirstFrom(details.Start);
        int end = hasEnd ? ring.FirstFrom(details.End) : ring.Count;
        // One instant at both ends asks for the value of that instant.
        end = hasEnd && details.Start == details.End && first < ring.Count && ring[first].SourceTimestamp == details.Start ? first + 1 : end;
        List<DataValue> values = [];
        if (details.ReturnsBounds && (first == ring.Count || ring[first].SourceTimestamp != details.Start))
        {
            values.Add(first > 0 ? ring[first - 1] : Missing(details.Start));
        }
        for (int i = first; i < end; i++)
        {
            values.Add(ring[i]);
        }
        if (details.ReturnsBounds && hasEnd)
        {
            values.Add(end < ring.Count ? ring[end] : Missing(details.End));
        }
        return [.. values];
    }

    private static DataValue[] Backward(HistoryRing ring, RawHistoryDetails details, bool hasStart, bool hasEnd)
    {
        DateTime newest = hasStart ? details.Start : details.End;
        int last = ring.FirstAfter(newest) - 1;
        int end = hasStart && hasEnd ? ring.FirstAfter(details.End) : 0;
        List<DataValue> values = [];
        if (details.ReturnsBounds && hasStart && (last < 0 || ring[last].SourceTimestamp != newest))
        {
            values.Add(last + 1 < ring.Count ? ring[last + 1] : Missing(newest));
        }
        for (int i = last; i >= end; i--)
        {
            values.Add(ring[i]);
        }
        if (details.ReturnsBounds && hasStart && hasEnd)
        {
            values.Add(end > 0 ? ring[end - 1] : Missing(details.End));
        }
        return [.. values];
    }

    private static DataValue Missing(DateTime utc) => new(default, BadBoundNotFound, utc);
}
