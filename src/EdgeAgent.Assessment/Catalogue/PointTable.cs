using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Catalogue;

/// <summary>采集点表: the points that are to be collected, what each tells, for which business scene, and who uses it.</summary>
/// <param name="Sha256">Of the file, lower-case hexadecimal; empty when there is none.</param>
public sealed record PointTable(IReadOnlyList<PlannedPoint> Points, string Sha256)
{
    private readonly ILookup<(string, string), PlannedPoint> _byTag = Points.ToLookup(p => (p.Device, p.Tag));

    public static PointTable Empty { get; } = new([], "");

    /// <summary>The line of a series, or null: the agent may be left out in the table, where device names are unique.</summary>
    public PlannedPoint? Find(SeriesKey series) => _byTag[(series.Device, series.Tag)].FirstOrDefault(p => p.Agent.Length == 0 || p.Agent == series.Agent);
}

/// <summary>One line of the 采集点表.</summary>
/// <param name="Row">Row of the file, as a spreadsheet numbers it.</param>
/// <param name="Agent">网关; empty: any agent with the device.</param>
/// <param name="Device">设备 in the agent's configuration.</param>
/// <param name="Tag">测点.</param>
/// <param name="Purpose">用途, in words.</param>
/// <param name="Signal">What it tells about the machine; null when it is none of the kinds that prove a scene.</param>
/// <param name="IsGoodCount">Whether a <see cref="SceneSignal.Count"/> counts good pieces only (合格数).</param>
/// <param name="Scenes">业务环节 that it belongs to.</param>
/// <param name="Running">For a state: the values at which the machine runs; empty: true, or anything but 0.</param>
/// <param name="Users">使用单位 or systems that use it.</param>
public sealed record PlannedPoint(
    int Row,
    string Agent,
    string Device,
    string Tag,
    string Purpose,
    SceneSignal? Signal,
    bool IsGoodCount,
    IReadOnlyList<string> Scenes,
    IReadOnlyList<double> Running,
    IReadOnlyList<string> Users);
