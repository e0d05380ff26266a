using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Where the dense ids of one definition lead in the store.</summary>
/// <param name="Id">Row of the definition.</param>
/// <param name="SeriesIds">Row of the series by tag id.</param>
/// <param name="DeviceIds">Row of the device by device id.</param>
/// <param name="TagDevices">Device id by tag id.</param>
internal sealed record DefinitionMap(long Id, int[] SeriesIds, int[] DeviceIds, int[] TagDevices)
{
    public int HighestSeriesId { get; } = SeriesIds.Length == 0 ? 0 : SeriesIds.Max();

    /// <summary>Fills in where each device's readings of a batch come from, as its accounts say.</summary>
    public void ReadProvenance(IReadOnlyList<ScanAccount> accounts, Span<Provenance> byDevice)
    {
        byDevice.Clear();
        for (int i = 0; i < accounts.Count; i++)
        {
            byDevice[accounts[i].DeviceId] = accounts[i].Provenance;
        }
    }
}
