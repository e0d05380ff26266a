using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Web.Plant.Board;

/// <summary>One device of one agent, as batches and births tell it. Read and written under the board's lock.</summary>
internal sealed class BoardDevice(AgentKey agent, string name)
{
    private readonly Dictionary<string, BoardSeries> _series = new(StringComparer.Ordinal);

    public AgentKey Agent => agent;

    public string Name => name;

    public string Driver { get; set; } = "";

    public string Address { get; set; } = "";

    public string Asset { get; set; } = "";

    public Provenance Provenance { get; set; }

    /// <summary>Whether the definition in force has it; otherwise it is of an earlier one.</summary>
    public bool IsConfigured { get; set; }

    /// <summary>When an account last told that it was asked or that it sent, by the hub's clock as far as the agent's offset is known; 0 never.</summary>
    public long HeardTicks { get; set; }

    /// <summary>The same, of a good reading.</summary>
    public long GoodTicks { get; set; }

    /// <summary>Tags in the order of the definition.</summary>
    public IReadOnlyCollection<BoardSeries> Series => _series.Values;

    /// <summary>Shortest period of its tags; 0 without any.</summary>
    public int PeriodMs { get; private set; }

    public BoardSeries SeriesOf(string tag)
    {
        if (!_series.TryGetValue(tag, out BoardSeries? series))
        {
            series = new BoardSeries(this, tag);
            _series.Add(tag, series);
        }

        return series;
    }

    public BoardSeries? Find(string tag) => _series.GetValueOrDefault(tag);

    /// <summary>To be called when periods may have changed.</summary>
    public void Measure() => PeriodMs = _series.Values.Where(s => s.IntervalMs > 0 && (s.IsConfigured || !IsConfigured)).Select(s => s.IntervalMs).DefaultIfEmpty(0).Min();

    /// <summary>Sets the period of a device whose tags are not known here.</summary>
    public void Expect(int periodMs) => PeriodMs = periodMs;

    /// <summary>Tags of the definition in force whose newest reading is not good.</summary>
    public int BadTags => _series.Values.Count(s => s.IsConfigured && s.SourceTicks != 0 && !s.Quality.IsGood);
}
