using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Web.Plant.Board;

/// <summary>One tag of one device and its newest committed reading. Read and written under the board's lock.</summary>
internal sealed class BoardSeries(BoardDevice device, string tag)
{
    public BoardDevice Device => device;

    public string Tag => tag;

    public ValueKind Kind { get; set; }

    public string Unit { get; set; } = "";

    public int IntervalMs { get; set; }

    public int DecimalPlaces { get; set; } = -1;

    /// <summary>Whether the definition in force has it; otherwise it is of an earlier one.</summary>
    public bool IsConfigured { get; set; }

    /// <summary>0 before the first reading.</summary>
    public long SourceTicks { get; set; }

    public Quality Quality { get; set; }

    public StoredValue Value { get; set; }

    public Provenance Provenance { get; set; }

    /// <summary>Whether it is on the list of what changed since clients were last told.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Who sees each of its readings.</summary>
    public IReadOnlyList<ISeriesWatcher> Watchers { get; set; } = [];

    public SeriesKey Key => new(device.Agent.Site, device.Agent.Agent, device.Name, tag);
}
