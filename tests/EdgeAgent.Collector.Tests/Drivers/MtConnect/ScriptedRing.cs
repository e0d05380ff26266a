using System.Globalization;
using EdgeAgent.Collector.Tests.Drivers.Http;

namespace EdgeAgent.Collector.Tests.Drivers.MtConnect;

/// <summary>An agent with two data items and a ring of observations, as the standard describes it: current, sample, OUT_OF_RANGE.</summary>
internal sealed class ScriptedRing(int size)
{
    private readonly Lock _gate = new();
    private readonly List<(long Sequence, string Item, string Value, DateTimeOffset Time)> _all = [];
    private long _next = 1;

    public string Instance { get; set; } = "1";

    /// <summary>Whether it says by a status that a number is out of range; otherwise by a document only.</summary>
    public bool RefusesByStatus { get; set; }

    public long Count => _next - 1;

    public ScriptedHttpServer Serve() => new() { Answer = Answer };

    public void Add(string item, string value, DateTimeOffset? time = null)
    {
        lock (_gate)
        {
            _all.Add((_next++, item, value, time ?? TimeProvider.System.GetUtcNow()));
        }
    }

    /// <summary>Begins anew: another instance, and numbers from 1.</summary>
    public void Restart(string instance)
    {
        lock (_gate)
        {
            _all.Clear();
            (_next, Instance) = (1, instance);
        }
    }

    public byte[]? Answer(string target)
    {
        lock (_gate)
        {
            long first = Math.Max(1, _next - size);
            string header = $"""<Header creationTime="2026-01-01T00:00:00Z" sender="s" instanceId="{Instance}" version="1.7" bufferSize="{size}" firstSequence="{first}" lastSequence="{_next - 1}" nextSequence="NEXT"/>""";
            if (target.StartsWith("/probe", StringComparison.Ordinal))
            {
                return ScriptedHttpServer.Ok($"""<MTConnectDevices>{header.Replace("NEXT", $"{_next}", StringComparison.Ordinal)}<Devices><Device id="d" name="VMC" uuid="u"><DataItems><DataItem id="x" type="POSITION" category="SAMPLE"/><DataItem id="y" type="LOAD" category="SAMPLE"/></DataItems></Device></Devices></MTConnectDevices>""");
            }

            if (target.StartsWith("/current", StringComparison.Ordinal))
            {
                return Streams(header, _next, _all.GroupBy(one => one.Item).Select(item => item.Last()));
            }

            var query = target[(target.IndexOf('?') + 1)..].Split('&').Select(part => part.Split('=')).ToDictionary(part => part[0], part => long.Parse(part[1], CultureInfo.InvariantCulture));
            if (query["from"] < first || query["from"] > _next)
            {
                string error = $"""<MTConnectError>{header}<Errors><Error errorCode="OUT_OF_RANGE">from must be between {first} and {_next}</Error></Errors></MTConnectError>""";
                return RefusesByStatus ? ScriptedHttpServer.Raw("404 Not Found", System.Text.Encoding.UTF8.GetBytes(error)) : ScriptedHttpServer.Ok(error);
            }

            var told = _all.Where(one => one.Sequence >= query["from"]).Take((int)query["count"]).ToList();
            return Streams(header, told.Count > 0 ? told[^1].Sequence + 1 : _next, told);
        }
    }

    private static byte[] Streams(string header, long next, IEnumerable<(long Sequence, string Item, string Value, DateTimeOffset Time)> told) => ScriptedHttpServer.Ok(
        $"""<MTConnectStreams>{header.Replace("NEXT", $"{next}", StringComparison.Ordinal)}<Streams><DeviceStream name="VMC" uuid="u"><ComponentStream component="Device" componentId="d"><Samples>"""
        + string.Concat(told.Select(one => $"""<Position dataItemId="{one.Item}" sequence="{one.Sequence}" timestamp="{one.Time:yyyy-MM-ddTHH:mm:ss.fffffffZ}">{one.Value}</Position>"""))
        + "</Samples></ComponentStream></DeviceStream></Streams></MTConnectStreams>");
}
