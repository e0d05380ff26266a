using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>A row of a declaration as it stands in the accounts now.</summary>
/// <param name="DeviceId">The device row under which it is booked.</param>
internal readonly record struct BookedLoss(int DeviceId, string Device, int Hour, Provenance Provenance, long Due);
