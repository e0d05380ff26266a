namespace EdgeAgent.Assessment.Indicators;

/// <summary>An order of sources that does not depend on how the store returned them.</summary>
internal sealed class SourceOrder : IComparer<SourceKey>
{
    public static readonly SourceOrder Instance = new();

    public int Compare(SourceKey x, SourceKey y)
    {
        int order = string.CompareOrdinal(x.Agent.Site, y.Agent.Site);
        order = order != 0 ? order : string.CompareOrdinal(x.Agent.Agent, y.Agent.Agent);
        order = order != 0 ? order : string.CompareOrdinal(x.Device, y.Device);
        order = order != 0 ? order : string.CompareOrdinal(x.Address, y.Address);
        order = order != 0 ? order : string.CompareOrdinal(x.Asset, y.Asset);
        return order != 0 ? order : string.CompareOrdinal(x.Driver, y.Driver);
    }
}
