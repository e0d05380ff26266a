using EdgeAgent.Core.Model;

namespace EdgeAgent.Web.Plant.Hours;

/// <summary>What one hour of one device comes to, in readings.</summary>
internal readonly record struct HourCell(long Due, long Good, long Bad, long Missed, long Stored)
{
    public static HourCell Of(in ScanAccount account) => new(account.Due, account.Good, account.Bad, account.Missed, account.Buffered);

    public HourCell Plus(in HourCell other) => new(Due + other.Due, Good + other.Good, Bad + other.Bad, Missed + other.Missed, Stored + other.Stored);
}
