namespace EdgeAgent.Store.Postgres;

/// <summary>Where the dense ids of one definition lead in the store.</summary>
/// <param name="Id">Row of the definition.</param>
/// <param name="SeriesIds">Row of the series by tag id.</param>
/// <param name="DeviceIds">Row of the device by device id.</param>
internal sealed record PostgresDefinition(int Id, int[] SeriesIds, int[] DeviceIds);
